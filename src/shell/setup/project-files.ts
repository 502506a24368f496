import { accessSync, constants, existsSync, lstatSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { UserError } from '../../errors.ts'
import type { Disk, DiskFile, PlanWrite } from '../../model/setup/disk-file.ts'
import { containedPath } from '../files/contained-path.ts'
import { contentHash } from '../files/content-hash.ts'
import { type AtPoint, type JournalWrite, removeJournal, writeJournal } from './journal.ts'
import { abandon, bytesOf, ChangedMeanwhile, hashOf, putInPlace, WriteFailed } from './put-in-place.ts'

/**
 * Reads the files that a plan depends on.
 *
 * @param paths From the root, forward slashes.
 * @param followLinks Whether links out of the repository are followed; the user has to have said so.
 * @returns An entry for each file that exists.
 * @throws {UserError} A path leads out of the repository, or something that is no file has its name.
 */
export function snapshot(root: string, paths: string[], followLinks = false): Disk {
  return Object.fromEntries(paths.map(path => [path, readOne(root, path, followLinks)]))
}

/**
 * The same for a command that only takes away: what is no file does not stop it.
 *
 * @returns `inTheWay` has the paths at which something else lies.
 */
export function snapshotOfFiles(root: string, paths: string[], followLinks = false) {
  const [disk, inTheWay]: [Disk, string[]] = [{}, []]
  for (const path of paths) {
    const seen = unlessInTheWay(() => readOne(root, path, followLinks))
    if (seen) disk[path] = seen.found
    else if (liesAt(root, path)) inTheWay.push(path)
  }
  return { disk, inTheWay }
}

/** Null where something that is no file, or no directory, is in the way. */
function unlessInTheWay<T>(look: () => T): { found: T } | null {
  try {
    return { found: look() }
  } catch (error) {
    if (error instanceof UserError && error.code === 'in-the-way') return null
    throw error
  }
}

/** Whether anything has this name, be it a link that leads nowhere; false when something on the way to it is no directory. */
export function liesAt(root: string, path: string): boolean {
  try {
    lstatSync(join(root, path))
    return true
  } catch {
    return false
  }
}

/** Every file below a directory of the repository, from the root; none when there is no such directory. */
export function filesBelow(root: string, dir: string, followLinks = false): string[] {
  const seen = unlessInTheWay(() => containedPath(root, `${dir}/-`, followLinks))
  if (!seen || !existsSync(join(root, dir))) return []
  const entries = readdirSync(join(root, dir), { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  return files.map(file => relative(root, file).replaceAll('\\', '/')).sort()
}

function readOne(root: string, path: string, followLinks: boolean): DiskFile | undefined {
  const { absolute, exists, isLink } = containedPath(root, path, followLinks)
  return exists ? snapshotOf(readAllowed(path, absolute), isLink) : undefined
}

function snapshotOf(bytes: Buffer, isLink: boolean): DiskFile {
  const link = isLink ? { link: true as const } : {}
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { text, hash: contentHash(text), ...link }
  } catch {
    return { text: null, hash: contentHash(bytes.toString('latin1')), ...link }
  }
}

function readAllowed(path: string, absolute: string): Buffer {
  try {
    return bytesOf(absolute) ?? Buffer.alloc(0)
  } catch (error) {
    throw refused(path, error)
  }
}

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
 * Applies the writes of a plan, in the order given: all new bytes go into a journal, then beside their places, and then
 * one rename after the other puts them in place. Whenever this ends, even by `kill -9`, every file is the old or the new
 * one, and `healSetup` finishes what the journal says.
 *
 * Everything that can be known beforehand is checked before the first write: that each path stays in the repository, can
 * be written, and still holds what the plan was made from.
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
    writeJournal(stateDir, journal, at)
  } catch (error) {
    removeJournal(stateDir)
    throw refused(stateDir, error)
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
    throw refused(shown.length < path.length ? shown : path, error)
  }
}

/** What the file system refuses, in the user's terms. */
export function refused(path: string, cause: unknown): UserError {
  const { code = '' } = cause as NodeJS.ErrnoException
  const kind = code === 'EACCES' || code === 'EPERM' ? 'not-permitted' : 'not-writable'
  return new UserError(kind, { path, reason: reasonOf(cause) }, { cause })
}

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the disk does not answer',
}

export function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  return reasons[code] ?? (code || message)
}
