import { accessSync, constants, readFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { ensureDirSync } from 'fs-extra/esm'
import writeFileAtomic from 'write-file-atomic'
import { UserError } from '../errors.ts'
import { containedPath } from './contained-path.ts'
import { contentHash } from './content-hash.ts'

/** A file as it lies there; `text` is null when it is not UTF-8, and then the hash is over its raw bytes. */
export type FileSnapshot = { text: string | null; hash: string }

type Write = { path: string; text: string; before: FileSnapshot | null }

/**
 * Reads the files that a plan depends on.
 *
 * @param paths From the root, forward slashes.
 * @returns An entry for each file that exists.
 * @throws {UserError} A path leads out of the repository, or something that is no file has its name.
 */
export function snapshot(root: string, paths: string[]): Record<string, FileSnapshot | undefined> {
  return Object.fromEntries(paths.map(path => [path, readOne(root, path)]))
}

function readOne(root: string, path: string): FileSnapshot | undefined {
  const { absolute, exists } = containedPath(root, path)
  if (!exists) return undefined
  const bytes = readAllowed(path, absolute)
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { text, hash: contentHash(text) }
  } catch {
    return { text: null, hash: contentHash(bytes.toString('latin1')) }
  }
}

function readAllowed(path: string, absolute: string): Buffer {
  try {
    return readFileSync(absolute)
  } catch (error) {
    throw refused(path, error)
  }
}

/**
 * Writes the files of a plan, each atomically and in the order given.
 *
 * Everything that can be known beforehand is checked before the first write: that each path stays in the repository, can
 * be written, and still holds what the plan was made from.
 *
 * @throws {UserError} `not-permitted`, `not-writable`, `changed-meanwhile`, or `write-failed` when a write went wrong all the same.
 */
export async function applyWrites(root: string, writes: Write[]): Promise<void> {
  const targets = writes.map(write => ({ ...write, ...containedPath(root, write.path) }))
  for (const { path, before, absolute, exists, nearestDir } of targets) {
    assertWritable(root, path, nearestDir)
    if (exists) assertWritable(root, path, absolute)
    const now = readOne(root, path)
    if (now?.text !== before?.text || now?.hash !== before?.hash) throw new UserError('changed-meanwhile', { path })
  }
  for (const [written, { path, text, absolute }] of targets.entries()) {
    try {
      ensureDirSync(dirname(absolute))
      await writeFileAtomic(absolute, text)
    } catch (error) {
      throw new UserError('write-failed', { path, reason: reasonOf(error), written }, { cause: error })
    }
  }
}

function assertWritable(root: string, path: string, at: string): void {
  try {
    accessSync(at, constants.W_OK)
  } catch (error) {
    const shown = relative(root, at) || '.'
    throw refused(shown.length < path.length ? shown : path, error)
  }
}

function refused(path: string, cause: unknown): UserError {
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
}

function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  return reasons[code] ?? (code || message)
}
