import type { PickedBy } from '../../model/ledger-entry.ts'
import { runAfter } from '../ledger/replay.ts'
import type { Run } from '../ledger/state.ts'
import { fixText } from '../messages/author-texts.ts'
import { choiceEntries, pickedNone } from './choice.ts'
import { type Facts, placeOf } from './facts.ts'
import type { Ids } from './pick.ts'
import { reply, type Step } from './step.ts'

/** Records the user's choice and hands it to Claude, or countersigns when nothing goes forward. */
export function takeChoice(before: Run, facts: Facts, { ids }: Extract<Ids, { ids: string[] }>, by: PickedBy): Step {
  const entries = choiceEntries(before, ids, by, facts.head, facts)
  const run = entries.reduce(runAfter, before)
  const context =
    ids.length > 0
      ? fixText(run, placeOf(facts))
      : `Countersign · choice · cycle ${run.cycle}\nThe user picked none: ${pickedNone(run, facts.tree)}. Nothing is left to do; say so in one line and end your turn.`
  return reply({ context }, ...entries)
}
