import { type Agent, resolveCommand } from 'package-manager-detector'
import type { RepoView } from '../../../model/setup/repo-facts.ts'
import type { SuitesFound } from '../../ecosystem.ts'
import { isEndToEnd, leftToUser } from '../../end-to-end.ts'
import { asText, type Table, tableAt } from '../../parsed.ts'
import { literal } from '../../phrases.ts'

type Runner = { name: string; label: string; run: string }

/** How the test files of all JavaScript runners are named by default. */
export const testFileName = /(\.(test|spec)|[-_]test)\.[cm]?[jt]sx?$/

const runners: Runner[] = [
  { name: 'vitest', label: 'Vitest', run: 'vitest run' },
  { name: 'jest', label: 'Jest', run: 'jest' },
  { name: 'mocha', label: 'Mocha', run: 'mocha' },
  { name: 'ava', label: 'AVA', run: 'ava' },
]
const nodeRunner: Runner = { name: 'node:test', label: 'node:test', run: 'node --test' }

/** Where `node --test` looks when it is given no file. @see https://nodejs.org/docs/latest-v20.x/api/test.html#running-tests-from-the-command-line */
const nodeTestFile = /(^|\/)test\/.*\.[cm]?js$|(^|\/)(test|test-[^/]*|[^/]*[._-]test)\.[cm]?js$/

/** The prefix that runs a program installed in node_modules: `npx`, `pnpm exec`, … */
export function localPrefix(agent: Agent): string {
  if (agent.startsWith('yarn')) return 'yarn'
  const { command, args } = resolveCommand(agent, 'execute-local', []) ?? { command: 'npx', args: [] }
  return [command, ...args].join(' ')
}

/** `npm test`, `pnpm run build`, `bun run test` (since `bun test` is Bun's own runner), … */
export function scriptCommand(agent: Agent, script: string): string {
  if (script === 'test' && /^(npm|pnpm|yarn)/.test(agent)) return `${agent.replace(/[@-].*/, '')} test`
  const { command, args } = resolveCommand(agent, 'run', [script]) ?? { command: 'npm', args: ['run', script] }
  return [command, ...args].join(' ')
}

/** Whether a script is npm's placeholder, written by `npm init`. */
export const isPlaceholder = (script: string): boolean => /no test specified/.test(script) && /exit 1/.test(script)

const watchFlag = /(?:^|\s)--watch(?:-?[aA]ll)?(?:=true)?(?=\s|$)/g
const watches = (script: string): boolean =>
  script.search(watchFlag) >= 0 || /\bvitest\s+(watch|dev)\b/.test(script) || /\bmocha\b.*\s-w\b/.test(script)

/** Which runner a package uses: the one its test script calls, else the one it depends on, else what its tests import. */
export function runnerOf(pkg: Table, project: RepoView): Runner | undefined {
  const script = asText(tableAt(pkg, 'scripts').test) ?? ''
  const called = runners.find(({ name }) => new RegExp(`(^|[\\s/])${name}(\\s|$)`).test(script))
  if (called) return called
  if (/\bnode\s(.*\s)?--test\b/.test(script)) return nodeRunner
  const dependencies = { ...tableAt(pkg, 'dependencies'), ...tableAt(pkg, 'devDependencies') }
  return (
    runners.find(({ name }) => name in dependencies) ??
    (imports(project, 'node:test').length > 0 ? nodeRunner : undefined)
  )
}

/** The suite that a package's scripts offer; undefined when they offer none. */
export function scriptSuite(pkg: Table, agent: Agent, project: RepoView, ci: string[]): SuitesFound | undefined {
  const scripts = tableAt(pkg, 'scripts')
  const single = singleOf(runnerOf(pkg, project), agent)
  const found = (command: string, unsure: string[] = []): SuitesFound => ({
    suites: [{ name: 'node', command, ...(single && { single }) }],
    unsure,
  })
  const called = ciScript(scripts, ci)
  if (called !== undefined) return found(scriptCommand(agent, called))

  const script = asText(scripts.test)
  if (script === undefined || isPlaceholder(script)) {
    const named = otherScript(scripts)
    return named ? found(scriptCommand(agent, named)) : undefined
  }
  if (isEndToEnd(script)) {
    const fast = otherScript(scripts)
    const left = leftToUser(scriptCommand(agent, 'test'))
    return fast ? found(scriptCommand(agent, fast), [left]) : { suites: [], unsure: [left] }
  }
  const once = endingFlag(script, agent)
  if (once) return found(`${scriptCommand(agent, 'test')}${once}`)
  if (!watches(script)) return found(scriptCommand(agent, 'test'))
  const command = withoutWatch(script, scripts, agent)
  const why = `The script \`test\` watches files and never ends (\`${script}\`)`
  if (command) return found(command, [`${why}; \`${command}\` is used instead.`])
  return { suites: [], unsure: [`${why}. Give the suite a command that ends.`] }
}

/** Whether a runner is configured for the directory itself, so that calling it there runs the right tests. */
export const isConfigured = (project: RepoView): boolean =>
  project.files.some(file => /^((vitest|vite|jest|ava)\.(config|workspace)\.\w+|\.mocharc\.\w+)$/.test(file))

