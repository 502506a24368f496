import type { HookReply } from '../../model/hook-reply.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import type { State } from '../ledger/state.ts'
import type { Effect, Step } from './step.ts'

/** No event takes more steps than this; more would be a loop of our own making. */
const maxSteps = 200

/**
 * Works one hook event through: decide, do, write down, decide again, until there is a reply. Pure but for what it is
 * given: each effect is yielded, and whoever performs it gives back what came of it.
 *
 * @param write Adds entries to the ledger and returns the state after them, with what others have written meanwhile.
 * @throws {Error} The event does not finish.
 */
export function* drive(
  state: State,
  decide: (state: State) => Step,
  write: (entries: Happening[]) => State,
): Generator<{ effect: Effect; state: State }, { reply: HookReply; state: State }, Happening[]> {
  let now = state
  for (let count = 0; count < maxSteps; count++) {
    const step = decide(now)
    if (step.do === 'reply') return { reply: step.reply, state: write(step.entries) }
    now = write(step.do === 'record' ? step.entries : yield { effect: step, state: now })
  }
  throw new Error(`the event did not finish within ${maxSteps} steps`)
}
