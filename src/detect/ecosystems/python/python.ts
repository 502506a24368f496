import type { RepoView } from '../../../model/setup/repo-facts.ts'
import type { Ecosystem } from '../../ecosystem.ts'
import { asText, parseToml, type Table, tableAt } from '../../parsed.ts'
import { baseOf, firstOf, topFiles, within } from '../../view.ts'
import { pythonConventions } from './conventions.ts'
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
    const tests = pythonTests(pyproject, project, manager, ci, project === whole)
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

/** The tool that manages the project's environment. Pip manages none: nothing shows where its packages are. */
function managerOf(pyproject: Table | undefined, project: RepoView, whole: RepoView): string | null {
  const locked = [project, whole].flatMap(view => lockfiles.filter(([file]) => topFiles(view).includes(file)))[0]?.[1]
  const declared = ['poetry', 'pdm', 'uv', 'hatch'].find(tool => toolTable(pyproject, project, tool))
  return locked ?? declared ?? (project.files.some(file => /^requirements.*\.txt$/.test(file)) ? 'pip' : null)
}

/** Hatch counts by its environments: its build backend alone is used with every manager. */
function toolTable(pyproject: Table | undefined, project: RepoView, tool: string): boolean {
  if (tool !== 'hatch') return tool in tableAt(pyproject, 'tool')
  return 'envs' in tableAt(pyproject, 'tool', 'hatch') || project.files.includes('hatch.toml')
}
