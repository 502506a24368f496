import { replay } from '../../core/ledger/replay.ts'
import type { State } from '../../core/ledger/state.ts'
import { UserError } from '../../errors.ts'
import type { LedgerEntry } from '../../model/ledger/ledger-entry.ts'
import type { Setup } from '../../model/repository.ts'
import { isInRepository } from '../../shell/git/git.ts'
import { findSetup } from '../../shell/state/find-setup.ts'
import { readLedger } from '../../shell/state/ledger.ts'
import { isSetUp } from '../../shell/state/setup-root.ts'

/** The setup that a command is about, its ledger since the last run began, and the state that this gives. */
export function openSetup(cwd: string): Setup & { stateDir: string; entries: LedgerEntry[]; state: State } {
  const setup = findSetup(cwd)
  if (!setup) throw noWorkingTree(cwd)
  const { stateDir } = setup.scope
  const { entries } = readLedger(stateDir)
  return { ...setup, stateDir, entries, state: replay(entries) }
}

/** The error for a directory in which no working tree was found. */
export const noWorkingTree = (cwd: string): UserError =>
  new UserError(isInRepository(cwd) ? 'no-worktree' : 'no-repository', { cwd })

/** Refuses a command about a gate where none is set up. */
export function onlyWhereSetUp(command: string, { root }: Setup): void {
  if (!isSetUp(root)) throw new UserError('no-setup', { command })
}
