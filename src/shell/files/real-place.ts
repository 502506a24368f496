import { realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'

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

/** The way from a directory to what lies in it, with forward slashes; null for what lies elsewhere. Both absolute, resolved. */
export function wayInside(dir: string, path: string): string | null {
  const way = relative(dir, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? null : way.split(sep).join('/')
}
