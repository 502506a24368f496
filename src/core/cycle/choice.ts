import type { PickedBy } from '../../model/ledger/fields.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import { highestHeld } from '../ledger/debate.ts'
import { choosable, pickable, undecided, unreadOffered } from '../ledger/lists.ts'
import { type DebatedFinding, openFindings, type Run } from '../ledger/state.ts'
import { someOf } from '../text/wording.ts'
import { type Ids, isPick, parsePick, select, type Term } from './pick.ts'
import { longestPick } from './pick-in-prompt.ts'
import { signed, type Uncovered } from './step.ts'

/**
 * Reads a choice: `F1 F3-F5 high`, `all`, `disputed`, `none`. Ids may name anything that was raised; priorities and `all` select
 * from what is agreed. What was dismissed, or is agreed not to be needed, is chosen by its id alone.
 */
export const readPick = (text: string, run: Run): Ids =>
  text.length > longestPick ? { problem: 'that is too long for a choice' } : choose(parsePick(text), run)

/** What a parsed choice names on the run's list. */
export function choose(terms: Term[], run: Run): Ids {
  const alone = terms.find(({ is }) => is === 'none' || is === 'unread')
  if (alone && terms.length > 1) return { problem: `“${alone.is}” cannot be combined with other choices` }
  if (alone) {
    const open = run.status === 'on' ? openFindings(run).map(({ id }) => id) : []
    return open.length > 0
      ? { problem: `${open.join(', ')} cannot be left yet: the debate is not over` }
      : withNothing(alone.is === 'unread', run)
  }
  if (isPick(terms) && terms.some(({ is }) => is === 'all') && terms.some(({ is }) => is === 'id' || is === 'range'))
    return { problem: '“all” cannot be combined with ids' }
  const [agreed, disputed] = [choosableAs('agreed', run), choosableAs('disputed', run)]
  const group = agreed.map(finding => ({ ...finding, highest: highestHeld(finding) }))
  return select(terms, { named: pickable(run), group, disputed })
}

/** Fixing nothing signs the change. Where Codex has not read all of it, only a word that says so does. */
function withNothing(signsUnread: boolean, run: Run): Ids {
  const files = unreadOffered(run)
  if (signsUnread)
    return files.length > 0 ? { ids: [], unread: true } : { problem: 'there is nothing that Codex has left unread' }
  if (files.length === 0) return { ids: [] }
  return {
    problem: `“none” would sign, and Codex has not read ${someOf(files)}. To sign without that: \`pick unread\``,
  }
}

const choosableAs = (wanted: 'agreed' | 'disputed', run: Run): DebatedFinding[] =>
  choosable(run).filter(({ outcome }) => outcome === wanted)

/** Why there is nothing to choose from now, for the user. */
export const noList = (run: Run | null): string =>
  run?.status === 'away'
    ? 'the reviewed change is not in this working tree now; its list waits until it comes back'
    : run?.left?.stage === 'choice' || run?.left?.stage === 'fix'
      ? 'files changed since the review; the list is on hold until they are reviewed too'
      : 'there is no list to choose from yet'

/** What a choice adds to the ledger; nothing picked means that both models and the user are done. */
export function choiceEntries(
  run: Run,
  ids: string[],
  by: PickedBy,
  head: string | null,
  uncovered?: Uncovered,
): Happening[] {
  const entry: Happening = { kind: 'picked', ids, by, told: by !== 'command' }
  if (ids.length > 0) return [entry]
  // Once the run is over, “none” decides what is left and signs nothing; said again, it changes nothing.
  if (run.status !== 'on') return undecided(run).length > 0 ? [entry] : []
  const files = unreadOffered(run)
  const act: Happening[] = files.length > 0 ? [{ kind: 'unread-accepted', files, by }] : []
  return [entry, ...act, signed(run, head, uncovered)]
}

/** What a signature given now covers. @param now The tree as it is. */
export const signedAs = ({ tree }: Run, now: string): string =>
  now === tree
    ? 'the change is countersigned as it is'
    : 'what was reviewed is countersigned; later changes are tested and reviewed when Claude next stops'

/** What “none” made of the change. */
export const pickedNone = (run: Run, now: string): string =>
  run.stage === 'countersigned' ? signedAs(run, now) : 'the change stays as it is'

/** In a word, what a finding has come to. */
export const standsAs = ({ outcome, priority }: DebatedFinding): string =>
  outcome === 'not-needed' ? 'not needed' : outcome === 'disputed' ? 'disputed' : priority
