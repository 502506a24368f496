import { type HookedEvent, hookedEvent, windDownSeconds } from '../../model/hooked-events.ts'

/**
 * Milliseconds the hook may spend on an event before Claude Code would end it from outside.
 *
 * Events that work alone keep a minute in reserve, the others a third: a hook that is killed lets the action through
 * without a word.
 */
export function hookBudgetMs(event: HookedEvent): number {
  const { timeoutSeconds, worksAlone } = hookedEvent(event)
  return Math.floor((timeoutSeconds - (worksAlone ? windDownSeconds : timeoutSeconds / 3)) * 1000)
}
