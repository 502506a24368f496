import type { SandboxName } from '../../model/ledger/fields.ts'
import type { LedgerEntry } from '../../model/ledger/ledger-entry.ts'

// What a report takes from a run's lines themselves, because nothing that happens next depends on it.

/** What Codex's commands ran in at the last review that came to an end; null where the ledger does not say. */
export const lastSandbox = (entries: readonly LedgerEntry[]): SandboxName | null =>
  entries.findLast(entry => entry.kind === 'reviewed')?.sandbox ?? null
