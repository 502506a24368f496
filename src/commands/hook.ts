import { createRequire } from 'node:module'
import { join } from 'node:path'
import { packageRoot } from '../shell/setup/own-package.ts'

/** `countersign hook`: what settings.json calls, run from this package instead of the repository's own copy. */
export async function run(): Promise<number> {
  createRequire(import.meta.url)(join(packageRoot(), 'dist', 'hook.cjs'))
  return 0
}
