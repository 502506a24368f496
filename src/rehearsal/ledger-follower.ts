import { existsSync, readFileSync } from 'node:fs'
import type { LedgerEntry } from '../model/ledger/ledger-entry.ts'

/** Reads a ledger while it is being written. */
export type LedgerFollower = {
  /** All entries so far. */
  entries: LedgerEntry[]
  /** Reads what has been added since the last call and hands each entry over. */
  catchUp: () => void
}

/** @param file The ledger; it need not exist yet. */
export function followLedger(file: string, onEntry: (entry: LedgerEntry) => void = () => {}): LedgerFollower {
  const entries: LedgerEntry[] = []
  return {
    entries,
    catchUp: () => {
      const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
      // A line is complete once its end has been written.
      const lines = text
        .slice(0, text.lastIndexOf('\n') + 1)
        .split('\n')
        .filter(Boolean)
      for (const line of lines.slice(entries.length)) {
        const entry = JSON.parse(line) as LedgerEntry
        entries.push(entry)
        onEntry(entry)
      }
    },
  }
}
