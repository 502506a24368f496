import { openRun, type State } from '../../ledger/state.ts'
import type { Facts } from '../facts.ts'
import { nestedAtStart } from '../not-covered.ts'
import { record, reply } from '../step.ts'
import { telling } from '../unseen.ts'
import { toldAgain, whereItStands } from '../where-it-stands.ts'
import { isInside } from '../word/own-session.ts'
import type { Decision } from './decision.ts'

/**
 * A session begins: says in one line where the cycle stands. Commits made since the last session are not this one's change:
 * they are named, and the baseline moves over them, unless a turn that never ended has left them, or the session was started
 * from within another one.
 */
export const onSessionStart: Decision = (state, facts, { source = 'startup' }) => {
  const inside = isInside(state, facts)
  const open = inside || state.paused || source === 'compact' ? [] : neverEnded(state, facts, source)
  if (open.length > 0) {
    const [last, ...others] = open.map(session => ({ kind: 'session', session, pid: null, phase: 'ended' }) as const)
    return others.length > 0 ? record(...others) : { do: 'end-session', ended: last!, unseen: true }
  }
  // Before a session has made any: whatever refs reach by now was there.
  if (!inside && source === 'startup' && state.settled && !state.known && !openRun(state) && !state.paused)
    return { do: 'know-commits', settled: state.settled }
  const elsewhere = !inside && source === 'startup' && state.settled !== null && state.settled.head !== facts.head
  if (!openRun(state) && elsewhere && !state.paused) {
    if (facts.tree === state.settled!.tree) return record({ kind: 'baseline', tree: facts.tree, head: facts.head })
    return { do: 'follow-head', from: state.settled!.head, atStart: true }
  }
  if (!openRun(state) && !state.settled) return { do: 'find-base' }
  const session = { kind: 'session', session: facts.session, pid: facts.pid, phase: 'started' } as const
  // What an open turn or run has changed there is still to be named at its end.
  const nested = state.paused ? [] : nestedAtStart(facts.session, facts.nested)
  const kept = openRun(state) || (state.nested && turnIsOpen(state))
  // Whoever opens a session again sees it as a new one; a compaction is no beginning.
  const paused = { kind: 'told', session: facts.session, what: 'paused', about: '' } as const
  const outside = facts.home === '' ? null : telling(state, facts.session, 'outside', facts.home)
  return reply(
    { context: (source === 'compact' && toldAgain(state, facts)) || `Countersign · ${whereItStands(state, facts)}` },
    { ...session, ...(inside && { inside }) },
    ...(state.paused && source !== 'compact' ? [paused] : []),
    ...(outside ? [outside] : []),
    ...(kept ? nested.map(({ nested: _, ...entry }) => entry) : nested),
  )
}

/**
 * Sessions whose end no hook has seen, while no Claude Code of theirs runs any more, the latest first: it was killed, or its
 * hooks were gone, as they are once a commit without the setup is checked out.
 */
function neverEnded(
  { run, sessions, endedSessions }: State,
  { session, anotherRuns }: Facts,
  source: string,
): string[] {
  const begun = [...(run ? [run.owner.session] : []), ...sessions].reverse()
  const open = [...new Set(begun)].filter(
    one => !endedSessions.includes(one) && (one !== session || source === 'resume'),
  )
  return open.length > 0 && !anotherRuns ? open : []
}

const turnIsOpen = ({ prompts, endedHead }: State): boolean => prompts.length > 0 && endedHead === undefined
