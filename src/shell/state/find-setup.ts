import { realpathSync } from 'node:fs'
import type { Setup } from '../../model/repository.ts'
import { locate } from '../git/git.ts'
import { nearestSetup, scopeOf } from './setup-root.ts'

/**
 * Finds the setup of an event, and its working tree; null outside git, where there is nothing the gate can speak of.
 *
 * @param projectDir The directory Claude was started in, or the event's own.
 */
export function findSetup(projectDir: string): Setup | null {
  const repo = locate(projectDir)
  if (!repo) return null
  const root = nearestSetup(repo, realpathSync.native(projectDir))
  return { root, scope: scopeOf(repo, root) }
}
