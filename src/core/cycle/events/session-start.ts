import { openRun } from '../../ledger/state.ts'
import { record, reply } from '../step.ts'
import { settingsTold } from '../unseen.ts'
import { whereItStands } from '../where-it-stands.ts'
import type { Decision } from './decision.ts'

/**
 * A session begins: says in one line where the cycle stands. A commit that came from elsewhere since the last session is
 * nobody's change to review here, so the baseline follows it.
 */
export const onSessionStart: Decision = (state, facts, { source = 'startup' }) => {
  const elsewhere = source === 'startup' && state.settled !== null && state.settled.head !== facts.head
  if (!openRun(state) && elsewhere && !state.paused) {
    if (facts.tree !== state.settled?.tree) return { do: 'find-base' }
    return record({ kind: 'baseline', tree: facts.tree, head: facts.head })
  }
  if (!openRun(state) && !state.settled) return { do: 'find-base' }
  const session = { kind: 'session', session: facts.session, pid: facts.pid, phase: 'started' } as const
  // Whoever opens a session again sees it as a new one; a compaction is no beginning.
  const paused = { kind: 'told', session: facts.session, what: 'paused', about: '' } as const
  const told = state.paused && source !== 'compact' ? [paused] : []
  const settings = settingsTold(state, facts.session)
  return reply(
    { context: `Countersign · ${whereItStands(state, facts)}` },
    session,
    ...told,
    ...(settings ? [settings] : []),
  )
}
