import { reply } from '../step.ts'
import { isInside } from '../word/own-session.ts'
import type { Decision } from './decision.ts'

/** A session is over: a run of its may be adopted by another one. */
export const onSessionEnd: Decision = (state, facts) => {
  const inside = isInside(state, facts)
  return reply(null, {
    ...{ kind: 'session', session: facts.session, pid: facts.pid, phase: 'ended' },
    ...(inside ? { inside } : { head: facts.settledHead }),
  })
}
