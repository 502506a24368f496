import { closeSync, fstatSync, openSync, readSync, realpathSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'

/**
 * The beginning of a plain file, or null where there is none. Devices and pipes are none: a repository can ship a link
 * to one, and reading it would never end.
 *
 * @param mostBytes How much of it is read at most.
 */
export function readBounded(file: string, mostBytes: number): string | null {
  let fd: number
  try {
    // 0x800 is O_NONBLOCK on Linux: opening a pipe does not wait for its other end. Elsewhere plain reading has to do.
    fd = openSync(file, process.platform === 'linux' ? 0x800 : 'r')
  } catch {
    return null
  }
  try {
    if (!fstatSync(fd).isFile()) return null
    const bytes = Buffer.alloc(Math.min(mostBytes, fstatSync(fd).size))
    return bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, 0))
  } finally {
    closeSync(fd)
  }
}

/** The same for a file of the repository; null when a link leads out of it, since what lies there is not the project's to send. */
export function readContained(root: string, path: string, mostBytes: number): string | null {
  try {
    const way = relative(realpathSync.native(root), realpathSync.native(join(root, path)))
    return way.startsWith('..') || isAbsolute(way) ? null : readBounded(join(root, path), mostBytes)
  } catch {
    return null
  }
}
