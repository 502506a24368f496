import { reply } from '../step.ts'
import type { Decision } from './decision.ts'

/** A session is over: a run of its may be adopted by another one. */
export const onSessionEnd: Decision = (_, facts) =>
  reply(null, { kind: 'session', session: facts.session, pid: facts.pid, phase: 'ended', head: facts.settledHead })
