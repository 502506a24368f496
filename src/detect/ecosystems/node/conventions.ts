import type { RepoView } from '../../../model/setup/repo-facts.ts'
import { asText, parseJson, type Table, tableAt } from '../../parsed.ts'
import { listed, whereTestsLive } from '../../phrases.ts'
import { topFiles } from '../../view.ts'
import { runnerOf, testFileName } from './tests.ts'

type Tool = { name: string; files: RegExp; key?: string }

const formatters: Tool[] = [
  { name: 'Biome', files: /^biome\.jsonc?$/ },
  { name: 'Prettier', files: /^(\.prettierrc(\.\w+)?|prettier\.config\.\w+)$/, key: 'prettier' },
  { name: 'dprint', files: /^\.?dprint\.jsonc?$/ },
]
const linters: Tool[] = [
  { name: 'ESLint', files: /^(\.eslintrc(\.\w+)?|eslint\.config\.\w+)$/, key: 'eslintConfig' },
  { name: 'Oxlint', files: /^\.oxlintrc\.json$/ },
  { name: 'XO', files: /^xo\.config\.\w+$/, key: 'xo' },
]

/** What a package's configuration proves about how its code is written. One sentence each. */
export function nodeConventions(pkg: Table, project: RepoView, whole: RepoView): string[] {
  const runner = runnerOf(pkg, project)
  return [
    ...modules(pkg),
    ...typescript(project),
    ...tools('Formatted with', formatters, pkg, project, whole),
    ...tools('Linted with', linters, pkg, project, whole),
    ...(runner ? [`Tests: ${runner.label}${whereTestsLive(project.files, testFileName)}.`] : []),
    ...dependencies(pkg),
  ]
}

function modules(pkg: Table): string[] {
  const engine = asText(tableAt(pkg, 'engines').node)
  return [
    ...(pkg.type === 'module' ? ['ES modules: package.json has `"type": "module"`.'] : []),
    ...(pkg.type === 'commonjs' ? ['CommonJS modules: package.json has `"type": "commonjs"`.'] : []),
    ...(engine ? [`Runs on Node ${engine} (package.json \`engines\`).`] : []),
  ]
}

function typescript(project: RepoView): string[] {
  const options = tableAt(parseJson(project.read('tsconfig.json')), 'compilerOptions')
  const strict = [
    'strict',
    'noUncheckedIndexedAccess',
    'exactOptionalPropertyTypes',
    'verbatimModuleSyntax',
    'erasableSyntaxOnly',
  ]
  const on = strict.filter(name => options[name] === true)
  return on.length > 0 ? [`TypeScript with ${listed(on.map(name => `\`${name}\``))} (tsconfig.json).`] : []
}

function tools(verb: string, known: Tool[], pkg: Table, project: RepoView, whole: RepoView): string[] {
  return known.flatMap(({ name, files, key }) => {
    const file = [project, whole].flatMap(topFiles).find(path => files.test(path))
    if (file) return [`${verb} ${name} (${file}).`]
    return key && key in pkg ? [`${verb} ${name} (package.json).`] : []
  })
}

function dependencies(pkg: Table): string[] {
  const names = Object.keys(tableAt(pkg, 'dependencies'))
  if (names.length === 0) return []
  const more = names.length > 12 ? ` and ${names.length - 12} more` : ''
  return [`Runtime dependencies: ${names.slice(0, 12).join(', ')}${more}.`]
}
