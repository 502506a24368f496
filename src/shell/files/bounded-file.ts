import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/**
 * The beginning of a plain file, or null where there is none. Devices and pipes are none: a repository can ship a link
 * to one, and reading it would never end.
 *
 * @param mostBytes How much of it is read at most.
 */
export const readBounded = (file: string, mostBytes: number): string | null => readPiece(file, mostBytes, 'beginning')

/** The same of all of it. */
export const readWhole = (file: string): string | null => readBounded(file, Number.POSITIVE_INFINITY)

/** The end of a plain file; empty where there is none. */
export const readEnd = (file: string, mostBytes: number): string => readPiece(file, mostBytes, 'end') ?? ''

function readPiece(file: string, mostBytes: number, which: 'beginning' | 'end'): string | null {
  let fd: number
  try {
    // 0x800 is O_NONBLOCK on Linux: opening a pipe does not wait for its other end. Elsewhere plain reading has to do.
    fd = openSync(file, process.platform === 'linux' ? 0x800 : 'r')
  } catch {
    return null
  }
  try {
    const stat = fstatSync(fd)
    if (!stat.isFile()) return null
    const bytes = Buffer.alloc(Math.min(mostBytes, stat.size))
    const from = which === 'end' ? stat.size - bytes.length : 0
    return bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, from))
  } finally {
    closeSync(fd)
  }
}
