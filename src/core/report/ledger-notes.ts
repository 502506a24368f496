import type { SandboxName } from '../../model/ledger/fields.ts'
import type { LedgerEntry } from '../../model/ledger/ledger-entry.ts'

// What a report takes from a run's lines themselves, because nothing that happens next depends on it.

/** What Codex's commands ran in at the last review that came to an end; null where the ledger does not say. */
export const lastSandbox = (entries: readonly LedgerEntry[]): SandboxName | null =>
  entries.findLast(entry => entry.kind === 'reviewed')?.sandbox ?? null

/**
 * Tokens of a run's input that Codex's provider had cached. Each line counts them from its thread's beginning: a review, or a
 * part of one, begins a thread, a rebuttal goes on in the last one.
 */
export function cachedTokens(entries: readonly LedgerEntry[]): number {
  let total = 0
  let before = 0
  for (const entry of entries) {
    if (!('usage' in entry)) continue
    const goesOn = entry.kind === 'rebutted' || (entry.kind === 'could-not-review' && entry.call === 'rebuttal')
    const soFar = goesOn ? before : 0
    const { cachedTokens: now = soFar } = entry.usage
    total += Math.max(0, now - soFar)
    before = Math.max(now, soFar)
  }
  return total
}
