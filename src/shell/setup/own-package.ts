import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The directory of the countersign package itself, whether this runs from `dist/` or from the sources. */
export function packageRoot(): string {
  for (let dir = dirname(fileURLToPath(import.meta.url)); dir !== dirname(dir); dir = dirname(dir)) {
    if (existsSync(join(dir, 'dist', 'hook.cjs'))) return dir
  }
  throw new Error('The countersign package is incomplete: dist/hook.cjs is missing.')
}
