import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import type { Scope } from '../../model/repository.ts'
import { type GitResult, runGit } from './git.ts'
import { countedAllTheSame, pathspecs } from './pathspecs.ts'

// What the user has set for speed or for their own index must not bend ours or make it write into `.git`: a shared
// (split) index lies there, a hook of theirs could run, and an entry assumed unchanged is never looked at again.
export const ownSettings = (stateDir: string) => [
  'core.fsmonitor=false',
  'core.untrackedCache=false',
  'core.splitIndex=false',
  'core.ignoreStat=false',
  'core.trustctime=true',
  'core.checkStat=default',
  'core.safecrlf=false',
  'index.skipHash=false',
  'index.sparse=false',
  'sparse.expectFilesOutsideOfPatterns=false',
  // As the file system is, not as it is said to be: one of two names would hide the other.
  `core.ignoreCase=${isCaseBlind(stateDir)}`,
  `core.hooksPath=${join(stateDir, 'no-hooks')}`,
]

/** Whether the file system takes our own directory by another name, too; a second directory of that name is none. */
function isCaseBlind(stateDir: string): boolean {
  const other = basename(stateDir).toUpperCase()
  return existsSync(join(dirname(stateDir), other)) && !readdirSync(dirname(stateDir)).includes(other)
}

/** The index that a fingerprint leaves behind. */
export const indexFile = (scope: { stateDir: string }) => join(scope.stateDir, 'index')

export const objectsDir = (scope: { stateDir: string }) => join(scope.stateDir, 'objects')

/** Makes git write new objects into our store and read the repository's own beside it, with its alternates. */
export function objectsEnv(scope: { stateDir: string; commonDir: string }): NodeJS.ProcessEnv {
  const own = join(scope.commonDir, 'objects')
  // Git reads a quoted element C-style, which is the only way to pass a path that holds the separator.
  const listed = own.includes(delimiter) || own.startsWith('"') ? JSON.stringify(own) : own
  return { GIT_OBJECT_DIRECTORY: objectsDir(scope), GIT_ALTERNATE_OBJECT_DIRECTORIES: listed }
}

/** Runs git against the index file `index`; null means the user's own, which is then only to be read. */
export function withIndex(
  scope: Scope,
  index: string | null,
  args: string[],
  { inEnglish, ...options }: { input?: Buffer; accept?: number[]; quiet?: boolean; inEnglish?: boolean } = {},
): GitResult {
  const env = { ...objectsEnv(scope), ...(index && { GIT_INDEX_FILE: index }), ...(inEnglish && { LC_ALL: 'C' }) }
  const config = [...ownSettings(scope.stateDir), ...(scope.filters ?? [])]
  return runGit(scope.root, args, { ...options, env, config })
}

/**
 * Settings under which no filter (as Git LFS is one) has to work: a file whose filter fails counts as it lies there. A
 * checkout without the filter's program holds what the filter would have made of it anyway.
 */
export function lenientFilters(scope: Scope): string[] {
  const found = runGit(scope.root, ['config', '--name-only', '--get-regexp', '^filter\\..*\\.required$'], {
    accept: [0, 1],
  })
  const required = found.stdout.toString().split('\n').filter(Boolean)
  return required.flatMap(name => [`${name}=false`, `${name.replace(/required$/, 'process')}=`])
}

/** Names from `-z` output. One character a byte, so that a name in any encoding goes back to git as it came. */
export const names = (stdout: Buffer): string[] => stdout.toString('latin1').split('\0').filter(Boolean)

const listOf = (paths: string[]) => Buffer.from(paths.map(path => `${path}\0`).join(''), 'latin1')

/** Makes `index` start from the user's own: git then trusts its stat data and hashes only what differs from it. */
export function seed(scope: Scope, index: string): void {
  if (!copyIndex(join(scope.gitDir, 'index'), index)) return
  unflag(scope, index)
  dropUncounted(scope, index)
}

/**
 * Copies an index file, if there is one. The copy keeps the whole second of the original's time, because git looks
 * twice only at files no older than the index: a younger copy would hide a same-size edit made in that second.
 * @see https://git-scm.com/docs/racy-git
 */
export function copyIndex(from: string, to: string): boolean {
  const found = statSync(from, { throwIfNoEntry: false })
  if (!found) return false
  copyFileSync(from, to)
  const second = Math.floor(found.mtimeMs / 1000)
  utimesSync(to, second, second)
  return true
}

/** Clears what tells git not to look at a file: assume-unchanged, and skip-worktree unless a sparse checkout left it out. */
function unflag(scope: Scope, index: string): void {
  const tagged = names(withIndex(scope, index, ['ls-files', '-v', '-z']).stdout)
  const assumed = tagged.filter(line => /^[a-z]/.test(line)).map(line => line.slice(2))
  const skipped = tagged.filter(line => /^s/i.test(line)).map(line => line.slice(2))
  const update = (flag: string, paths: string[]) => {
    if (paths.length > 0) withIndex(scope, index, ['update-index', flag, '-z', '--stdin'], { input: listOf(paths) })
  }
  update('--no-assume-unchanged', assumed)
  update('--no-skip-worktree', isSparse(scope) ? skipped.filter(path => isThere(scope, path)) : skipped)
}

