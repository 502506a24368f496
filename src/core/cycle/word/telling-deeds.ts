import type { HookedEvent } from '../../../model/hooked-events.ts'
import type { HappeningOf } from '../../../model/ledger/ledger-entry.ts'
import type { Deed } from '../../../model/ledger/users-word.ts'
import type { State } from '../../ledger/state.ts'
import { isDoneBy, untoldDeeds } from '../../ledger/state-reducer.ts'
import type { Facts } from '../facts.ts'
import { isAnothers, isSeen } from './own-session.ts'

/** Nobody may read any more what is said at its end, and Claude Code shows nothing of what is said of the settings. */
const unread: HookedEvent[] = ['SessionEnd', 'ConfigChange']

/**
 * What of the deeds is told at an event, and the line of the ledger about it; null where there is nothing to write.
 *
 * A session that only begins, or that looks on while another works, may have been started for no other purpose than to
 * hear it; so it is told elsewhere too. A session that is asked something leaves a word behind in the others.
 */
export function tellingDeeds(
  state: State,
  facts: Facts,
  name: HookedEvent,
): { deeds: Deed[]; entry: HappeningOf<'deeds-told'> } | null {
  const theirs = state.deeds.filter(deed => !isDoneBy(deed, facts))
  if (theirs.length === 0 || unread.includes(name) || !isSeen(state, facts)) return null
  const deeds = untoldDeeds(theirs, facts)
  const kept = name === 'SessionStart' || isAnothers(state, facts)
  // What was told at the start of a session is done with once the user has gone on from there.
  const isDone = name === 'UserPromptSubmit' && !kept
  if (deeds.length === 0 && !isDone) return null
  const { session, pid } = facts
  return { deeds, entry: { kind: 'deeds-told', session, pid, ...(kept && { kept }) } }
}
