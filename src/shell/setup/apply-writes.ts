import { accessSync, constants } from 'node:fs'
import { relative } from 'node:path'
import { UserError } from '../../errors.ts'
import type { DiskFile, PlanWrite } from '../../model/setup/disk-file.ts'
import { containedPath } from '../files/contained-path.ts'
import { type AtPoint, type JournalWrite, removeJournal, writeJournal } from './journal.ts'
import { keepOld } from './keep-old.ts'
import { abandon, ChangedMeanwhile, hashOf, putInPlace, WriteFailed } from './put-in-place.ts'
import { reasonOf, refusedBySystem } from './refused-by-system.ts'
import { readAllowed, snapshotOf } from './snapshot.ts'

export type ApplyOptions = {
  /** Where the journal lies meanwhile. */
  stateDir: string
  /** The command and the version that do this, for whoever has to finish it. */
  command: string
  version: string
  /** Whether links out of the repository are followed. */
  followLinks?: boolean | undefined
  /** Makes a write anew for a file that somebody rewrote in between; undefined where only the user can say. */
  remake?(path: string, now: DiskFile | null): { text: string | null } | undefined
  at?: AtPoint
}

/** How often a write is made anew while another program keeps rewriting the file. */
const mostRemakes = 3

/**
 * Applies the writes of a plan, in the order given: all new bytes are written to a journal, then beside their places, and then
 * one rename after the other puts them in place. Whenever this ends, even by `kill -9`, every file is the old or the new
 * one, and `healSetup` finishes what the journal says.
 *
 * Everything that can be known beforehand is checked before the first write: that each path stays in the repository, can
 * be written, and still has the content the plan was made from.
 *
 * @throws {UserError} `not-permitted`, `not-writable`, `changed-meanwhile`, or `write-failed` when a write went wrong all the same.
 */
export function applyWrites(root: string, writes: PlanWrite[], options: ApplyOptions): void {
  const { stateDir, command, version, followLinks = false, remake, at = () => {} } = options
  if (writes.length === 0) return
  const before = writes.map(write => checked(root, write, followLinks))
  const journal = {
    v: 1 as const,
    command,
    version,
    pid: process.pid,
    ...(followLinks && { followLinks: true as const }),
    writes: writes.map(({ path, text }, index) => ({ path, text, before: before[index] ?? null })),
  }
  try {
    for (const { path, keepsOld } of writes) if (keepsOld) keepOld(stateDir, containedPath(root, path, followLinks))
    writeJournal(stateDir, journal, at)
  } catch (error) {
    removeJournal(stateDir)
    throw refusedBySystem(stateDir, error)
  }
  const remakes = new Map<string, number>()
  const onChange = (write: JournalWrite, now: Buffer | null): JournalWrite | null => {
    const count = (remakes.get(write.path) ?? 0) + 1
    remakes.set(write.path, count)
    const { isLink } = containedPath(root, write.path, followLinks)
    const made = count <= mostRemakes ? remake?.(write.path, now && snapshotOf(now, isLink)) : undefined
    if (!made) throw new ChangedMeanwhile(write.path)
    const again = { path: write.path, text: made.text, before: hashOf(now) }
    journal.writes = journal.writes.map(one => (one.path === write.path ? again : one))
    writeJournal(stateDir, journal)
    return again
  }
  try {
    putInPlace(root, stateDir, journal, { isFresh: true, onChange, at })
  } catch (error) {
    if (error instanceof ChangedMeanwhile) {
      abandon(root, stateDir, journal)
      throw new UserError('changed-meanwhile', { path: error.path }, { cause: error })
    }
    if (!(error instanceof WriteFailed)) throw error
    const { path, written, cause } = error
    throw new UserError('write-failed', { path, reason: reasonOf(cause), written }, { cause })
  }
}

/** The hash of the raw bytes that a write may replace; null where there is no file. */
function checked(root: string, { path, before }: PlanWrite, followLinks: boolean): string | null {
  const { absolute, exists, isLink, nearestDir } = containedPath(root, path, followLinks)
  assertWritable(root, path, nearestDir)
  if (exists) assertWritable(root, path, absolute)
  const bytes = exists ? readAllowed(path, absolute) : null
  const now = bytes && snapshotOf(bytes, isLink)
  if (now?.text !== before?.text || now?.hash !== before?.hash || now?.link !== before?.link)
    throw new UserError('changed-meanwhile', { path })
  return hashOf(bytes)
}

function assertWritable(root: string, path: string, at: string): void {
  try {
    accessSync(at, constants.W_OK)
  } catch (error) {
    const shown = relative(root, at) || '.'
    throw refusedBySystem(shown.length < path.length ? shown : path, error)
  }
}
