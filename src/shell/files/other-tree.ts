import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { realPlace } from './real-place.ts'

/**
 * The working tree that a directory lies in, where that is another one than `root`; null where it is that one or none. Claude
 * goes into another one by `cd` or by EnterWorktree, and `CLAUDE_PROJECT_DIR` stays as it was.
 *
 * @param root The root of a working tree; absolute, resolved.
 */
export function otherTree(root: string, dir: string): string | null {
  // Asked at every stop: most are at the root, or somewhere below it by this very name.
  if (dir === root) return null
  for (let at = realPlace(dir); at !== root; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (at === dirname(at)) return null
  }
  return null
}
