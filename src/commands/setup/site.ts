import { realpathSync } from 'node:fs'
import { locate } from '../../shell/git/git.ts'
import { nearestSetup, scopeOf } from '../../shell/state/setup-root.ts'
import { noWorkingTree } from '../shared/open-setup.ts'

/** A setup that a command reads or changes; `top` is the root of its working tree, `stateDir` lies in git's directory for it. */
export type Site = {
  root: string
  top: string
  stateDir: string
  /** Whether the user said that links out of the repository are to be followed. */
  followLinks?: boolean | undefined
}

export type Reading = Pick<Site, 'root' | 'followLinks'>

/**
 * The setup that `cwd` belongs to: the nearest one upward, or what would be the one at the root of the working tree.
 *
 * @param which `here` for a setup in `cwd` itself, whatever there is above it.
 * @throws {UserError} There is no working tree.
 * @throws {GitError} Git is missing or refuses it.
 */
export function siteOf(
  { cwd, followSymlinks }: { cwd: string; followSymlinks?: boolean | undefined },
  which: 'nearest' | 'here' = 'nearest',
): Site {
  const repo = locate(cwd)
  if (!repo) throw noWorkingTree(cwd)
  const dir = realpathSync.native(cwd)
  const root = which === 'here' ? dir : nearestSetup(repo, dir)
  return { root, top: repo.root, stateDir: scopeOf(repo, root).stateDir, followLinks: followSymlinks }
}
