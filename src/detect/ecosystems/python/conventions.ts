import type { RepoView } from '../../../model/setup/repo-facts.ts'
import { asText, asTexts, type Table, tableAt } from '../../parsed.ts'
import { whereTestsLive } from '../../phrases.ts'
import { firstOf } from '../../view.ts'
import { testFileName } from './tests.ts'

/** What the configuration proves about how the code is written. One sentence each. */
export function pythonConventions(pyproject: Table | undefined, project: RepoView, runner: string | null): string[] {
  const named = tableAt(pyproject, 'project')
  const requires =
    asText(named['requires-python']) ?? asText(tableAt(pyproject, 'tool', 'poetry', 'dependencies').python)
  const dependencies = asTexts(named.dependencies).map(line => line.replace(/[^\w.-].*$/s, ''))
  return [
    ...(requires ? [`Python ${requires} (pyproject.toml).`] : []),
    ...toolSentences(pyproject, project),
    ...(runner ? [`Tests: ${runner}${whereTestsLive(project.files, testFileName)}.`] : []),
    ...(dependencies.length > 0 ? [`Runtime dependencies: ${dependencies.slice(0, 12).join(', ')}.`] : []),
  ]
}

const tools = [
  { key: 'ruff', says: 'Linted with Ruff', files: ['ruff.toml', '.ruff.toml'] },
  { key: 'black', says: 'Formatted with Black', files: [] },
  { key: 'isort', says: 'Imports sorted with isort', files: ['.isort.cfg'] },
  { key: 'flake8', says: 'Linted with Flake8', files: ['.flake8'] },
  { key: 'mypy', says: 'Type-checked with mypy', files: ['mypy.ini', '.mypy.ini'] },
  { key: 'pyright', says: 'Type-checked with Pyright', files: ['pyrightconfig.json'] },
]

function toolSentences(pyproject: Table | undefined, project: RepoView): string[] {
  return tools.flatMap(({ key, says, files }) => {
    const own = firstOf(project, ...files)
    const inTable = key in tableAt(pyproject, 'tool')
    const inSetup = new RegExp(`^\\[${key}\\]`, 'm').test(project.read('setup.cfg') ?? '')
    const where = own ?? (inTable ? 'pyproject.toml' : inSetup ? 'setup.cfg' : undefined)
    if (!where) return []
    const table = tableAt(pyproject, 'tool', key)
    const details = [
      ...(table.strict === true ? ['strict'] : []),
      ...(typeof table['line-length'] === 'number' ? [`${table['line-length']} columns`] : []),
    ]
    return [`${says}${details.length > 0 ? `, ${details.join(', ')}` : ''} (${where}).`]
  })
}
