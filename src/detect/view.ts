import type { RepoView } from '../model/setup/repo-facts.ts'

export const dirOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')
export const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Whether a path's base name is one of `names`; `*.ext` stands for every name that ends so. */
export function named(names: string[]): (path: string) => boolean {
  const exact = new Set(names)
  const endings = names.filter(name => name.startsWith('*.')).map(name => name.slice(1))
  return path => exact.has(baseOf(path)) || endings.some(ending => path.endsWith(ending))
}

/** The first of `paths` that the view has. */
export const firstOf = (view: RepoView, ...paths: string[]): string | undefined =>
  paths.find(path => view.files.includes(path))

/** How a program inside the project is called: cmd.exe reads a slash as the start of an option. */
export const ownProgram = (view: RepoView, path: string): string =>
  view.platform === 'win32' ? path.replaceAll('/', '\\') : path

/** The view of one directory, as if it were a repository. */
export function within(view: RepoView, dir: string): RepoView {
  if (dir === '') return view
  const prefix = `${dir}/`
  // The names are sorted, so a directory is one stretch of them; a monorepo asks some hundred times.
  const start = firstFrom(view.files, prefix)
  let end = start
  while (view.files[end]?.startsWith(prefix)) end++
  const files = view.files.slice(start, end).map(file => file.slice(prefix.length))
  return { ...view, name: baseOf(dir), files, read: path => view.read(prefix + path) }
}

const tops = new WeakMap<string[], string[]>()

/** Names at the root of a view; cached for each list of names, since every project of a monorepo asks. */
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

/** A command that runs in a directory; `cd … &&` is the one form that sh and cmd.exe share. */
export function inside(dir: string, command: string): string {
  if (dir === '') return command
  return `cd ${/^[\w./-]+$/.test(dir) ? dir : `"${dir}"`} && ${command}`
}
