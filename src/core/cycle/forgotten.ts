import type { HookEvent } from '../../model/hook-event.ts'
import type { State } from '../ledger/state.ts'

type Event = Pick<HookEvent, 'source'> & { hook_event_name: unknown; session_id: string }

/**
 * Whether an event comes from a session that the ledger has never seen begin: what the gate knew was removed meanwhile, or the
 * setup came after it. Then nothing tells what was changed before, and the gate must not begin anew as if nothing had been.
 */
export function isForgotten({ recorded, settled }: Pick<State, 'recorded' | 'settled'>, event: Event): boolean {
  if (recorded === undefined || recorded.includes(event.session_id)) return false
  if (event.hook_event_name !== 'SessionStart') return true
  // Neither is the beginning of a session. One that is opened again may come from before the setup, or from another clone.
  return event.source === 'compact' || (event.source === 'resume' && settled === null)
}
