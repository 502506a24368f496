import { reply, silence } from '../step.ts'
import { isInside } from '../word/own-session.ts'
import type { Decision } from './decision.ts'

/** A session is over: a run of its may be adopted by another one. */
export const onSessionEnd: Decision = (state, facts) => {
  const ended = { kind: 'session', session: facts.session, pid: facts.pid, phase: 'ended' } as const
  if (isInside(state, facts)) return reply(null, { ...ended, inside: true })
  if (state.endedSessions.includes(facts.session)) return silence
  return { do: 'end-session', ended: { ...ended, head: facts.settledHead } }
}
