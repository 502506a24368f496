import { join } from 'node:path'
import { readWhole } from '../files/bounded-file.ts'
import { contentHash } from '../files/content-hash.ts'
import { ownHookAt } from './own-hook.ts'

/**
 * The text of an owned file as it was once written: the base kept in the repository, or for the hook, of which there is
 * none, the file in this package. Null when neither has that hash.
 *
 * @param base Where the base is kept, from the root.
 */
export function asWritten(root: string, path: string, sha256: string, base: string): string | null {
  for (const file of [join(root, base), ownHookAt(path)]) {
    const text = file === undefined ? null : readWhole(file)
    if (text !== null && contentHash(text) === sha256) return text
  }
  return null
}
