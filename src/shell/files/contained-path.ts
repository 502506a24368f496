import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { UserError } from '../../errors.ts'
import { wayInside } from './real-place.ts'

/**
 * Where a file of the setup is or would be; `exists` is false when there is nothing yet, `isLink` true when the last step
 * is a link. A link on the way only says where the directory is.
 */
export type ContainedPath = { absolute: string; exists: boolean; isLink: boolean; nearestDir: string }

/**
 * Follows a path from the repository root step by step and refuses it when it leads out of the repository or ends in
 * anything but a plain file. A link that stays inside is followed: the link stays, its target is what is written.
 *
 * @param path From the root, forward slashes.
 * @param followLinks Whether a link that leads out of the repository is followed as well.
 * @throws {UserError} `leads-outside`, `in-the-way`, or `not-permitted` for a directory that cannot be entered.
 */
export function containedPath(root: string, path: string, followLinks = false): ContainedPath {
  const realRoot = realpathSync.native(root)
  const steps = path.split('/')
  // A drive, a share or a backslash is a way out where Windows reads it, and in no path of ours anywhere.
  if (isAbsolute(path) || /^[a-z]:|\\/i.test(path) || steps.some(step => ['', '.', '..'].includes(step)))
    throw new UserError('leads-outside', { path, target: path })

  let at = realRoot
  let isLink = false
  for (const [index, step] of steps.entries()) {
    const entry = join(at, step)
    const shown = steps.slice(0, index + 1).join('/')
    const found = lookAt(entry, steps.slice(0, index).join('/') || '.')
    if (!found) return { absolute: join(at, ...steps.slice(index)), exists: false, isLink: false, nearestDir: at }
    isLink = found.isSymbolicLink()
    const real = isLink ? target(entry, shown) : entry
    if (!followLinks && wayInside(realRoot, real) === null)
      throw new UserError('leads-outside', { path: shown, target: real })
    const what = isLink ? statSync(real) : found
    const isLast = index === steps.length - 1
    if (isLast ? !what.isFile() : !what.isDirectory())
      throw new UserError('in-the-way', { path, is: kindOf(what, shown) })
    at = real
  }
  return { absolute: at, exists: true, isLink, nearestDir: dirname(at) }
}

/** Whether a path cannot be used as it is: it leads out of the repository, or something other than a file is there. */
export function leadsOutside(root: string, path: string): boolean {
  try {
    containedPath(root, path)
    return false
  } catch (error) {
    if (error instanceof UserError) return true
    throw error
  }
}

function lookAt(entry: string, dir: string): Stats | undefined {
  try {
    return lstatSync(entry, { throwIfNoEntry: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error
    throw new UserError('not-permitted', { path: dir, reason: 'permission denied' }, { cause: error })
  }
}

function target(link: string, shown: string): string {
  try {
    return realpathSync.native(link)
  } catch (error) {
    throw new UserError('in-the-way', { path: shown, is: 'a broken link' }, { cause: error })
  }
}

function kindOf(stat: Stats, shown: string): string {
  if (stat.isDirectory()) return `the directory ${shown}`
  return stat.isFile() ? `the file ${shown}` : `${shown}, which is not a regular file,`
}
