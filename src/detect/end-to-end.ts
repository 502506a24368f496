/** Directories of tests that run against a whole system. */
const dirs =
  /(^|\/)([\w-]*[-_])?(e2e|end[-_]to[-_]end|integration|acceptance|system[-_]tests?|smoke)([-_]?tests?)?(\/|$)/i
/** Tools that drive a browser or a running system, or start one. */
const tools =
  /\b(playwright|cypress|testcafe|wdio|detox|nightwatch|testcontainers|bruno|newman)\b|\bdocker[ -]compose\b/i

/** Whether a directory, by its name, holds tests that need a running system. */
export const isEndToEndDir = (dir: string): boolean => dirs.test(dir)

/** Whether a script runs nothing but such tests, or starts what they need. */
export const isEndToEnd = (script: string): boolean => tools.test(script)

/** Says that a suite was found and is not run. */
export const leftToUser = (command: string): string =>
  `\`${command}\` looks like end-to-end tests, which need a running system, so it is not run. Add it to \`tests\` if every machine can run it.`
