import type { HookEvent } from '../../../model/hook-event.ts'
import type { State } from '../../ledger/state.ts'
import type { Facts } from '../facts.ts'
import type { Step } from '../step.ts'

/** What one hook event comes to: the next step, from what the ledger says, what is seen, and the event itself. */
export type Decision = (state: State, facts: Facts, event: HookEvent) => Step
