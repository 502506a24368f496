import type { StatusDocument } from '../../model/documents/status-document.ts'
import type { LedgerEntry } from '../../model/ledger/ledger-entry.ts'
import { openRun, type State } from '../ledger/state.ts'

export type Now = NonNullable<StatusDocument['now']>
/** The living process that works on an event, and when it began (ISO time). */
export type Holder = { pid: number; since: string }

/** Lines that say what is begun or over. */
const milestones: LedgerEntry['kind'][] = [
  'run-started',
  'entered',
  'tests-ran',
  'codex-called',
  'part-reviewed',
  'reviewed',
  'rebutted',
  'could-not-review',
]

/**
 * What is being done at this moment, by whoever holds the lock and by what has been written since; null while nobody does,
 * and before there is a run.
 */
export function doingNow(state: State, entries: readonly LedgerEntry[], holder: Holder | null): Now | null {
  const run = openRun(state)
  if (!holder || !run) return null
  const last = entries.findLast(({ kind, at }) => milestones.includes(kind) && at >= holder.since)
  const what = whatBegan(last)
  const round = what === 'rebuttal' ? `round ${run.round}, ` : ''
  return {
    what,
    since: what === 'event' ? holder.since : last!.at,
    detail: `cycle ${run.cycle}, ${round}process ${holder.pid}`,
  }
}

function whatBegan(last: LedgerEntry | undefined): Now['what'] {
  if (last?.kind === 'codex-called') return last.call
  if (last?.kind === 'run-started' || (last?.kind === 'entered' && last.stage === 'tests')) return 'tests'
  return 'event'
}

/** The same in words, for the user. */
export const nowWords: Record<Now['what'], string> = {
  tests: 'the tests run',
  review: 'Codex reviews',
  rebuttal: 'Codex answers Claude',
  event: 'the gate works on an event',
}
