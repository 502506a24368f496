import type { EcosystemFacts, RepoView } from '../model/repo-facts.ts'
import { asText, asTexts, baseOf, type Ecosystem, parseToml, type Table, tableAt } from './look.ts'
import { pythonConventions } from './python-conventions.ts'

export const python: Ecosystem = {
  name: 'python',
  manifests: ['pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt', 'Pipfile', 'pytest.ini', 'tox.ini'],
  loose: view => view.files.some(file => testFileName.test(baseOf(file))),
  look(project, whole) {
    const text = project.read('pyproject.toml')
    const pyproject = parseToml(text)
    const { manager, prefix } = managerOf(pyproject, project, whole)
    const tests = testsOf(pyproject, project, prefix)
    const named = tableAt(pyproject, 'project')
    return {
      language: 'Python',
      packageManager: manager,
      description:
        (asText(named.description) ?? asText(tableAt(pyproject, 'tool', 'poetry').description))?.trim() || null,
      suites: tests.suites,
      commands: [],
      conventions: pythonConventions(pyproject, project, tests.runner),
      entries: Object.entries({ ...tableAt(pyproject, 'tool', 'poetry', 'scripts'), ...tableAt(named, 'scripts') })
        .slice(0, 5)
        .map(([name, target]) => `\`${name}\`: a command, \`${String(target)}\``),
      ignore: [
        '**/__pycache__/**',
        '.pytest_cache/**',
        '.mypy_cache/**',
        '.ruff_cache/**',
        '**/*.egg-info/**',
        '.venv/**',
        '.coverage',
      ],
      unsure: [
        ...(text !== undefined && !pyproject ? ['pyproject.toml is no valid TOML; nothing was read from it.'] : []),
        ...tests.unsure,
      ],
    }
  },
}

/** How test files are named, for pytest and unittest alike. */
export const testFileName = /^test_.*\.py$|_test\.py$|^tests?\.py$/

const lockfiles = [
  ['uv.lock', 'uv'],
  ['poetry.lock', 'poetry'],
  ['pdm.lock', 'pdm'],
  ['Pipfile.lock', 'pipenv'],
  ['Pipfile', 'pipenv'],
] as const

/** Who runs a program inside the project's environment: `uv run `, `poetry run `, …; nobody: an empty prefix. */
function managerOf(
  pyproject: Table | undefined,
  project: RepoView,
  whole: RepoView,
): { manager: string | null; prefix: string } {
  const locked = [project, whole].flatMap(view => lockfiles.filter(([file]) => view.files.includes(file)))[0]?.[1]
  const declared = ['poetry', 'pdm', 'uv'].find(tool => tool in tableAt(pyproject, 'tool'))
  const manager = locked ?? declared
  if (manager) return { manager, prefix: `${manager} run ` }
  return { manager: project.files.some(file => /^requirements.*\.txt$/.test(file)) ? 'pip' : null, prefix: '' }
}

type Tests = Pick<EcosystemFacts, 'suites' | 'unsure'> & { runner: 'pytest' | 'unittest' | null }

function testsOf(pyproject: Table | undefined, project: RepoView, prefix: string): Tests {
  const files = project.files.filter(file => testFileName.test(baseOf(file)))
  const texts = files.slice(0, 200).map(file => project.read(file) ?? '')
  const usesUnittest = texts.some(text => /^\s*(import|from) unittest\b/m.test(text))
  const usesPytest = texts.some(text => /^\s*(import|from) pytest\b/m.test(text)) || hasPytest(pyproject, project)
  const plainTests = texts.some(text => /^(async )?def test/m.test(text))
  const interpreter = `${project.platform === 'win32' ? 'python' : 'python3'} -m `
  const outside = prefix
    ? []
    : [`No lockfile names an environment, so tests run with \`${interpreter.trim().replace(' -m', '')}\` from PATH.`]

  if (usesPytest || (plainTests && !usesUnittest)) {
    const command = prefix ? `${prefix}pytest` : `${interpreter}pytest`
    const none = files.length === 0 ? ['There is no test file yet, and pytest counts that as a failure.'] : []
    return {
      runner: 'pytest',
      suites: [{ name: 'python', command, single: `${command} FILE::NAME` }],
      unsure: [...outside, ...none],
    }
  }
  if (!usesUnittest) return { runner: null, suites: [], unsure: [] }
  const run = prefix ? `${prefix}python -m unittest` : `${interpreter}unittest`
  return {
    runner: 'unittest',
    suites: [{ name: 'python', command: `${run}${discovery(files)}`, single: `${run} FILE` }],
    unsure: outside,
  }

  /** unittest looks only into packages below the start directory, so a plain tests/ has to be named. */
  function discovery(tests: string[]): string {
    const dirs = new Set(tests.map(file => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '')))
    const [dir] = dirs
    if (dirs.size !== 1 || !dir) return ''
    return project.files.includes(`${dir}/__init__.py`) ? ` discover -s ${dir} -t .` : ` discover -s ${dir}`
  }
}

/** Whether configuration or dependencies name pytest. */
function hasPytest(pyproject: Table | undefined, project: RepoView): boolean {
  const named = tableAt(pyproject, 'project')
  const poetry = tableAt(pyproject, 'tool', 'poetry')
  const groups = Object.values(tableAt(poetry, 'group')).map(group => tableAt(group as Table, 'dependencies'))
  const requirements = [
    ...asTexts(named.dependencies),
    ...Object.values(tableAt(named, 'optional-dependencies')).flatMap(asTexts),
    ...Object.values(tableAt(pyproject, 'dependency-groups')).flatMap(asTexts),
    ...asTexts(tableAt(pyproject, 'tool', 'uv')['dev-dependencies']),
    ...Object.values(tableAt(pyproject, 'tool', 'pdm', 'dev-dependencies')).flatMap(asTexts),
    ...[poetry.dependencies, poetry['dev-dependencies'], ...groups].flatMap(table =>
      Object.keys((table ?? {}) as Table),
    ),
    ...project.files
      .filter(file => /^(requirements.*\.txt|Pipfile|setup\.py|setup\.cfg)$/.test(file))
      .flatMap(file => (project.read(file) ?? '').split(/[\r\n'",]/)),
  ]
  return (
    requirements.some(line => /^\s*pytest\b/.test(line)) ||
    'pytest' in tableAt(pyproject, 'tool') ||
    project.files.some(file => baseOf(file) === 'conftest.py' || file === 'pytest.ini') ||
    /^\[tool:pytest\]/m.test(project.read('setup.cfg') ?? '') ||
    /^\[pytest\]/m.test(project.read('tox.ini') ?? '')
  )
}