/** The suite of a package without test scripts: its runner called directly, never an invented one. */
export function runnerSuite(pkg: Table, agent: Agent, project: RepoView): SuitesFound | undefined {
  const runner = runnerOf(pkg, project)
  if (runner && runner !== nodeRunner) {
    const command = `${localPrefix(agent)} ${runner.run}`
    return { suites: [{ name: 'node', command, single: `${command} FILE` }], unsure: [] }
  }
  if (imports(project, 'bun:test').length > 0)
    return { suites: [{ name: 'node', command: 'bun test', single: 'bun test FILE' }], unsure: [] }
  const found = nodeTests(project)
  return found.suites.length > 0 || found.unsure.length > 0 ? found : undefined
}

function nodeTests(project: RepoView): SuitesFound {
  const files = imports(project, 'node:test')
  if (files.length === 0) return { suites: [], unsure: [] }
  if (files.some(file => nodeTestFile.test(file)))
    return { suites: [{ name: 'node', command: 'node --test', single: 'node --test FILE' }], unsure: [] }
  return {
    suites: [],
    unsure: [`\`node --test\` does not find ${files[0]} by itself. Name the test files in the command.`],
  }
}

function singleOf(runner: Runner | undefined, agent: Agent): string | undefined {
  if (!runner) return undefined
  return runner === nodeRunner ? `${runner.run} FILE` : `${localPrefix(agent)} ${runner.run} FILE`
}

/** The flag that ends a runner which watches by default, without a watch flag in its script. */
function endingFlag(script: string, agent: Agent): string | undefined {
  if (/--watch(All)?=false|\bCI=/.test(script)) return undefined
  const separator = agent === 'npm' ? ' -- ' : ' '
  if (/\breact-scripts test\b/.test(script)) return `${separator}--watchAll=false`
  if (/\bng test\b/.test(script)) return `${separator}--watch=false`
  return undefined
}

/** Names of test scripts, without those for a special environment. */
const testScript =
  /^(tests?|unit|units|mocha|jest|vitest)([:_-](run|ci|once|unit|units|node|all|coverage|cov|core))*$|^ci[:_-]tests?$/

/** The test script that CI runs, where it runs another one than `test`. */
function ciScript(scripts: Table, ci: string[]): string | undefined {
  const runs = (name: string) => {
    const flags = '(\\s+(run|run-script|-[\\w-]+(=\\S+)?))*'
    const call = new RegExp(`\\b(npm|pnpm|yarn|bun)${flags}\\s+${literal(name)}(?=$|[\\s"';&|)])`)
    return ci.some(line => call.test(line))
  }
  const named = Object.entries(scripts).filter(([name, body]) => testScript.test(name) && typeof body === 'string')
  const main = asText(scripts.test)
  if (main !== undefined && !isPlaceholder(main) && (runs('test') || runs('t'))) return undefined
  // When CI runs several, they are the parts that `test` runs together.
  const run = Object.keys(scripts).filter(name => /test|unit/.test(name) && runs(name))
  if (main !== undefined && run.length > 1) return undefined
  const whole = main === undefined || isPlaceholder(main) ? () => false : leavesOut
  return named.find(
    ([name, body]) => name !== 'test' && runs(name) && !watches(String(body)) && !whole(String(body)),
  )?.[0]
}

/** Whether a script leaves packages or tests out, so that it does not stand for all of them. */
const leavesOut = (body: string): boolean =>
  // Coverage tools leave out files to measure, not tests.
  !/\b(nyc|c8)\b/.test(body) &&
  /(--filter|-F)[= ]|--(exclude|ignore|shard|only|project|projects|scope|workspace|since|affected|changed|onlyChanged|testPathIgnorePatterns|testPathPattern\w*)\b|\bnx affected\b|\s-w[ =]/.test(
    body,
  )

const onceNames = ['test:run', 'test:ci', 'test:once', 'ci:test', 'test:unit', 'test:all', 'tests', 'unit']
const otherScript = (scripts: Table): string | undefined =>
  onceNames.find(name => typeof scripts[name] === 'string' && !watches(scripts[name]) && !isEndToEnd(scripts[name]))

function withoutWatch(script: string, scripts: Table, agent: Agent): string | undefined {
  const named = otherScript(scripts)
  if (named) return scriptCommand(agent, named)
  if (/[&|;<>$`]/.test(script) || !/^(vitest|jest|mocha|ava|node|cross-env)\b/.test(script)) return undefined
  const ends = script
    .replace(watchFlag, '')
    .replace(/\s-w\b/, '')
    .replace(/\bvitest(\s+(watch|dev|run))?(?=\s|$)/, 'vitest run')
  return ends.startsWith('node ') ? ends : `${localPrefix(agent)} ${ends}`
}

/** Test files that import a module; reads at most the first 200 candidates. */
function imports(project: RepoView, module: string): string[] {
  const candidates = project.files.filter(
    file => /\.[cm]?[jt]sx?$/.test(file) && /test|spec/i.test(file) && !/(^|\/)node_modules\//.test(file),
  )
  return candidates.slice(0, 200).filter(file => new RegExp(`['"]${module}['"]`).test(project.read(file) ?? ''))
}
