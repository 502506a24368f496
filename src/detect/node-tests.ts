import { type Agent, resolveCommand } from 'package-manager-detector'
import type { RepoView, SuiteFact } from '../model/repo-facts.ts'
import { asText, type Table, tableAt } from './look.ts'

type Found = { suites: SuiteFact[]; unsure: string[] }
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
function localPrefix(agent: Agent): string {
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

/** npm's placeholder says only that nobody has written a test script yet. */
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

/** The suite of one package, from its scripts, else its runner; never an invented one. */
export function packageSuite(pkg: Table, agent: Agent, project: RepoView): Found {
  const scripts = tableAt(pkg, 'scripts')
  const script = asText(scripts.test)
  const runner = runnerOf(pkg, project)
  const single = singleOf(runner, agent)
  const suite = (command: string): SuiteFact[] => [{ name: 'node', command, ...(single && { single }) }]

  if (script !== undefined && !isPlaceholder(script)) {
    const once = endingFlag(script, agent)
    if (once) return { suites: suite(`${scriptCommand(agent, 'test')}${once}`), unsure: [] }
    if (!watches(script)) return { suites: suite(scriptCommand(agent, 'test')), unsure: [] }
    const command = withoutWatch(script, scripts, agent)
    const said = `The script \`test\` never ends, it watches files (\`${script}\`)`
    if (command) return { suites: suite(command), unsure: [`${said}; \`${command}\` is used instead.`] }
    return { suites: [], unsure: [`${said}: give the suite a command that ends.`] }
  }
  const named = otherScript(scripts)
  if (named) return { suites: suite(scriptCommand(agent, named)), unsure: [] }
  if (runner && runner !== nodeRunner) return { suites: suite(`${localPrefix(agent)} ${runner.run}`), unsure: [] }
  if (imports(project, 'bun:test').length > 0)
    return { suites: [{ name: 'node', command: 'bun test', single: 'bun test FILE' }], unsure: [] }
  return nodeTests(project)
}

function nodeTests(project: RepoView): Found {
  const files = imports(project, 'node:test')
  if (files.length === 0) return { suites: [], unsure: [] }
  if (files.some(file => nodeTestFile.test(file)))
    return { suites: [{ name: 'node', command: 'node --test', single: 'node --test FILE' }], unsure: [] }
  return {
    suites: [],
    unsure: [`\`node --test\` does not find ${files[0]} by itself: name the test files in the command.`],
  }
}

function singleOf(runner: Runner | undefined, agent: Agent): string | undefined {
  if (!runner) return undefined
  return runner === nodeRunner ? `${runner.run} FILE` : `${localPrefix(agent)} ${runner.run} FILE`
}

/** Runners that watch unless told not to, although their script has no watch flag. */
function endingFlag(script: string, agent: Agent): string | undefined {
  if (/--watch(All)?=false|\bCI=/.test(script)) return undefined
  const separator = agent === 'npm' ? ' -- ' : ' '
  if (/\breact-scripts test\b/.test(script)) return `${separator}--watchAll=false`
  if (/\bng test\b/.test(script)) return `${separator}--watch=false`
  return undefined
}

const onceNames = ['test:run', 'test:ci', 'test:once', 'ci:test', 'test:unit', 'test:all', 'tests', 'unit']
const otherScript = (scripts: Table): string | undefined =>
  onceNames.find(name => typeof scripts[name] === 'string' && !watches(scripts[name]))

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

/** Test files that import a module; looks at no more than the first 200 candidates. */
function imports(project: RepoView, module: string): string[] {
  const candidates = project.files.filter(
    file => /\.[cm]?[jt]sx?$/.test(file) && /test|spec/i.test(file) && !/(^|\/)node_modules\//.test(file),
  )
  return candidates.slice(0, 200).filter(file => new RegExp(`['"]${module}['"]`).test(project.read(file) ?? ''))
}
