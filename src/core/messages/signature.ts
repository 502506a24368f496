import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import type { Run } from '../ledger/state.ts'
import { withoutIgnored } from './out-of-sight.ts'
import { bill } from './run-lines.ts'
import { testsInSignature } from './tests-lines.ts'
import { notFixed, notRead, withoutHidden } from './what-stays.ts'

/** The line that signs: what it rests on, what it cost, and all that it covers although nobody fixed, read or saw it. */
export function signature(run: Run, entry: HappeningOf<'countersigned'>): string {
  const tests = testsInSignature(run.tests.ran.get(run.tree), run.tests.setAside)
  const notes = [tests, bill(run), ...notFixed(run, entry), ...notRead(run, entry.unread ?? [])].filter(Boolean)
  return `✓ countersigned in cycle ${run.cycle}: ${notes.join(' · ')}${withoutHidden(entry.hidden ?? [])}${withoutIgnored(entry.ignored ?? [])}`
}
