import { type Failure, messageAt, type Reader, short } from './failure.ts'

/** `  ✘ [fail]: b Test failed via …`: AVA puts the message behind the name, and what ends them is not told. */
export const ava: Reader = lines =>
  lines.flatMap((line): Failure[] => {
    const name = /^ {2}✘ (?:\[fail\]: )?(.+)$/.exec(line)?.[1]
    return name && /^ {2}\d+ (?:tests? failed|uncaught exceptions?)/m.test(lines.join('\n'))
      ? [{ name: short(name) }]
      : []
  })

/**
 * ```
 * mixed/a.test.js:
 * error: expect(received).toBe(expected)
 * (fail) b [0.21ms]
 * ```
 */
export const bun: Reader = lines => {
  let [file, error] = ['', undefined as string | undefined]
  return lines.flatMap((line, i): Failure[] => {
    file = /^(\S+\.[cm]?[jt]sx?):$/.exec(line)?.[1] ?? file
    if (/^error: /.test(line)) error = messageAt([line.replace('error: ', '')], 0)
    const test = /^\((?:fail|pass|skip|todo)\) (.+?)(?: \[[\d.]+m?s\])?$/.exec(line)?.[1]
    if (!test || !file) return []
    const message = error
    error = undefined
    return lines[i]!.startsWith('(fail)') ? [{ name: `${file} > ${test}`, ...(message && { message }) }] : []
  })
}

/**
 * ```
 *  ERRORS
 *
 * b => ./mixed/a.test.js:1:29
 * error: Error: x
 *  FAILURES
 * ```
 */
export const deno: Reader = lines => {
  const start = lines.findIndex(line => line.trim() === 'ERRORS')
  const end = lines.findIndex((line, i) => i > start && line.trim() === 'FAILURES')
  if (start < 0) return []
  return lines.slice(start, end < 0 ? undefined : end).flatMap((line, i, block): Failure[] => {
    const [, test, file] = /^(.+) => (\S+?):\d+:\d+$/.exec(line) ?? []
    const loaded = /^(\S+) \(uncaught error\)$/.exec(line)?.[1]
    if (!test && !loaded) return []
    const error = messageAt([(block[i + 1] ?? '').replace(/^error: /, '')], 0)
    return [{ name: loaded ?? `${file} > ${test}`, ...(error && { message: error }) }]
  })
}

/** `  1) [chromium] › cart.spec.ts:5:3 › adds ────`, and the error below it; the place may move with every edit. */
export const playwright: Reader = lines => {
  if (!lines.some(line => /^Running \d+ tests? using \d+ workers?/.test(line))) return []
  return lines.flatMap((line, i): Failure[] => {
    const test = /^ {2}\d+\) (.+ › .+?)(?: ─+)?\s*$/.exec(line)?.[1]
    return test ? [{ name: test.replace(/:\d+:\d+ › /, ' › '), message: messageAt(lines, i + 1) }] : []
  })
}
