import type { PickedBy } from '../../model/ledger/fields.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import { runAfter } from '../ledger/replay.ts'
import type { Run, State } from '../ledger/state.ts'
import { fixText } from '../messages/author-texts.ts'
import { choiceEntries, pickedNone } from './choice.ts'
import { type Facts, placeOf } from './facts.ts'
import type { Ids } from './pick.ts'
import { reply, type Step } from './step.ts'
import { isElsewhere } from './word/own-session.ts'

/**
 * Records the user's choice and hands it to Claude, or countersigns when nothing goes forward.
 *
 * @param said `prompt`: what the choice was made in, where that asks for something else as well.
 */
export function takeChoice(
  state: State,
  before: Run,
  facts: Facts,
  { ids }: Extract<Ids, { ids: string[] }>,
  by: PickedBy,
  said: { news?: Happening[]; prompt?: string } = {},
): Step {
  const entries = choiceEntries(before, ids, by, facts.head, facts)
  const run = entries.reduce(runAfter, before)
  const context =
    ids.length > 0
      ? `${fixText(run, placeOf(facts))}${said.prompt === undefined ? '' : asWell}`
      : `Countersign · choice · cycle ${run.cycle}\nThe user picked none: ${pickedNone(run, facts.tree)}. Nothing is left to do; say so in one line and end your turn.`
  const elsewhere =
    entries.length > 0 && isElsewhere(state, before, facts) ? [pickedUnseen(entries, ids, 'user', facts)] : []
  const { session, pid } = facts
  const prompted: Happening[] = said.prompt === undefined ? [] : [{ kind: 'prompted', session, pid, text: said.prompt }]
  return reply({ context }, ...(said.news ?? []), ...elsewhere, ...entries, ...prompted)
}

const asWell = '\nThe same prompt asks for something else: do that as well.'

/** A choice that the session at work has not seen. @param by A voice, or `command`. @param doer The session that made it. */
export const pickedUnseen = (
  entries: Happening[],
  ids: string[],
  by: string,
  doer?: Pick<Facts, 'session' | 'pid'>,
): Happening => ({
  kind: 'deed',
  what: 'picked',
  names: ids,
  by,
  signed: entries.some(({ kind }) => kind === 'countersigned'),
  ...(doer && { session: doer.session, pid: doer.pid }),
})
