import type { RepoView } from '../../../model/setup/repo-facts.ts'
import type { Ecosystem } from '../../ecosystem.ts'
import { asText, parseToml, type Table, tableAt } from '../../parsed.ts'
import { baseOf, firstOf, topFiles, within } from '../../view.ts'
import { pythonConventions } from './conventions.ts'
import { pytestDependency } from './dependencies.ts'
import { pythonTests, testFileName } from './tests.ts'

export const python: Ecosystem = {
  name: 'python',
  manifests: ['pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt', 'Pipfile', 'pytest.ini', 'tox.ini'],
  packageManifests: ['pyproject.toml'],
  languages: { py: 'Python' },
  descriptionOf: project => asText(tableAt(parseToml(project.read('pyproject.toml')), 'project').description),
  runsTests:
    /\b(pytest|py\.test)\b(?!.*(\s-[mk]\s|\bintegration\b))|\b(tox|nox|unittest)\b|\bhatch\b.*\b(test|cov)|\bmanage\.py\s+test\b|\b(pdm|poetry|uv)\s+run\s+tests?\b/,
  usesTools: /\b(python3?|pytest|tox|nox|hatch|uv|poetry|pdm)\b|\$[({](PYTHON|UV|PYTEST)\w*[)}]/,
  // A project with its own lockfile has its own environment.
  leavesOut: (outer, inner) => firstOf(within(outer, inner), ...lockfiles.map(([file]) => file)) !== undefined,
  withoutManifest: view => view.files.some(file => testFileName.test(baseOf(file))),
  factsOf(project, whole, ci) {
    const text = project.read('pyproject.toml')
    const pyproject = parseToml(text)
    const manager = managerOf(pyproject, project, whole)
    const all = pythonTests(pyproject, project, manager, ci, project === whole)
    const tests = runsInMembers(pyproject, project, ci) ? { ...all, suites: [], unsure: [] } : all
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
        .map(([name, target]) => `\`${name}\`: a command that runs \`${String(target)}\``),
      ignore: [
        '**/__pycache__/**',
        '.pytest_cache/**',
        '.mypy_cache/**',
        '.ruff_cache/**',
        '**/*.egg-info/**',
        '.venv/**',
        '.coverage',
        '.tox/**',
        '.nox/**',
      ],
      unsure: [
        ...(text !== undefined && !pyproject ? ['pyproject.toml is not valid TOML; nothing was read from it.'] : []),
        ...tests.unsure,
      ],
    }
  },
}

const lockfiles = [
  ['uv.lock', 'uv'],
  ['poetry.lock', 'poetry'],
  ['pdm.lock', 'pdm'],
  ['Pipfile.lock', 'pipenv'],
  ['Pipfile', 'pipenv'],
] as const

/**
 * The tool that manages the project's environment. Pip manages none: nothing shows where its packages are.
 *
 * A lockfile of Poetry or PDM counts where the project is one of theirs: it may be left from before, and the one above
 * a project locks another. Only uv's locks a whole workspace.
 */
function managerOf(pyproject: Table | undefined, project: RepoView, whole: RepoView): string | null {
  const declared = ['poetry', 'pdm', 'uv', 'hatch'].filter(tool => toolTable(pyproject, project, tool))
  const locks = (view: RepoView) => lockfiles.filter(([file]) => topFiles(view).includes(file)).map(([, tool]) => tool)
  const left = (tool: string) =>
    (tool === 'poetry' || tool === 'pdm') && declared.length > 0 && !declared.includes(tool)
  const own = locks(project).find(tool => !left(tool))
  const above = locks(whole).find(tool => tool === 'uv')
  const pip = project.files.some(file => /^requirements.*\.txt$/.test(file)) ? 'pip' : null
  return own ?? above ?? declared[0] ?? pip
}

/** A workspace whose root has no pytest, while members have one: the tests run in the members. */
function runsInMembers(pyproject: Table | undefined, project: RepoView, ci: string[]): boolean {
  const workspace = 'workspace' in tableAt(pyproject, 'tool', 'uv')
  if (!workspace || pytestDependency(pyproject, project) !== 'nowhere' || ci.some(line => /\bpytest\b/.test(line)))
    return false
  return project.files
    .filter(file => file.endsWith('/pyproject.toml'))
    .slice(0, 60)
    .some(file => {
      const dir = file.slice(0, -'/pyproject.toml'.length)
      return pytestDependency(parseToml(project.read(file)), within(project, dir)) !== 'nowhere'
    })
}

/** Hatch counts by its environments: its build backend alone is used with every manager. */
function toolTable(pyproject: Table | undefined, project: RepoView, tool: string): boolean {
  if (tool !== 'hatch') return tool in tableAt(pyproject, 'tool')
  return 'envs' in tableAt(pyproject, 'tool', 'hatch') || project.files.includes('hatch.toml')
}