/** Whether something lies at a name that git has listed. */
export const isThere = ({ root }: Scope, name: string): boolean =>
  lstatSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name, 'latin1')]), { throwIfNoEntry: false }) !==
  undefined

/**
 * Whether files may be left out of this working tree. Asked at every stop, so the text of git's own files has to do: where
 * it says so in vain, nothing comes of it.
 */
export function isSparse({ commonDir, gitDir }: Scope): boolean {
  const text = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '')
  const config = text(join(commonDir, 'config'))
  const isSaid = (said: string) => /sparseCheckout/i.test(said)
  return isSaid(config) || (/worktreeConfig/i.test(config) && isSaid(text(join(gitDir, 'config.worktree'))))
}

/**
 * Brings `index` up to what lies in the working tree, `but` those files. `quiet`: see `runGit`.
 *
 * @returns Whether there was something that could not be added.
 */
export function addAll(scope: Scope, index: string, { quiet, but }: { quiet: boolean; but: string[] }): boolean {
  const specs = [...pathspecs(scope, 'counted'), ...but.map(path => `:(exclude,literal)${path}`)]
  const inEnglish = scope.filters !== undefined
  const add = (options: string[], accept: number[]) =>
    // 1: some file could not be read, all others are in.
    withIndex(scope, index, ['add', '-A', ...options, '--ignore-errors', '--', ...specs], {
      accept: [0, 1, ...accept],
      quiet,
      inEnglish,
    }).status
  // 129: a git from before 2.34, which knows of no such option.
  let status = isSparse(scope) ? add(['--sparse'], [129]) : 129
  if (status === 129) status = add([], [])
  const kept = countedAllTheSame(scope)
  if (kept.length > 0) {
    const args = ['update-index', '--add', '--remove', '-z', '--stdin']
    // 128: a link is in the way.
    withIndex(scope, index, args, { input: listOf(kept), accept: [0, 128] })
  }
  return status === 1
}

/** Puts a file into `index` byte by byte, past its filters and its encoding. */
export function addAsItLies(scope: Scope, index: string, path: string): void {
  const found = lstatSync(join(scope.root, path), { throwIfNoEntry: false })
  if (!found?.isFile()) return
  const id = withIndex(scope, index, ['hash-object', '-w', '--no-filters', '--', path]).stdout.toString().trim()
  const mode = (found.mode & 0o100) !== 0 ? '100755' : '100644'
  withIndex(scope, index, ['update-index', '--add', '--cacheinfo', `${mode},${id},${path}`])
}

/** Takes the entries that do not count out of `index`. */
export function dropUncounted(scope: Scope, index: string): void {
  const kept = new Set(countedAllTheSame(scope))
  const outside = scope.home ? [['.', `:(exclude,literal)${scope.home}`]] : []
  for (const specs of [pathspecs(scope, 'not-counted'), ...outside]) {
    const listed = names(withIndex(scope, index, ['ls-files', '-z', '--', ...specs]).stdout)
    const dropped = listed.filter(name => !kept.has(name))
    const args = ['update-index', '--force-remove', '-z', '--stdin']
    if (dropped.length > 0) withIndex(scope, index, args, { input: listOf(dropped) })
  }
}

/** The tree id of what `index` lists, for a setup below the root of its directory; the trees are written into our store. */
export function writeTree(scope: Scope, index: string): string {
  const tree = withIndex(scope, index, ['write-tree']).stdout.toString().trim()
  if (!scope.home) return tree
  const args = ['rev-parse', '-q', '--verify', `${tree}:${scope.home}`]
  return (
    withIndex(scope, index, args, { accept: [0, 1] })
      .stdout.toString()
      .trim() || emptyTree(scope)
  )
}

/** The id of the tree that holds nothing, in the repository's own hash. */
export function emptyTree(scope: Scope): string {
  makeObjectsDir(scope)
  const args = ['hash-object', '-t', 'tree', '--stdin']
  return runGit(scope.root, args, { input: '', env: objectsEnv(scope) })
    .stdout.toString()
    .trim()
}

/** Git takes no repository for one whose object directory is not there. */
export function makeObjectsDir(scope: { stateDir: string }): void {
  const found = statSync(objectsDir(scope), { throwIfNoEntry: false })
  if (found?.isDirectory()) return
  if (found) rmSync(objectsDir(scope))
  mkdirSync(objectsDir(scope), { recursive: true, mode: 0o700 })
}

/** The last 32 bytes of an index file as hex: git's checksum over everything in it. Empty when there is no file. */
export function checksum(index: string): string {
  let fd: number
  try {
    fd = openSync(index, 'r')
  } catch {
    return ''
  }
  try {
    const bytes = Buffer.alloc(32)
    const read = readSync(fd, bytes, 0, 32, Math.max(0, fstatSync(fd).size - 32))
    return bytes.toString('hex', 0, read)
  } finally {
    closeSync(fd)
  }
}
