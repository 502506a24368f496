import { replay } from '../../core/ledger/replay.ts'
import { pickable, type Run, type State } from '../../core/ledger/state.ts'
import { UserError } from '../../errors.ts'
import type { Setup } from '../../model/repository.ts'
import { fingerprint } from '../../shell/git/fingerprint.ts'
import { isInRepository } from '../../shell/git/git.ts'
import { loadConfig } from '../../shell/state/config-file.ts'
import { findSetup } from '../../shell/state/find-setup.ts'
import { readLedger } from '../../shell/state/ledger.ts'
import { isSetUp } from '../../shell/state/setup-root.ts'

/** Where a command speaks of, and what the ledger there says. */
export function openPlace(cwd: string): Setup & { stateDir: string; state: State } {
  const place = findSetup(cwd)
  if (!place) throw nowhere(cwd)
  const { stateDir } = place.scope
  return { ...place, stateDir, state: replay(readLedger(stateDir).entries) }
}

/** What is wrong with a directory in which no working tree was found. */
export const nowhere = (cwd: string): UserError =>
  new UserError(isInRepository(cwd) ? 'no-worktree' : 'no-repository', { cwd })

/** Refuses to speak of a gate where none is set up. */
export function onlyWhereSetUp(command: string, { root }: Setup): void {
  if (!isSetUp(root)) throw new UserError('no-setup', { command })
}

/** A choice that cannot be read, with the line to type instead. */
export const choiceRefused = (problem: string, run: Run, command: string): UserError =>
  new UserError('pick-refused', { problem, ids: pickable(run).map(({ id }) => id), command })

/** The fingerprint as it is now; with a configuration that cannot be read, of all files. */
export function treeNow({ root, scope }: Setup): string {
  const loaded = loadConfig(root, scope.stateDir)
  return fingerprint({ ...scope, ignore: 'config' in loaded ? loaded.config.ignore : [] })
}

/**
 * Refuses what is the user's to say when a Claude at work in this very tree says it: its Bash tool marks what it starts
 * with the session's id.
 */
export function onlyForTheUser(command: string, { run, sessions }: State): void {
  const session = process.env.CLAUDE_CODE_SESSION_ID
  if (session && (run?.owner.session === session || sessions.includes(session)))
    throw new UserError('not-the-user', { command })
}
