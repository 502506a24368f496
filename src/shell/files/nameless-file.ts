import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** A file for reading and writing that nobody else can open. */
export type NamelessFile = { fd: number; close(): void }

/**
 * Makes a file for what must not lie about, such as a diff before its secrets are masked. Its name is removed before
 * anything is in it, so that nothing is left however this process ends. Windows keeps the name until `close`.
 *
 * @param name Of this process's own; see `sweepLeftovers`.
 */
export function namelessFile(dir: string, name: string): NamelessFile {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = join(dir, name)
  const fd = openSync(file, 'w+', 0o600)
  if (process.platform !== 'win32') rmSync(file)
  return {
    fd,
    close() {
      closeSync(fd)
      rmSync(file, { force: true })
    },
  }
}
