import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Scope } from '../../model/repository.ts'
import { withPrivateMask } from '../processes/user-mask.ts'
import { GitError } from './git.ts'
import { pathspecs } from './pathspecs.ts'
import {
  addAll,
  addAsItLies,
  checksum,
  copyIndex,
  dropUncounted,
  indexFile,
  isSparse,
  isThere,
  lenientFilters,
  makeObjectsDir,
  names,
  seed,
  withIndex,
  writeTree,
} from './private-index.ts'

/** What is remembered beside the private index. It vouches for that very index file and for no other. */
type Memo = {
  /** Everything outside the tree that the index was built under; see `conditions`. */
  conditions: string
  checksum: string
  tree: string
  /** The user's own index when we last compared ours with it. */
  userIndex: string
}

/**
 * The git tree id of the working tree: tracked and untracked-not-ignored files, less those that do not count. The same
 * content gives the same id whether it is staged, committed, stashed and back, or just lying there.
 *
 * One git process when nothing has changed. Safe to run many at once: each works on an index file named for its
 * process and puts it in place by renaming, so no lock can be left behind.
 *
 * A file that cannot be read keeps the content last seen, one whose filter fails counts as it lies there; a nested
 * repository counts by its commit alone.
 * @throws {GitError} Git failed even on an index made anew.
 */
export const fingerprint = (scope: Scope): string => look(scope).tree

/** The fingerprint, and whether there was something that git could add nothing of: unreadable, or without a commit. */
export type Look = { tree: string; partial: boolean }

/** The same with what could not be seen. */
export const look = (scope: Scope): Look => withPrivateMask(() => lookNow(scope))

function lookNow(scope: Scope): Look {
  const memo = recall(scope)
  try {
    return take(scope, memo)
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    return takeLeniently({ ...scope, filters: lenientFilters(scope) })
  }
}

/** More would be a repository in which nothing can be encoded, and its own fault to be told. */
const mostUnencodable = 100

/** Takes what fails as it lies there: a file whose filter fails, or one that is not in the encoding its attribute names. */
function takeLeniently(scope: Scope, asTheyLie: string[] = []): Look {
  try {
    return take(scope, null, asTheyLie)
  } catch (error) {
    const path = error instanceof GitError ? unencodable(error.stderr) : null
    if (path === null || asTheyLie.includes(path) || asTheyLie.length >= mostUnencodable) throw error
    return takeLeniently(scope, [...asTheyLie, path])
  }
}

/** The file that git has given up at; it says so of one at a time. */
const unencodable = (stderr: string): string | null =>
  /^fatal: (?:failed to encode|BOM is (?:required|prohibited) in) '(.+)' (?:from|if encoded as) \S+/m.exec(
    stderr,
  )?.[1] ?? null

/** @param asTheyLie Files that count byte by byte, whatever their attributes say; paths from the root. */
function take(scope: Scope, memo: Memo | null, asTheyLie: string[] = []): Look {
  const index = `${indexFile(scope)}.${process.pid}`
  discard(index)
  makeObjectsDir(scope)
  try {
    if (memo) borrow(indexFile(scope), index)
    else seed(scope, index)
    // A failure here is tried again on an index made anew, which says what is wrong.
    const partial = addAll(scope, index, { quiet: memo !== null, but: asTheyLie })
    for (const path of asTheyLie) addAsItLies(scope, index, path)
    const same = memo?.checksum === checksum(index)
    const userIndex = stamp(join(scope.gitDir, 'index'))
    if (memo && same && memo.userIndex === userIndex) return { tree: memo.tree, partial }
    // Ours may list a file as deleted that has been taken back to where a sparse checkout leaves it out.
    if (memo && !same && isSparse(scope)) return take(scope, null)
    const tree = memo && same ? memo.tree : writeTree(scope, index)
    // The same tree has the same entries, of which it is known already; git only wrote down when it looked at them.
    const isKnown = memo?.tree === tree && memo.userIndex === userIndex
    if (memo && !isKnown && !ignoresAlike(scope, index)) return take(scope, null)
    remember(scope, index, { conditions: conditions(scope), checksum: checksum(index), tree, userIndex })
    return { tree, partial }
  } finally {
    discard(index)
  }
}

