import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hookPath } from '../../model/paths.ts'
import { readWhole } from '../files/bounded-file.ts'
import { contentHash } from '../files/content-hash.ts'
import { packageRoot } from './own-package.ts'

/** The hook bundle of this package: what `init` installs, and what supervises the commands that Countersign runs. */
export const ownHook = (): string => join(packageRoot(), 'dist', 'hook.cjs')

export const ownHookHash = (): string => contentHash(readFileSync(ownHook(), 'utf8'))

/**
 * The text of an owned file as it was once written: the base kept in the repository, or for the bundle, of which there
 * is none, the one of this package. Null when neither has that hash.
 *
 * @param base Where the base is kept, from the root.
 */
export function asWritten(root: string, path: string, sha256: string, base: string): string | null {
  for (const file of [join(root, base), ...(path === hookPath ? [ownHook()] : [])]) {
    const text = readWhole(file)
    if (text !== null && contentHash(text) === sha256) return text
  }
  return null
}
