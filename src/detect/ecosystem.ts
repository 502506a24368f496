import { parse as parseTomlText } from 'smol-toml'
import { parse as parseYamlText } from 'yaml'
import type { EcosystemFacts, RepoView } from '../model/setup/repo-facts.ts'

/** One ecosystem: which files mark a project of its kind, and what can be read from that project. */
export type Ecosystem = {
  name: string
  /** Base names that mark the root directory of a project; `*.ext` stands for every name that ends so. */
  manifests: string[]
  /** A line of CI, or of a recipe, that matches runs tests of this kind with its own tool. */
  direct: RegExp
  /** Any mention of its tools, as a recipe that runs its tests must have one. */
  tools: RegExp
  /** Whether tests are kept in projects of their own, in directories named for tests. */
  inTests?: boolean
  /** Whether a repository without any manifest is one all the same. */
  loose?(view: RepoView): boolean
  /**
   * Whether the tests of a project leave out another one inside it, which then needs a suite of its own.
   * @param inner Directory of the inner project, relative to the outer one.
   */
  leavesOut?(outer: RepoView, inner: string): boolean
  /**
   * @param project The project's directory as if it were the root; commands are meant to run there.
   * @param whole The repository; for files that serve all its projects, such as a lockfile.
   * @param ci The lines that CI runs, see `ciLines`.
   * @returns Undefined when there is nothing of this kind after all, only its build file.
   */
  look(project: RepoView, whole: RepoView, ci: string[]): EcosystemFacts | undefined
}

export type Table = Record<string, unknown>

export const asTable = (value: unknown): Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {}
export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
export const asTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : []

export const dirOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')
export const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** The first of `paths` that the view has. */
export const firstOf = (view: RepoView, ...paths: string[]): string | undefined =>
  paths.find(path => view.files.includes(path))

/** How a program inside the project is called: cmd.exe takes a slash for the start of an option. */
export const ownProgram = (view: RepoView, path: string): string =>
  view.platform === 'win32' ? path.replaceAll('/', '\\') : path

/** The view of one directory, as if it were a repository. */
export function within(view: RepoView, dir: string): RepoView {
  if (dir === '') return view
  const prefix = `${dir}/`
  // The names are sorted, so a directory is a stretch of them: a monorepo is looked into some hundred times.
  const start = firstFrom(view.files, prefix)
  let end = start
  while (view.files[end]?.startsWith(prefix)) end++
  const files = view.files.slice(start, end).map(file => file.slice(prefix.length))
  return { ...view, name: baseOf(dir), files, read: path => view.read(prefix + path) }
}

const tops = new WeakMap<string[], string[]>()

/** Names at the root of a view; remembered for each list of names, since every project of a monorepo asks. */
export function topFiles({ files }: RepoView): string[] {
  const known = tops.get(files) ?? files.filter(file => !file.includes('/'))
  tops.set(files, known)
  return known
}

/** Index of the first of the sorted names that is not before `name`. */
function firstFrom(names: string[], name: string): number {
  let [low, high] = [0, names.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((names[middle] ?? '') < name) low = middle + 1
    else high = middle
  }
  return low
}

/** Reads JSON as tsconfig files are written: comments and trailing commas allowed. Undefined when it is not that. */
export function parseJson(text: string | undefined): Table | undefined {
  if (text === undefined) return undefined
  const strings = /"(?:\\.|[^"\\])*"/.source
  const bare = text.replace(/^\uFEFF/, '')
  const plain = bare.replace(new RegExp(`(${strings})|//[^\\n]*|/\\*[\\s\\S]*?\\*/`, 'g'), (_, kept) => kept ?? '')
  const strict = plain.replace(new RegExp(`(${strings})|,(?=\\s*[}\\]])`, 'g'), (_, kept) => kept ?? '')
  try {
    return asTable(JSON.parse(strict))
  } catch {
    return undefined
  }
}

/** Undefined when the text is no TOML. */
export function parseToml(text: string | undefined): Table | undefined {
  if (text === undefined) return undefined
  try {
    return parseTomlText(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

/** Undefined when the text is no YAML. */
export function parseYaml(text: string | undefined): Table | undefined {
  if (text === undefined) return undefined
  try {
    return asTable(parseYamlText(text, { logLevel: 'silent' }))
  } catch {
    return undefined
  }
}

/** Walks tables by key; an absent or wrong step gives an empty table. */
export const tableAt = (table: Table | undefined, ...keys: string[]): Table =>
  keys.reduce<Table>((at, key) => asTable(at[key]), table ?? {})

/** At most `limit` characters of one line, cut at a word. */
export function oneLine(text: string, limit: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= limit) return line
  const cut = line.slice(0, limit)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), limit - 20)).replace(/[\s,;:–-]+$/, '')} …`
}

/** `a, b and c` */
export const listed = (items: string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** Where test files live and how they are named, as proved by the files: "in `test/` (`*.test.ts`)". */
export function whereTestsLive(files: string[], pattern: RegExp): string {
  const named = files.flatMap(file => (pattern.test(baseOf(file)) ? [file] : []))
  if (named.length === 0) return ''
  const dirs = mostCommon(named.map(file => (file.includes('/') ? `${file.split('/')[0]}/` : './')))
  const shapes = mostCommon(named.map(file => shapeOf(baseOf(file))))
  return ` in ${listed(dirs.map(dir => `\`${dir}\``))} (${listed(shapes.map(shape => `\`${shape}\``))})`
}

/** `cart.test.ts` → `*.test.ts`, `test_cart.py` → `test_*.py`, `CartTest.kt` → `*Test.kt`; a name that is all marker, like `tests.py`, stays. */
function shapeOf(name: string): string {
  const camel = /^\w+?(Tests?|Spec)(\.\w+)$/.exec(name)
  if (camel) return `*${camel[1]}${camel[2]}`
  const shape = name.replace(/^(test[_-])?.*?([._-](test|spec)s?)?(\.\w+)$/, '$1*$2$4')
  return /test|spec/.test(shape) ? shape : name
}

/** The up to three most frequent values, most frequent first. */
function mostCommon(values: string[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 3)
    .map(([value]) => value)
}
