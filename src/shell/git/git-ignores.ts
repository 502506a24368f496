import { realpathSync } from 'node:fs'
import { containedPath } from '../files/contained-path.ts'
import { wayInside } from '../files/real-place.ts'
import { runGit } from './git.ts'

/**
 * Whether git keeps a file from everybody else: by an ignore rule, or because a link leads to it out of the repository.
 * Git follows no links, so that it is asked about the file behind them.
 */
export const gitIgnores = (root: string, path: string): boolean => ignoredAmong(root, [path]).length > 0

/** Where a file lies once every link on the way is followed, from the root; null where that is outside of it. */
export const realWay = (root: string, path: string): string | null =>
  wayInside(realpathSync.native(root), containedPath(root, path, true).absolute)

/** A file that git ignores, and the lines that would end that in `file`; none where no line can. */
export type Ignored = { path: string; lines: string[]; file: string }

/** The files among these that git keeps from everybody else. Files that are committed already are not. */
export function ignoredAmong(root: string, paths: string[]): Ignored[] {
  const ways = new Map(paths.map(path => [path, realWay(root, path)]))
  const inside = [...ways.values()].filter(way => way !== null)
  const files = rulesFor(root, inside)
  // Whatever is committed in it: the rule that hides a directory is the one to end.
  const folders = folderRules(root, [...new Set([...files.keys()].flatMap(foldersOf))])
  return [...ways].flatMap(([path, way]): Ignored[] => {
    if (way === null) return [{ path, lines: [], file: '.gitignore' }]
    const own = files.get(way)
    if (!own) return []
    const folder = foldersOf(way).find(step => folders.has(step))
    const { file, pattern } = (folder && folders.get(folder)) || own
    const below = (folder ?? way).slice(file.length - '.gitignore'.length)
    // A pattern that reaches further down hides what is in a directory as well.
    const deeper = folder && pattern.includes('**') ? [`!/${below}**`] : []
    return [{ path, file, lines: [`!/${below}`, ...deeper] }]
  })
}

/**
 * The rules that hide directories, by their paths with a slash at the end. What is not there yet is a directory to git only
 * with that slash; but then `a/*` takes `a/` for one of its files.
 */
function folderRules(root: string, folders: string[]): Map<string, Rule> {
  const bare = (folder: string) => folder.slice(0, -1)
  const rules = rulesFor(root, [...folders, ...folders.map(bare)], ['--no-index'])
  return new Map(
    folders.flatMap(folder => {
      const asFolder = rules.get(folder)
      const rule = rules.get(bare(folder)) ?? (asFolder?.pattern.endsWith('/') ? asFolder : undefined)
      return rule ? [[folder, rule] as const] : []
    }),
  )
}

/** The directories on the way to a path, from the root, each with a slash at its end. */
const foldersOf = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, index, steps) => `${steps.slice(0, index + 1).join('/')}/`)

type Rule = { file: string; pattern: string }

/** What makes git ignore a path: the pattern, and the ignore file of the repository that has it, or could overrule it. */
function rulesFor(root: string, paths: string[], more: string[] = []): Map<string, Rule> {
  if (paths.length === 0) return new Map()
  const args = ['check-ignore', ...more, '-v', '-z', '--stdin']
  const fields = runGit(root, args, { accept: [0, 1], input: paths.join('\0') })
    .stdout.toString()
    .split('\0')
  const rules = new Map<string, Rule>()
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [source = '', , pattern = '', path = ''] = fields.slice(at, at + 4)
    const isBelow =
      /^(?!\.?\.?\/)(.*\/)?\.gitignore$/.test(source) && path.startsWith(source.slice(0, -'.gitignore'.length))
    if (!pattern.startsWith('!')) rules.set(path, { pattern, file: isBelow ? source : '.gitignore' })
  }
  return rules
}
