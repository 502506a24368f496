import type { Happening } from '../../model/ledger/ledger-entry.ts'
import type { Clean } from '../../model/ledger/shape.ts'
import { openLedger } from './ledger.ts'
import { keepPrivate } from './private-state.ts'

/** Appends entries for whoever needs no handle; see `Ledger`. */
export function appendLedger(stateDir: string, happenings: readonly Clean<Happening>[], now: string): void {
  const ledger = openLedger(stateDir)
  try {
    ledger.append(happenings, now)
  } finally {
    ledger.close()
    keepPrivate(stateDir)
  }
}
