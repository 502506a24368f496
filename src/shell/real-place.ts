import { realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Where a file is, or would be, once every link on the way to it is followed. `file` is absolute. */
export function realPlace(file: string): string {
  const missing: string[] = []
  for (let at = file; ; at = dirname(at)) {
    try {
      return join(realpathSync.native(at), ...missing)
    } catch {
      if (dirname(at) === at) return file
      missing.unshift(basename(at))
    }
  }
}
