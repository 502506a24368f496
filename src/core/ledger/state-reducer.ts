import type { Telling } from '../../model/ledger/fields.ts'
import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import type { Deed } from '../../model/ledger/users-word.ts'
import { withProcess } from './run-reducer.ts'
import type { State } from './state.ts'

// What entries change in the state around a run.

export function afterSession(before: State, entry: HappeningOf<'session'> & { at?: string }): Partial<State> {
  const { session, pid, phase, inside = false, head, known = before.known, at = null } = entry
  const { sessions, endedSessions, processes } = before
  const others = endedSessions.filter(ended => ended !== session)
  if (phase === 'ended') return inside ? {} : { endedSessions: [...others, session].slice(-20), endedHead: head, known }
  return {
    sessions: [...sessions.filter(one => one !== session), session].slice(-20),
    endedSessions: inside ? endedSessions : others,
    processes: withProcess(processes, pid, at),
  }
}

/** What is known from before a run goes on with it: the lines before its start are not read again. */
export const afterStart = (before: State, entry: HappeningOf<'run-started'> & { at?: string }): Partial<State> => ({
  processes: withProcess(entry.carried?.processes ?? before.processes, entry.pid, entry.at ?? null),
  scheduled: entry.carried?.scheduled ?? before.scheduled,
  deeds: entry.carried?.deeds ?? before.deeds,
  known: entry.known ?? before.known,
  globs: entry.globs ?? before.globs,
  nested: entry.nested ?? before.nested,
  told: entry.told ?? before.told,
  rules: entry.rules ?? before.rules,
  since: entry.since ?? before.since,
  gateFiles: entry.gate ?? before.gateFiles,
  lookedAt: undefined,
  heard: [],
  questionPut: null,
  prompts: [],
  skipped: null,
  limitReached: false,
})

/** More sessions than anybody has open at once, and more nested repositories. */
const mostTold = 200

/** A later deed that says all that an earlier one does takes its place. */
export const withDeed = (deeds: Deed[], { what, names, by, signed = false }: Deed): Deed[] =>
  [...deeds.filter(one => !isSaidBy({ what, names, by }, one)), { what, names, by, signed }].slice(-20)

/** Whether a later deed says all that an earlier one does */
const isSaidBy = (later: Deed, { what, names, by, signed }: Deed): boolean =>
  !signed &&
  names.length > 0 &&
  later.what === what &&
  later.by === by &&
  names.every(name => later.names.includes(name))

/** Said twice it is known once. */
export const withTold = (told: Telling[], { session, what, about }: Telling): Telling[] => {
  const others = told.filter(one => one.session !== session || one.what !== what || one.about !== about)
  return [...others, { session, what, about }].slice(-mostTold)
}
