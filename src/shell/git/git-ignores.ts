import { realpathSync } from 'node:fs'
import { containedPath } from '../files/contained-path.ts'
import { wayInside } from '../files/real-place.ts'
import { runGit } from './git.ts'

/**
 * Whether git keeps a file from everybody else: by an ignore rule, or because a link leads to it out of the repository.
 * Git follows no links, so that it is asked about the file behind them.
 */
export function gitIgnores(root: string, path: string): boolean {
  const way = wayInside(realpathSync.native(root), containedPath(root, path, true).absolute)
  if (way === null) return true
  return runGit(root, ['check-ignore', '-q', '--', way], { accept: [0, 1] }).status === 0
}
