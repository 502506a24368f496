import type { RepoView } from '../../../model/setup/repo-facts.ts'
import { asText, asTexts, type Table, tableAt } from '../../parsed.ts'
import { baseOf } from '../../view.ts'

/** A requirement of pytest itself, not of a plugin. */
const isPytest = (line: string): boolean => /^\s*pytest(?![\w-])/.test(line)

/** Test runners that configuration or dependencies name. */
export function runnersIn(pyproject: Table | undefined, project: RepoView): Set<string> {
  const pytest =
    pytestDependency(pyproject, project) !== 'nowhere' ||
    'pytest' in tableAt(pyproject, 'tool') ||
    project.files.some(file => baseOf(file) === 'conftest.py' || file === 'pytest.ini' || file === '.pytest.ini') ||
    /^\[tool:pytest\]/m.test(project.read('setup.cfg') ?? '') ||
    /^\[pytest\]|\bpytest\b/m.test(project.read('tox.ini') ?? '')
  return new Set(pytest ? ['pytest'] : [])
}

/**
 * Where the dependencies name pytest: `here` when a plain install brings it, `nowhere`, or uv's option that adds the
 * group or the extra that has it, e.g. `--group tests`.
 */
export function pytestDependency(pyproject: Table | undefined, project: RepoView): string {
  const named = tableAt(pyproject, 'project')
  const poetry = tableAt(pyproject, 'tool', 'poetry')
  const uv = tableAt(pyproject, 'tool', 'uv')
  const poetryGroups = Object.values(tableAt(poetry, 'group')).map(group => tableAt(group as Table, 'dependencies'))
  const groups = tableAt(pyproject, 'dependency-groups')
  const always = uv['default-groups'] === 'all' ? Object.keys(groups) : asTexts(uv['default-groups'] ?? ['dev'])
  const plain = [
    ...asTexts(named.dependencies),
    ...asTexts(uv['dev-dependencies']),
    ...Object.values(tableAt(pyproject, 'tool', 'pdm', 'dev-dependencies')).flatMap(asTexts),
    ...[poetry.dependencies, poetry['dev-dependencies'], ...poetryGroups].flatMap(table =>
      Object.keys((table ?? {}) as Table),
    ),
    ...always.flatMap(name => groupOf(groups, name)),
    ...project.files
      .filter(file => /^(requirements.*\.txt|requirements\/.*\.(txt|in)|Pipfile|setup\.py|setup\.cfg)$/.test(file))
      .flatMap(file => (project.read(file) ?? '').split(/[\r\n'",]/)),
  ]
  if (plain.some(isPytest)) return 'here'
  const group = Object.keys(groups).find(name => groupOf(groups, name).some(isPytest))
  if (group) return `--group ${group}`
  const extras = Object.entries(tableAt(named, 'optional-dependencies'))
  const extra = extras.find(([, lines]) => asTexts(lines).some(isPytest))?.[0]
  return extra ? `--extra ${extra}` : 'nowhere'
}

/** The requirements of a dependency group with those of the groups it includes. */
function groupOf(groups: Table, name: string, seen: string[] = []): string[] {
  const items = groups[name]
  if (!Array.isArray(items) || seen.includes(name)) return []
  return items.flatMap(item => {
    const included = asText((item as Table)?.['include-group'])
    return included === undefined ? asTexts([item]) : groupOf(groups, included, [...seen, name])
  })
}
