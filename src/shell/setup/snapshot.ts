import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { UserError } from '../../errors.ts'
import type { Disk, DiskFile } from '../../model/setup/disk-file.ts'
import { containedPath } from '../files/contained-path.ts'
import { contentHash } from '../files/content-hash.ts'
import { bytesOf } from './put-in-place.ts'
import { refusedBySystem } from './refused-by-system.ts'

/**
 * Reads the files that a plan depends on.
 *
 * @param paths From the root, forward slashes.
 * @param followLinks Whether links out of the repository are followed; the user has to have said so.
 * @returns An entry for each file that exists.
 * @throws {UserError} A path is outside the repository, or something other than a file has its name.
 */
export function snapshot(root: string, paths: string[], followLinks = false): Disk {
  return Object.fromEntries(paths.map(path => [path, readOne(root, path, followLinks)]))
}

/**
 * The same for a command that only removes: something other than a file does not stop it.
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

/** Null where something other than a file or directory is in the way. */
function unlessInTheWay<T>(look: () => T): { found: T } | null {
  try {
    return { found: look() }
  } catch (error) {
    if (error instanceof UserError && error.code === 'in-the-way') return null
    throw error
  }
}

/** Whether anything has this name, even a broken link; false when something on the way to it is not a directory. */
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

/** What a plan has to know of a file with these bytes. */
export function snapshotOf(bytes: Buffer, isLink: boolean): DiskFile {
  const link = isLink ? { link: true as const } : {}
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { text, hash: contentHash(text), ...link }
  } catch {
    return { text: null, hash: contentHash(bytes.toString('latin1')), ...link }
  }
}

/**
 * The bytes of a file, none where it is missing.
 *
 * @param path What an error calls it.
 * @throws {UserError} The system does not let it be read.
 */
export function readAllowed(path: string, absolute: string): Buffer {
  try {
    return bytesOf(absolute) ?? Buffer.alloc(0)
  } catch (error) {
    throw refusedBySystem(path, error)
  }
}
