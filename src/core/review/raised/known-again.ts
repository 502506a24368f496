import type { Finding } from '../../../model/finding.ts'
import type { Resolution } from '../../../model/ledger/fields.ts'
import { type Priority, priorities } from '../../../model/priority.ts'
import { bothSayNotNeeded } from '../../ledger/debate.ts'
import { hasLikeTitle } from '../../ledger/same-finding.ts'
import type { DebatedFinding } from '../../ledger/state.ts'
import { foreign } from '../../text/foreign-text.ts'
import { folded, wordingsOf } from '../quote-forms.ts'
import type { FileTexts } from './file-texts.ts'
import { isChanged, isSameSpot, type Spot } from './spot.ts'

type Raised = Pick<Finding, 'kind' | 'priority' | 'quote' | 'title'>

/** A finding of an earlier review, and where it stands now. */
export type Earlier = { finding: DebatedFinding; spot: () => Spot | null }

/**
 * Whether a finding was raised before: of the same kind, at the same code, which still stands there. Titles that are alike say
 * nothing, and quotes that are alike nothing elsewhere. One line can have two faults, and a request two wishes, so that of
 * what is urgent, and of what is not in the file, the quotes must have something in common, too.
 *
 * @param earlier Earlier findings of the file.
 * @param resolved What this review says of them.
 * @returns `settled`: it is nothing new, and stays out of the debate. `again`: the earlier one, which did not settle it.
 */
export function knownAgain(
  raised: Raised,
  spot: Spot | null,
  earlier: Earlier[],
  resolved: Resolution[],
  texts: FileTexts,
): { settled: boolean; again?: string } {
  if (!spot) return { settled: earlier.some(({ finding }) => isLeftUnplaced(finding, raised, texts)) }
  const twins = earlier.flatMap(one => {
    const { finding } = one
    const stands = finding.kind === raised.kind && isLeft(finding, resolved) ? one.spot() : null
    if (!stands || !isSameSpot(stands, spot)) return []
    const byPlaceAlone = spot.on === 'file' && !isUrgent(raised.priority)
    if (!byPlaceAlone && !sharesCode(finding.quote, raised.quote)) return []
    return [{ finding, isAsItWas: !isChanged(stands, finding.quote, texts) }]
  })
  const [last] = twins.slice(-1)
  if (!last) return { settled: false }
  const settled = twins.some(({ finding, isAsItWas }) => settles(finding, isAsItWas, raised, resolved))
  return settled ? { settled } : { settled, again: last.finding.id }
}

/** What stands nowhere is known by its words, and silent only where the user has decided it and the file is as it was. */
const isLeftUnplaced = (earlier: DebatedFinding, raised: Raised, { changed }: FileTexts): boolean =>
  !earlier.verified &&
  earlier.kind === raised.kind &&
  (earlier.fate === 'left' || earlier.fate === 'dismissed') &&
  rank(raised.priority) >= rank(highestOf(earlier)) &&
  changed?.length === 0 &&
  folded(earlier.title) === folded(raised.title) &&
  sharesCode(earlier.quote, raised.quote)

/** @param kept As the ledger has it, without its secrets. */
function sharesCode(kept: string, raised: string): boolean {
  const wordings = wordingsOf(foreign(raised, kept.length + raised.length))
  return wordingsOf(kept).some(a => wordings.some(b => a.includes(b) || b.includes(a)))
}

/** Not fixed: what was, and comes up again, is new. */
const isLeft = ({ id, fate }: DebatedFinding, resolved: Resolution[]): boolean =>
  fate !== 'resolved' && !resolved.some(one => one.id === id && one.resolved)

function settles(earlier: DebatedFinding, isAsItWas: boolean, raised: Raised, resolved: Resolution[]): boolean {
  if (rank(raised.priority) < rank(highestOf(earlier))) return false
  // One line can have two faults: something urgent is silent only where it is the same one.
  if (isUrgent(raised.priority) && !hasLikeTitle(earlier, raised)) return false
  if (earlier.fate === 'dismissed') return isAsItWas
  // What both withdrew, whether the user saw it or not: talk alone settles nothing urgent.
  if (isWithdrawn(earlier)) return isAsItWas && !isUrgent(raised.priority)
  // What the user has seen and left, as long as the code is what they decided on.
  if (earlier.fate === 'left') return isAsItWas
  // What this very review finds unresolved is the earlier one, and debated under its id.
  return earlier.inScope && resolved.some(one => one.id === earlier.id)
}

const isWithdrawn = ({ outcome, positions }: DebatedFinding): boolean =>
  outcome === 'not-needed' || (outcome === 'disputed' && bothSayNotNeeded(positions))

export const isUrgent = (priority: Priority): boolean => priority === 'critical' || priority === 'high'

/** The most urgent that either model has held it: the list shows both. */
const highestOf = ({ priority, positions, history }: DebatedFinding): Priority =>
  [...history, ...positions]
    .flatMap(position => position.priority ?? [])
    .reduce((highest, held) => (rank(held) < rank(highest) ? held : highest), priority)

/** 0 is the most urgent. */
export const rank = (priority: Priority): number => priorities.indexOf(priority)
