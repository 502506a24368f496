import type { EcosystemFacts, RepoView, SuiteFact } from '../../../model/setup/repo-facts.ts'
import { preferred } from '../../ci.ts'
import { asText, parseToml, type Table, tableAt } from '../../parsed.ts'
import { listed } from '../../phrases.ts'
import { isForeign } from '../../projects.ts'
import { baseOf, ownProgram } from '../../view.ts'
import { pytestDependency, runnersIn } from './dependencies.ts'

/** How test files are named, for pytest and unittest alike. */
export const testFileName = /^test_.*\.py$|_test\.py$|^tests?\.py$/

type Tests = Pick<EcosystemFacts, 'suites' | 'unsure'> & { runner: 'pytest' | 'unittest' | 'Django' | null }
type TestCommand = { label: string; command: string; single?: string; inCi: RegExp }

/** The project's own test files, without those of samples and other people's code. */
const testFiles = (project: RepoView): string[] =>
  project.files.filter(file => testFileName.test(baseOf(file)) && !isForeign(file) && !/(^|\/)scripts?\//.test(file))

/**
 * How a project's tests are run: in the environment of its manager, else with tox or nox, which make their own, else
 * with the Python on PATH. CI decides between commands of the same kind.
 */
export function pythonTests(
  pyproject: Table | undefined,
  project: RepoView,
  manager: string | null,
  ci: string[],
  isRoot: boolean,
): Tests {
  const runner = runnerOf(pyproject, project)
  const files = testFiles(project)
  // In an inner project pytest may only be one of many pinned packages; at the root the first test may still come.
  if (runner === null || (files.length === 0 && !isRoot)) return { runner: null, suites: [], unsure: [] }
  const noTests =
    runner === 'pytest' && files.length === 0
      ? ['There are no test files yet, and pytest treats that as a failure.']
      : []
  const managed = managedCommands(runner, pyproject, project, manager, files)
  const isolated = isolatedCommands(pyproject, project)
  const chosen = preferred(managed.length > 0 ? managed : isolated, ci)
  const bare = bareCommand(runner, project, files)
  const ciIsBare =
    managed.length === 0 && ci.some(line => bare.inCi.test(line)) && !ci.some(line => chosen?.inCi.test(line))
  if (chosen && !ciIsBare) {
    const others = managed.length > 0 ? isolated.filter(({ inCi }) => ci.some(line => inCi.test(line))) : []
    const inCiOnly = ci.some(line => chosen.inCi.test(line)) ? [] : others.map(({ label }) => label)
    return {
      runner,
      suites: [suiteOf(chosen)],
      unsure: [
        ...noTests,
        ...(inCiOnly.length > 0
          ? [`CI runs the tests with ${listed(inCiOnly)}; \`${chosen.command}\` is used here because it is faster.`]
          : []),
      ],
    }
  }
  const interpreter = interpreterOf(project)
  const path = /[/\\]/.test(interpreter)
    ? `The tests run with \`${interpreter}\`, which is on this machine only. Elsewhere make the environment first.`
    : `No lockfile names an environment, so the tests run with \`${interpreter}\` from PATH.`
  return { runner, suites: [suiteOf(bare)], unsure: [path, ...noTests] }
}

const suiteOf = ({ command, single }: TestCommand): SuiteFact => ({
  name: 'python',
  command,
  ...(single && { single }),
})

/** The Python of a virtual environment in the tree, else the one on PATH. */
function interpreterOf(project: RepoView): string {
  const environment = ['.venv', 'venv', 'env'].find(dir => project.files.includes(`${dir}/pyvenv.cfg`))
  const windows = project.platform === 'win32'
  if (environment) return ownProgram(project, `${environment}/${windows ? 'Scripts/python' : 'bin/python'}`)
  return windows ? 'python' : 'python3'
}

function runnerOf(pyproject: Table | undefined, project: RepoView): Tests['runner'] {
  const texts = testFiles(project)
    .slice(0, 200)
    .map(file => project.read(file) ?? '')
  const usesUnittest = texts.some(text => /^\s*(import|from) (unittest|django\.test)\b/m.test(text))
  const plainTests = texts.some(text => /^(async )?def test/m.test(text))
  if (texts.some(text => /^\s*(import|from) pytest\b/m.test(text)) || runnersIn(pyproject, project).has('pytest'))
    return 'pytest'
  if (plainTests && !usesUnittest) return 'pytest'
  if (!usesUnittest) return null
  return project.files.includes('manage.py') ? 'Django' : 'unittest'
}

/** What the runner is called with, after `python -m` or a manager's `run`. */
function callOf(runner: NonNullable<Tests['runner']>, project: RepoView, files: string[], python: string): TestCommand {
  const inCi = { pytest: /\bpytest\b|\bpy\.test\b/, unittest: /\bunittest\b/, Django: /\bmanage\.py\s+test\b/ }[runner]
  if (runner === 'pytest') return { label: runner, inCi, command: 'pytest', single: 'pytest FILE::NAME' }
  if (runner === 'Django')
    return { label: runner, inCi, command: `${python}manage.py test`, single: `${python}manage.py test MODULE` }
  const command = `${python}-m unittest`
  return { label: runner, inCi, command: `${command}${discovery(project, files)}`, single: `${command} FILE` }
}

/** Commands inside the environment that a manager keeps. */
function managedCommands(
  runner: NonNullable<Tests['runner']>,
  pyproject: Table | undefined,
  project: RepoView,
  manager: string | null,
  files: string[],
): TestCommand[] {
  if (manager === null || manager === 'pip') return []
  if (manager === 'hatch') return hatchCommands(pyproject, project)
  const call = callOf(runner, project, files, 'python ')
  const found = runner === 'pytest' ? pytestDependency(pyproject, project) : 'here'
  // Only tox or nox describes the tests' environment; the manager's own would lack the runner.
  if (found === 'nowhere' && runner === 'pytest' && isolatedCommands(pyproject, project).length > 0) return []
  const group = manager === 'uv' && found !== 'here' && found !== 'nowhere' ? `${found} ` : ''
  const script = manager === 'pdm' && 'test' in tableAt(pyproject, 'tool', 'pdm', 'scripts')
  const run = `${manager} run ${group}`
  return [
    { ...call, command: `${run}${call.command}`, single: `${run}${call.single}` },
    ...(script ? [{ label: 'pdm', command: 'pdm run test', inCi: /\bpdm\s+run\s+(-\S+\s+)*test\b/ }] : []),
  ]
}

function hatchCommands(pyproject: Table | undefined, project: RepoView): TestCommand[] {
  const envs = {
    ...tableAt(pyproject, 'tool', 'hatch', 'envs'),
    ...tableAt(parseToml(project.read('hatch.toml')), 'envs'),
  }
  const scripts = Object.entries(envs).flatMap(([env, table]) =>
    Object.keys(tableAt(table as Table, 'scripts'))
      .filter(name => /^(tests?|run|unit|pytest|no-cov)$/.test(name) && (env === 'default' || /test/.test(env)))
      .map(name => (env === 'default' ? name : `${env}:${name}`)),
  )
  const test: TestCommand = {
    label: 'hatch',
    command: 'hatch test',
    single: 'hatch test FILE::NAME',
    inCi: /\bhatch\s+(-\S+\s+)*test\b/,
  }
  const own = scripts.map(name => ({
    label: 'hatch',
    command: `hatch run ${name}`,
    inCi: new RegExp(`\\bhatch\\s+(-\\S+\\s+)*(env\\s+)?run\\s+(-\\S+\\s+)*\\+?${name}\\b`),
  }))
  return 'hatch-test' in envs || own.length === 0 ? [test, ...own] : [...own, test]
}

/** Commands that make an environment for the tests: tox with the current Python, nox with its own choice. */
function isolatedCommands(pyproject: Table | undefined, project: RepoView): TestCommand[] {
  const tox =
    project.files.includes('tox.ini') ||
    project.files.includes('tox.toml') ||
    'tox' in tableAt(pyproject, 'tool') ||
    /^\[tox:tox\]/m.test(project.read('setup.cfg') ?? '')
  const toxRuns = /^\[testenv|^\[tox\]|env_run_base/m.test(project.read('tox.ini') ?? (tox ? '[tox]' : ''))
  const sessions = noxSessions(project.read('noxfile.py') ?? '')
  const session = sessions.find(name => /^(tests?|unit([-_]?tests?)?|pytest|tests?[-_]unit)$/.test(name))
  return [
    ...(tox && toxRuns ? [{ label: 'tox', command: 'tox -e py', inCi: /\btox\b/ }] : []),
    ...(session ? [{ label: 'nox', command: `nox -s ${session}`, inCi: /\bnox\b/ }] : []),
  ]
}

/** Names of the sessions a noxfile defines. */
const noxSessions = (text: string): string[] =>
  [...text.matchAll(/^@nox\.session\b([^\n]*(?:\n(?!def)[^\n]*)*)\ndef (\w+)/gm)].map(
    ([, options, name]) => asText(/\bname\s*=\s*["']([^"']+)/.exec(options ?? '')?.[1]) ?? name ?? '',
  )

/** The command with the Python on PATH, for a project without an environment. */
function bareCommand(runner: NonNullable<Tests['runner']>, project: RepoView, files: string[]): TestCommand {
  const python = `${interpreterOf(project)} `
  const call = callOf(runner, project, files, python)
  if (runner !== 'pytest') return call
  return { ...call, command: `${python}-m pytest`, single: `${python}-m pytest FILE::NAME` }
}

/** unittest looks only into packages below the start directory, so a plain tests/ has to be named. */
function discovery(project: RepoView, tests: string[]): string {
  const dirs = new Set(tests.map(file => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '')))
  const [dir] = dirs
  if (dirs.size !== 1 || !dir) return ''
  return project.files.includes(`${dir}/__init__.py`) ? ` discover -s ${dir} -t .` : ` discover -s ${dir}`
}
