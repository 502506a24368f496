import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import type { Repository } from '../../model/repository.ts'
import { readBounded } from '../files/bounded-file.ts'

/**
 * The root of another working tree of the same repository that `dir` lies in; null when it lies in this one, in another
 * repository, or nowhere. Starts no process, since every stop asks.
 */
export function otherWorkingTree({ root, commonDir }: Repository, dir: string): string | null {
  if (dir === root || !existsSync(dir)) return null
  for (let at = realpathSync.native(dir); at !== root; at = dirname(at)) {
    const git = join(at, '.git')
    const found = statSync(git, { throwIfNoEntry: false })
    if (found) return belongs(git, found.isDirectory(), commonDir) ? at : null
    if (at === dirname(at)) return null
  }
  return null
}

function belongs(git: string, isDirectory: boolean, commonDir: string): boolean {
  if (isDirectory) return realpathSync.native(git) === commonDir
  const place = /^gitdir: (.*)/.exec(readBounded(git, 10_000) ?? '')?.[1]
  return place?.startsWith(join(commonDir, 'worktrees') + sep) ?? false
}
