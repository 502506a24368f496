import type { Finding } from '../../model/finding.ts'
import { priorities } from '../../model/priority.ts'
import { bothSayNotNeeded, highestHeld, isAboveLine } from '../ledger/debate.ts'
import type { DebatedFinding } from '../ledger/state.ts'

/** A finding as a later cycle raises it; `changed`: its lines have changed since the last review. */
type Raised = Pick<Finding, 'kind' | 'priority' | 'verified'> & { changed: boolean }

/**
 * Whether an earlier finding that is not fixed keeps the same one from being debated anew. What is still on the list does. What the user left
 * or dismissed does as far as they have seen it: no more urgent, and on the code as it was. What both models took back
 * silences nothing that is urgent, since nobody but the two has decided it.
 */
export function silences(earlier: DebatedFinding, raised: Raised): boolean {
  if (earlier.fate !== 'dismissed' && isWithdrawn(earlier)) return !isUrgentNow(raised)
  return isSettled(earlier) ? !raised.changed && !isMoreUrgent(raised, earlier) : true
}

/** Whether it was settled before, so that a new one of its kind is raised again rather than twice. */
export const isSettled = (earlier: DebatedFinding): boolean =>
  earlier.fate === 'left' || earlier.fate === 'dismissed' || isWithdrawn(earlier)

const isWithdrawn = ({ outcome, positions }: DebatedFinding): boolean =>
  outcome === 'not-needed' || (outcome === 'disputed' && bothSayNotNeeded(positions))

const isUrgentNow = ({ kind, priority, verified }: Raised): boolean =>
  verified && kind !== 'excess' && isAboveLine(priority)

const isMoreUrgent = ({ priority }: Raised, earlier: DebatedFinding): boolean =>
  priorities.indexOf(priority) < priorities.indexOf(highestHeld(earlier) ?? earlier.priority)
