import { realpathSync } from 'node:fs'
import { locate } from '../shell/git.ts'
import type { Scope } from '../shell/private-index.ts'
import { nearestSetup, scopeOf } from '../shell/setup-root.ts'

/** Where an event happened. */
export type Place = {
  /** The directory that is set up; commands run here, and every path goes from here. */
  root: string
  /** The working tree, and where its state is kept. `ignore` is filled in from the configuration. */
  scope: Scope
}

/**
 * Finds the setup of an event, and its working tree; null outside git, where there is nothing the gate can speak of.
 *
 * @param projectDir The directory Claude was started in, or the event's own.
 */
export function placeOf(projectDir: string): Place | null {
  const repo = locate(projectDir)
  if (!repo) return null
  const root = nearestSetup(repo, realpathSync.native(projectDir))
  return { root, scope: scopeOf(repo, root) }
}
