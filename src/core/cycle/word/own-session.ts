import type { HookedEvent } from '../../../model/hooked-events.ts'
import { openRun, type State } from '../../ledger/state.ts'
import type { Facts } from '../facts.ts'
import { whereFired } from './speaker.ts'

/**
 * Whether an event is not what it says it is, the beginning or end of a session that the user has started. A second process
 * of a session that is still running is none either: it is told apart from the first by its number alone.
 */
export function isInside(state: State, facts: Facts): boolean {
  const owner = state.run?.owner
  const again = owner?.session === facts.session && owner.pid !== facts.pid && facts.ownerAlive
  return again || whereFired(state, facts.surroundings) !== 'own'
}

/** Whether another session, one that is still running, works on the run. */
export function isAnothers({ run }: State, facts: Facts): boolean {
  if (!run || (run.owner.session === facts.session && (run.owner.pid ?? facts.pid) === facts.pid)) return false
  return facts.ownerAlive
}

/** Whether the user sees what is said in this event: nobody else's session is the one at work, and nothing has made it up. */
export function userSees(state: State, facts: Facts): boolean {
  const place = whereFired(state, facts.surroundings)
  return (place === 'own' || place === 'unplaced') && !isAnothers(state, facts)
}

/** Whether the list that a signature was given on stays for now: a stop over another change begins a run with a list of its own. */
export const listStays = (state: State, facts: Facts, event: HookedEvent): boolean =>
  event !== 'Stop' || openRun(state) !== null || state.settled?.tree === facts.tree