const memoFile = (scope: Scope) => join(scope.stateDir, 'fingerprint.json')

/** The memo, if it speaks of the index that is there and of today's conditions. */
function recall(scope: Scope): Memo | null {
  try {
    const memo: Memo = JSON.parse(readFileSync(memoFile(scope), 'utf8'))
    const vouched = memo.checksum === checksum(indexFile(scope)) && memo.conditions === conditions(scope)
    return vouched ? memo : null
  } catch {
    return null
  }
}

/** Puts the index and its memo in place. When that fails (another process holds the file) the next run starts anew. */
function remember(scope: Scope, index: string, memo: Memo): void {
  const draft = `${memoFile(scope)}.${process.pid}`
  try {
    if (existsSync(index)) renameSync(index, indexFile(scope))
    writeFileSync(draft, JSON.stringify(memo))
    renameSync(draft, memoFile(scope))
  } catch {
    rmSync(draft, { force: true })
  }
  sweep(scope)
}

/** Shares the kept index: git replaces an index file whole and never writes into it, so the kept one stays as it is. */
function borrow(kept: string, index: string): void {
  try {
    linkSync(kept, index)
  } catch {
    copyIndex(kept, index) // No hard links here, or no index yet.
  }
}

function discard(index: string): void {
  for (const file of [index, `${index}.lock`]) {
    // `rmSync` loads a tree walker first, which is noticed at every stop.
    try {
      unlinkSync(file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}

/** Removes what processes that were killed left behind. An hour is longer than any hook may run. */
function sweep(scope: Scope): void {
  for (const name of readdirSync(scope.stateDir)) {
    if (!/^(index|fingerprint\.json)\.\d+/.test(name)) continue
    const file = join(scope.stateDir, name)
    const found = statSync(file, { throwIfNoEntry: false })
    if (found && Date.now() - found.ctimeMs > 3_600_000) rmSync(file, { force: true })
  }
}

/** A change here can leave entries in the index that a fresh one would not have, or hide files from it. */
function conditions(scope: Scope): string {
  const files = [
    join(scope.commonDir, 'info', 'exclude'),
    join(scope.commonDir, 'config'),
    join(scope.gitDir, 'config.worktree'),
    join(scope.gitDir, 'info', 'sparse-checkout'),
  ]
  return JSON.stringify([scope.root, pathspecs(scope, 'not-counted'), ...files.map(stamp)])
}

function stamp(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false })
  return found ? `${found.mtimeMs} ${found.size} ${found.ino}` : ''
}

/**
 * Whether our index and the user's hold the same ignored files. They part when an ignore rule comes to cover a file
 * that is untracked but already in ours, and when the user adds an ignored file by force.
 */
function ignoresAlike(scope: Scope, index: string): boolean {
  const ignored = (of: string | null) =>
    names(
      withIndex(scope, of, ['ls-files', '-c', '-i', '--exclude-standard', '-z', '--', ...pathspecs(scope, 'counted')])
        .stdout,
    )
  const ours = new Set(ignored(index))
  const theirs = ignored(null).filter(path => ours.has(path) || isThere(scope, path))
  return theirs.length === ours.size && theirs.every(path => ours.has(path))
}

/**
 * The fingerprint that a clean checkout of `ref` would have.
 * @throws {GitError} There is no such commit.
 */
export const treeOfCommit = (scope: Scope, ref: string): string =>
  withPrivateMask(() => countedIn(scope, `${ref}^{tree}`))

/** A tree without what does not count today. For a setup below the root it is the tree of that directory, as it was made. */
export const seenThrough = (scope: Scope, tree: string): string =>
  withPrivateMask(() => countedIn(scope, tree, scope.home))

function countedIn(scope: Scope, tree: string, below = ''): string {
  const index = `${indexFile(scope)}.${process.pid}`
  discard(index)
  makeObjectsDir(scope)
  try {
    withIndex(scope, index, ['read-tree', ...(below === '' ? [] : [`--prefix=${below}/`]), tree])
    dropUncounted(scope, index)
    return writeTree(scope, index)
  } finally {
    discard(index)
  }
}
