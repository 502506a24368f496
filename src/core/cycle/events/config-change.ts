import { reply, silence } from '../step.ts'
import type { Decision } from './decision.ts'

/**
 * Settings have changed. What switches the gate off, or steers it, is refused while Claude is working, since it may be Claude's doing; between
 * two turns it is the user's own. Either is told at the next event: Claude Code shows nothing of this one. What an
 * organisation sets cannot be refused.
 */
export const onConfigChange: Decision = (_, { inTurn, settingsOff: { now, before } }, { source }) => {
  const names = now.filter(one => !before.includes(one))
  if (names.length === 0) return silence
  if (!inTurn || source === 'policy_settings')
    return reply(null, { kind: 'deed', what: 'settings-off', names, by: 'user' })
  const reason = `Countersign: refused while Claude is working, since it switches the review gate off or steers it: ${names.join('; ')}.`
  return reply({ block: reason }, { kind: 'deed', what: 'settings-refused', names, by: 'user' })
}
