import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { replay } from '../../core/ledger/replay.ts'
import type { LedgerEntry } from '../../model/ledger/ledger-entry.ts'
import { ledgerName, lockName } from '../../model/paths.ts'
import type { DoctorFacts } from '../../model/setup/doctor-facts.ts'
import { readJournal } from '../../shell/setup/journal.ts'
import { setupLock } from '../../shell/setup/setup-lock.ts'
import { readLedger } from '../../shell/state/ledger.ts'
import { lockOwner } from '../../shell/state/lock.ts'

/** Who holds the lock of the hooks; null when nobody does. */
export function lockFacts(stateDir: string): DoctorFacts['lock'] {
  const owner = lockOwner(stateDir, lockName)
  return owner && { pid: owner.pid, alive: owner.alive }
}

/** A journal of a change to the setup is there while the change is being made, and stays when it was interrupted. */
export function journalFacts(stateDir: string): DoctorFacts['journal'] {
  try {
    const journal = readJournal(stateDir)
    // Whoever changes the setup holds its lock, which knows a process from a later one with its number.
    return journal && { command: journal.command, alive: lockOwner(stateDir, setupLock)?.alive ?? false }
  } catch {
    return { command: 'init', alive: false }
  }
}

/** What a command or `init` writes says nothing about hooks. */
const notByHooks: LedgerEntry['kind'][] = ['baseline', 'paused', 'resumed', 'dismissed', 'picked', 'countersigned']

/** What the ledger tells `doctor`; `torn` counts lines that cannot be read, `lastFired` is an ISO time. */
export function ledgerFacts(stateDir: string): DoctorFacts['ledger'] {
  const { entries, torn } = readLedger(stateDir)
  const fired = entries.findLast(({ kind }) => !notByHooks.includes(kind))
  return {
    torn: torn.length,
    paused: replay(entries).paused,
    lastFired: fired?.at ?? null,
    writable: isWritable(existsSync(stateDir) ? stateDir : dirname(stateDir)) && ledgerIsWritable(stateDir),
  }
}

const ledgerIsWritable = (stateDir: string): boolean => {
  const file = join(stateDir, ledgerName)
  return !existsSync(file) || isWritable(file)
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
