import { realpathSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { locate } from '../shell/git.ts'
import type { Scope } from '../shell/private-index.ts'

/** Where an event happened. */
export type Place = {
  /** The directory that holds `.claude`; commands run here. */
  root: string
  /** The working tree, and where its state is kept. `ignore` is filled in from the configuration. */
  scope: Scope
}

/**
 * Finds the working tree of an event; null outside git, where there is nothing the gate can speak of.
 *
 * @param projectDir The directory Claude was started in, or the event's own.
 */
export function placeOf(projectDir: string): Place | null {
  const repo = locate(projectDir)
  if (!repo) return null
  const root = realpathSync.native(projectDir)
  const home = relative(repo.root, root).split(sep).join('/')
  return { root, scope: { ...repo, stateDir: join(repo.gitDir, 'countersign'), home, ignore: [] } }
}
