import { reply, silence } from '../step.ts'
import type { Decision } from './decision.ts'

/**
 * Settings have changed. What switches the gate off is refused while Claude is working, since it may be Claude's doing; between
 * two turns it is the user's own. Either is told at the next event: Claude Code shows nothing of this one. What an
 * organisation sets cannot be refused.
 */
export const onConfigChange: Decision = (_, { session, inTurn, settingsOff: { now, before } }, { source }) => {
  const off = now.filter(one => !before.includes(one))
  if (off.length === 0) return silence
  const refused = inTurn && source !== 'policy_settings'
  const entry = { kind: 'settings-off', session, off, refused } as const
  const reason = `Countersign: refused while Claude is working, since it switches the review gate off: ${off.join('; ')}.`
  return reply(refused ? { block: reason } : null, entry)
}
