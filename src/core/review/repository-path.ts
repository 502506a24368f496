import { shownPath, spelledOut } from '../text/plain-text.ts'
import { once } from './once.ts'

/** The files that a path can mean, with ways to the one whose name is only written alike, or begins further up. */
export type Paths = {
  has: (path: string) => boolean
  alike: (path: string) => string | null
  endingIn: (path: string) => string | null
}

/** Characters; no system takes a longer path. */
const longestPath = 32_767

/** The paths of a tree, to be asked for many times. */
export function pathsOf(files: Iterable<string>): Paths {
  const all = new Set(files)
  const spellings: ((path: string) => string[])[] = [
    path => (shownPath(path) === path ? [] : [shownPath(path), spelledOut(path), path.trim()]),
    path => [path.normalize()],
    path => [path.normalize().toLowerCase()],
  ]
  // Each is made when it is first needed: as a rule a path is written as it is.
  const tables = spellings.map(spell => once(() => tableOf(all, spell)))
  const byName = once(() => byLastStep(all))
  return {
    has: path => all.has(path),
    alike: path =>
      [path, path.normalize(), path.normalize().toLowerCase()]
        .map((key, at) => tables[at]!().get(key))
        .find(found => found !== undefined) ?? null,
    endingIn: path => {
      const [found, ...more] = (byName().get(nameOf(path)) ?? []).filter(file => file.endsWith(`/${path}`))
      return found !== undefined && more.length === 0 ? found : null
    },
  }
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

function byLastStep(files: Set<string>): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const file of files) {
    const alike = found.get(nameOf(file))
    if (alike) alike.push(file)
    else found.set(nameOf(file), [file])
  }
  return found
}

/** Spelling → the one file that is spelled so; null where there are several. */
function tableOf(files: Set<string>, spell: (path: string) => string[]): Map<string, string | null> {
  const table = new Map<string, string | null>()
  for (const file of files) for (const key of new Set(spell(file))) table.set(key, table.has(key) ? null : file)
  return table
}

/**
 * Brings a path as a model has written it to the path of the repository: `./a.js`, `/home/me/repo/a.js:12`, `src\a.js`,
 * `b/src/a.js` from a diff, in quotes or backticks, composed or not, in another case, without the folders above it. What
 * lies within a submodule is the submodule. Of several readings the one that changes least holds.
 *
 * @param files Every file that can be meant. A reading is taken only because no other file has that name.
 * @param root The working tree, absolute.
 * @param home The directory that is set up, from `root`; `files` go from there. Empty: the root itself.
 * @returns Null when it names no file, or several.
 */
export function repositoryPath(said: string, files: Iterable<string> | Paths, root = '', home = ''): string | null {
  if (said.length > longestPath) return null
  const paths = 'has' in files && 'alike' in files ? files : pathsOf(files)
  const written = readings(said)
  const places = [...new Set(written.flatMap(one => placesOf(one, root, home)))]
  const exact = [...written, ...places].find(paths.has)
  if (exact !== undefined) return exact
  for (const one of [...written, ...places]) {
    const found = paths.alike(one)
    if (found !== null) return found
  }
  const above = places.flatMap(foldersAbove).find(paths.has)
  if (above !== undefined) return above
  const loose = written.every(one => !isAbsolute(one)) ? places : []
  return loose.map(paths.endingIn).find(found => found !== null) ?? null
}

/** What can stand around a path. Each is asked of a short piece, since what a model writes can be long. */
const wrappings: ((text: string) => string)[] = [
  text => text.trim(),
  text => text.replace(/^(?:[-+]{3}|[-*•]) /, ''),
  text => (/^([`"'*_]).*\1$/su.test(text) || /^(?:<.*>|\(.*\)|\[.*\])$/su.test(text) ? text.slice(1, -1) : text),
  text => (/^\[[^\]]*\]\(.*\)$/su.test(text) ? text.slice(text.indexOf('](') + 2, -1) : text),
  // `:12`, `:12-14`, `:12:3`, `#L12-L14`, `(12,3)`.
  text => atEnd(text, /(?::L?\d+(?:[-–:,]L?\d+)*|#L\d+(?:[-–]L?\d+)?|\(\d+(?:, ?\d+)?\))$/),
  // As the prompt lists it: `src/a.js (modified, +1 -2)`.
  text => atEnd(text, / \((?:added|modified|deleted|type-changed)[^()]*\)$/),
  text => atEnd(text, /[,;:.]$/),
]
const longestEnd = 60
/** Layers around one path. */
const mostLayers = 12

const atEnd = (text: string, end: RegExp): string =>
  text.slice(0, -longestEnd) + text.slice(-longestEnd).replace(end, '')

/** The text as it is, then with one layer less each. */
function readings(said: string): string[] {
  const layers = [said]
  while (layers.length < mostLayers) {
    const last = layers.at(-1)!
    const next = wrappings.map(unwrap => unwrap(last)).find(one => one !== last)
    if (next === undefined) break
    layers.push(next)
  }
  return layers.flatMap(layer => [layer, ...unescaped(layer)])
}

/** A name between quotes as JSON or git escape it: `"a\"b.js"`, `"\303\251.js"`. */
function unescaped(text: string): string[] {
  if (!/^".*\\.*"$/su.test(text)) return []
  try {
    const bytes = text.replace(/\\([0-7]{3})/g, (_, octal) => `%${Number.parseInt(octal, 8).toString(16)}`)
    return [JSON.parse(bytes === text ? text : decodeURIComponent(bytes))]
  } catch {
    return []
  }
}

/** Where a written path can lie, from the directory that is set up: with slashes, without the root, without a diff's `a/`. */
function placesOf(written: string, root: string, home: string): string[] {
  const steps = stepsOf(written.replace(/^file:\/\//, ''))
  const base = stepsOf(root)
  const isBelow = isAbsolute(written) && base.length > 0 && base.every((step, at) => sameName(step, steps[at]))
  const above = stepsOf(home)
  const ways = isAbsolute(written)
    ? [isBelow ? steps.slice(base.length) : steps]
    : [...withoutPrefix(steps), ...withoutPrefix(steps).map(way => [...above, ...way])]
  return ways.flatMap(way => fromHome(way, above))
}

const isAbsolute = (path: string): boolean => /^(?:file:\/\/|[/\\]|[a-z]:[/\\])/i.test(path)

const stepsOf = (path: string): string[] => path.split(/[/\\]/).filter(step => step !== '' && step !== '.')

const sameName = (a: string, b = ''): boolean => a.normalize().toLowerCase() === b.normalize().toLowerCase()

/** Git's prefixes in a diff, those of `diff.mnemonicPrefix` included. */
const withoutPrefix = (steps: string[]): string[][] =>
  /^[abciow]$/.test(steps[0] ?? '') ? [steps, steps.slice(1)] : [steps]

function fromHome(steps: string[], home: string[]): string[] {
  const path: string[] = []
  for (const step of steps) {
    if (step !== '..') path.push(step)
    else if (path.pop() === undefined) return []
  }
  return home.every((step, at) => step === path[at]) && path.length > home.length
    ? [path.slice(home.length).join('/')]
    : []
}

/** `a/b`, `a` for `a/b/c`, the nearest first; no tree is deeper than that. */
function foldersAbove(path: string): string[] {
  const steps = path.split('/').slice(0, 200)
  return steps.slice(1).map((_, at) => steps.slice(0, steps.length - 1 - at).join('/'))
}
