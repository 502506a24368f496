import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { containedPath } from '../files/contained-path.ts'
import {
  type AtPoint,
  type Journal,
  type JournalWrite,
  rawHash,
  removeJournal,
  sync,
  syncDirectory,
  writeBytes,
} from './journal.ts'
import { renameWithRetry } from './rename-with-retry.ts'

type Target = JournalWrite & { absolute: string; isLink: boolean; staged: string }

/** What stands in the way of a write: the file is neither what it was nor what it should become. */
export class ChangedMeanwhile extends Error {
  readonly path: string
  constructor(path: string) {
    super(`${path} has changed`)
    this.path = path
  }
}

/** A write that failed, and how many files were in place before it. */
export class WriteFailed extends Error {
  readonly path: string
  readonly written: number
  constructor(path: string, written: number, cause: unknown) {
    super(`${path} could not be written`, { cause })
    this.path = path
    this.written = written
  }
}

type Callbacks = {
  /** Whether nothing of this journal can be in place yet, so that a failure may undo everything. */
  isFresh: boolean
  /**
   * Called for a file that is not what the journal was made from, just before it would be replaced.
   *
   * @returns What to write instead; null for nothing.
   */
  onChange(write: JournalWrite, now: Buffer | null): JournalWrite | null
  at: AtPoint
}

/**
 * Does what a journal says: stages every new file beside its place, then renames one after the other. Files that are as
 * they should be are passed over, so that it serves the first run and the one that heals it.
 *
 * @throws {ChangedMeanwhile | WriteFailed} The journal stays, unless nothing is in place yet: then it is removed with
 *   all that was staged.
 */
export function putInPlace(root: string, stateDir: string, journal: Journal, hooks: Callbacks): void {
  const targets = journal.writes.map(write => targetOf(root, write, journal)).filter(target => !isDone(target))
  const made: string[] = []
  let written = 0
  let path = ''
  try {
    for (const target of targets) {
      path = target.path
      stageFile(target, made, hooks.at)
    }
    // All are written before the first is waited for: a file system commits them together.
    for (const { staged, text } of targets) if (text !== null) sync(staged, 'r+')
    for (const target of targets) {
      path = target.path
      replace(target, hooks)
      written++
    }
  } catch (error) {
    if (hooks.isFresh && written === 0) undo(stateDir, targets, made)
    throw error instanceof ChangedMeanwhile ? error : new WriteFailed(path, written, error)
  }
  for (const dir of new Set(targets.map(({ absolute }) => dirname(absolute)))) if (existsSync(dir)) syncDirectory(dir)
  for (const { path, text } of targets) if (text === null) pruneEmpty(root, path)
  hooks.at('all in place')
  removeJournal(stateDir)
}

/** Gives up a journal: what is in place stays, what was staged is removed. */
export function abandon(root: string, stateDir: string, journal: Journal): void {
  undo(
    stateDir,
    journal.writes.map(write => targetOf(root, write, journal)),
    [],
  )
}

/** The bytes of a file, or null where there is none. */
export function bytesOf(absolute: string): Buffer | null {
  try {
    return readFileSync(absolute)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

export const hashOf = (bytes: Buffer | null): string | null => (bytes === null ? null : rawHash(bytes))

function targetOf(root: string, write: JournalWrite, { followLinks }: Journal): Target {
  const { absolute, isLink } = containedPath(root, write.path, followLinks)
  // No name that Claude Code would load, in the same directory and so on the same file system.
  return { ...write, absolute, isLink, staged: join(dirname(absolute), `.countersign-${basename(absolute)}.tmp`) }
}

const isDone = ({ absolute, text }: Target): boolean =>
  hashOf(bytesOf(absolute)) === (text === null ? null : rawHash(text))

function stageFile({ absolute, staged, text }: Target, made: string[], at: AtPoint): void {
  if (text === null) return
  const first = mkdirSync(dirname(staged), { recursive: true })
  const folders = first ? between(first, dirname(staged)) : []
  made.push(...folders)
  const before = statSync(absolute, { throwIfNoEntry: false })
  const above = statSync(dirname(first ?? staged))
  for (const folder of folders) belongTo(folder, above)
  writeBytes(staged, text, at)
  belongTo(staged, before ?? above)
  if (before) chmodSync(staged, before.mode & 0o7777)
}

/**
 * Gives a new file or directory to whoever has the one that it replaces, or that it is put into: what root writes in another
 * user's repository could not be read or written there.
 */
function belongTo(path: string, { uid, gid }: { uid: number; gid: number }): void {
  const isRoot = process.getuid?.() === 0
  const now = statSync(path)
  if (now.gid === gid && (now.uid === uid || !isRoot)) return
  try {
    chownSync(path, isRoot ? uid : now.uid, gid)
  } catch {
    // A group that this user is not in, or a file system without owners.
  }
}

function replace(target: Target, hooks: Callbacks): void {
  hooks.at(`before ${target.path}`)
  const now = bytesOf(target.absolute)
  if (hashOf(now) !== target.before) {
    const other = hooks.onChange(target, now)
    rmSync(target.staged, { force: true })
    if (!other) return
    const again = { ...target, ...other }
    stageFile(again, [], hooks.at)
    if (again.text !== null) sync(again.staged, 'r+')
    replace(again, hooks)
    return
  }
  if (target.text !== null) renameWithRetry(target.staged, target.absolute)
  // Whatever a plan or an old journal says: the target of a link is never deleted.
  else if (!target.isLink) rmSync(target.absolute, { force: true })
  hooks.at(`after ${target.path}`)
}

function undo(stateDir: string, targets: Target[], made: string[]): void {
  for (const { staged } of targets) rmSync(staged, { force: true })
  for (const dir of made.reverse()) removeIfEmpty(dir)
  removeJournal(stateDir)
}

/** The directories from `first` down to `last`, both included. */
function between(first: string, last: string): string[] {
  const steps = relative(first, last).split(/[\\/]/).filter(Boolean)
  return [first, ...steps.map((_, index) => join(first, ...steps.slice(0, index + 1)))]
}

/** Removes the directories above a file that have become empty, up to the root or a link, which is the user's. */
function pruneEmpty(root: string, path: string): void {
  for (let at = dirname(path); at !== '.' && removeIfEmpty(join(root, at)); ) at = dirname(at)
}

function removeIfEmpty(dir: string): boolean {
  try {
    rmdirSync(dir)
    return true
  } catch {
    return false
  }
}
