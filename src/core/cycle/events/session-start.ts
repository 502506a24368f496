import { openRun } from '../../ledger/state.ts'
import { record, reply } from '../step.ts'
import { whereItStands } from '../where-it-stands.ts'
import type { Decision } from './decision.ts'

/**
 * A session begins: says in one line where the cycle stands. Commits made since the last session are not this one's change:
 * they are named, and the baseline moves over them, unless a turn that never ended has left them.
 */
export const onSessionStart: Decision = (state, facts, { source = 'startup' }) => {
  const elsewhere = source === 'startup' && state.settled !== null && state.settled.head !== facts.head
  if (!openRun(state) && elsewhere && !state.paused) {
    if (facts.tree === state.settled!.tree) return record({ kind: 'baseline', tree: facts.tree, head: facts.head })
    return { do: 'follow-head', from: state.settled!.head, atStart: true }
  }
  if (!openRun(state) && !state.settled) return { do: 'find-base' }
  const session = { kind: 'session', session: facts.session, pid: facts.pid, phase: 'started' } as const
  return reply({ context: `Countersign · ${whereItStands(state, facts)}` }, session)
}
