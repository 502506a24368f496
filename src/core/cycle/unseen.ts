import type { Telling, UnseenReason } from '../../model/ledger/fields.ts'
import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import { type OpenRun, openRun, type State } from '../ledger/state.ts'
import type { Facts } from './facts.ts'

// Where the gate looks away, the user would take its silence for “checked”. So each reason is told once a session.

type Background = { hook_event_name?: unknown; permission_mode?: unknown; background_tasks?: unknown }

/** Their work is not done, and another stop follows it. A shell may be a server that runs for as long as the session. */
const waitedFor = ['subagent', 'workflow', 'teammate']
const over = ['completed', 'failed', 'killed', 'stopped']

/** Why a stop is left alone whatever has changed; null: it is not. Agents are still working, or Claude only plans. */
export function leftAlone(event: Background): 'agents' | 'plan' | null {
  const tasks = Array.isArray(event.background_tasks) ? event.background_tasks : []
  if (tasks.some(task => waitedFor.includes(task?.type) && !over.includes(task?.status))) return 'agents'
  return event.permission_mode === 'plan' ? 'plan' : null
}

/** Whether a change is there that no stop has taken up yet, or that the cycle has not reviewed. */
export function isUnchecked(state: State, tree: string): boolean {
  const run = openRun(state)
  if (!run) return state.settled?.tree !== tree
  const reviewed = run.stage === 'debate' || run.stage === 'choice' || run.stage === 'fix'
  return tree !== run.base.tree && !(reviewed && tree === run.tree)
}

/**
 * Whether a change is another living session's to work on: it is in the middle of a turn, and its own stop covers what both
 * have changed; or the tree is as it left it, and waits for its user. Otherwise nobody else would look at what is new.
 */
export const isOthers = (run: OpenRun, facts: Pick<Facts, 'session' | 'ownerAlive' | 'ownerBusy' | 'tree'>): boolean =>
  run.owner.session !== facts.session && facts.ownerAlive && (facts.ownerBusy || facts.tree === run.tree)

/**
 * What a session's user is still to be told, as a line of the ledger; null where it is known.
 *
 * @param about Clean, since it is compared with what the ledger holds.
 */
export function telling({ told }: State, session: string, what: UnseenReason, about = ''): HappeningOf<'told'> | null {
  const isTold = (one: Telling) => one.session === session && one.what === what && one.about === about
  return told.some(isTold) ? null : { kind: 'told', session, what, about }
}

/**
 * What is to be said before anything is decided at a stop: that the gate is paused, that Claude works in another working
 * tree, that it is left alone with a change. The tree is only looked at for what is not told yet.
 */
export function unseenAtStop(
  state: State,
  facts: Pick<Facts, 'tree' | 'session' | 'otherTree'>,
  event: Background,
): HappeningOf<'told'> | null {
  if (state.paused) return telling(state, facts.session, 'paused')
  const elsewhere = facts.otherTree === null ? null : telling(state, facts.session, 'other-tree', facts.otherTree)
  if (elsewhere) return elsewhere
  const alone = leftAlone(event)
  const untold = alone && telling(state, facts.session, alone)
  return untold && isUnchecked(state, facts.tree) ? untold : null
}
