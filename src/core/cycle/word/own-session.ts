import type { HookedEvent } from '../../../model/hooked-events.ts'
import { isOwner } from '../../ledger/run-reducer.ts'
import { openRun, type Run, type State } from '../../ledger/state.ts'
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

/**
 * Whether this session is not the one that a run is in the hands of, and so not the one that put its list. After `/clear` it
 * has another name in the same process, before the same eyes.
 */
export function isElsewhere(state: State, run: Run, facts: Facts): boolean {
  if (isAnothers(state, facts)) return true
  return !isOwner(run, facts) && !isSameProcess(run.owner, facts)
}

function isSameProcess({ pid, since }: Run['owner'], facts: Facts): boolean {
  if (pid === null || pid !== facts.pid) return false
  const started = facts.surroundings.ancestors?.[0]?.startedAt ?? null
  return started === null || since === null || started <= Date.parse(since) + 60_000
}

/** Whether the user sees what is said in this event: nobody else's session is the one at work, and nothing has made it up. */
export function userSees(state: State, facts: Facts): boolean {
  return isSeen(state, facts) && !isAnothers(state, facts)
}

/** Whether somebody sees what is said in this event who may be the user: nothing has made it up. */
export function isSeen(state: State, facts: Facts): boolean {
  const place = whereFired(state, facts.surroundings)
  return place === 'own' || place === 'unplaced'
}

/** Whether the list that a signature was given on stays for now: a stop over another change begins a run with a list of its own. */
export const listStays = (state: State, facts: Facts, event: HookedEvent): boolean =>
  event !== 'Stop' || openRun(state) !== null || state.settled?.tree === facts.tree
