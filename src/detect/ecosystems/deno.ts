import type { RepoView } from '../../model/setup/repo-facts.ts'
import { preferred } from '../ci.ts'
import type { Ecosystem } from '../ecosystem.ts'
import { asText, parseJson, type Table, tableAt } from '../parsed.ts'
import { cutAtWord, whereTestsLive } from '../phrases.ts'
import { firstOf } from '../view.ts'

export const deno: Ecosystem = {
  name: 'deno',
  manifests: ['deno.json', 'deno.jsonc'],
  languages: {},
  bundledManager: 'deno',
  runsTests: /\bdeno\s+(test|task\s.*\btest)/,
  usesTools: /\bdeno\b/,
  factsOf(project, _, ci) {
    const file = firstOf(project, 'deno.json', 'deno.jsonc') ?? 'deno.json'
    const config = parseJson(project.read(file))
    const tasks = tableAt(config, 'tasks')
    const command = testCommand(tasks, project, ci)
    return {
      language: 'TypeScript',
      packageManager: 'deno',
      description: null,
      suites: command ? [{ name: 'deno', command, single: 'deno test FILE' }] : [],
      commands: Object.entries(tasks)
        .slice(0, 12)
        .map(([name, task]) => ({ command: `deno task ${name}`, does: cutAtWord(bodyOf(task), 80) })),
      conventions: [
        `Runs on Deno (${file}).`,
        ...('fmt' in (config ?? {}) ? [`Formatted with \`deno fmt\` (${file}).`] : []),
        ...('lint' in (config ?? {}) ? [`Linted with \`deno lint\` (${file}).`] : []),
        ...(command ? [`Tests: \`deno test\`${whereTestsLive(project.files, testFile)}.`] : []),
      ],
      entries: [],
      ignore: ['**/node_modules/**', 'cov/**', 'coverage/**'],
      unsure: [
        ...(config ? [] : [`${file} is not valid JSON; nothing was read from it.`]),
        ...(command === 'deno test' ? ['`deno test` runs without permissions. Add the ones that the tests need.'] : []),
      ],
    }
  },
}

const testFile = /(^|[_.])test\.[cm]?[jt]sx?$/
const bodyOf = (task: unknown): string => asText(task) ?? asText((task as Table | null)?.command) ?? ''

/**
 * The task `test`, else a plain `deno test` with the flags CI gives it.
 *
 * Undefined beside a package.json with a test script: Deno is then one more runtime, and is left to CI.
 */
function testCommand(tasks: Table, project: RepoView, ci: string[]): string | undefined {
  const names = Object.keys(tasks).filter(name => /^tests?([:_-](unit|all|ci))?$/.test(name))
  const node = asText(tableAt(parseJson(project.read('package.json')), 'scripts').test)
  if (node !== undefined) return undefined
  const candidates = names.map(name => ({
    command: `deno task ${name}`,
    inCi: new RegExp(`\\bdeno\\s+task\\s+${name}(\\s|$)`),
  }))
  const task = preferred(candidates, ci)
  if (task) return task.command
  if (!project.files.some(file => testFile.test(file))) return undefined
  return ci.find(line => /^deno test( -[\w-]+)*$/.test(line)) ?? 'deno test'
}
