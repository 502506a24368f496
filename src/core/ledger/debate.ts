import type { Finding, Position, Speaker } from '../../model/finding.ts'
import { type Priority, priorities } from '../../model/priority.ts'

// When two models agree on a finding: the rule of src/README.md. Pure, and the only place where agreement is decided.

export type Outcome = 'open' | 'agreed' | 'not-needed' | 'disputed'

/** Which priority counts when the two are on different sides of the line; `debate.priority` in the configuration. */
export type AcrossTheLine = 'ask' | 'lower' | 'higher'

/** What of a finding bears on how its debate ends; `history` is what was said of it in earlier cycles. */
export type Debatable = Pick<Finding, 'kind' | 'verified'> & { history: Position[]; positions: Position[] }

/** The strongest claim that both make: the lower of two priorities. */
export const lowerPriority = (a: Priority, b: Priority): Priority =>
  priorities.indexOf(a) > priorities.indexOf(b) ? a : b

const higherPriority = (a: Priority, b: Priority): Priority => (lowerPriority(a, b) === a ? b : a)

/** Critical and high: the upper side of the line that no uncited word crosses. */
export const isAboveLine = (priority: Priority | null): boolean => priority === 'critical' || priority === 'high'

/** Whether what the speaker shows for it has been found in the frozen tree. */
export const isCited = ({ evidence }: Pick<Position, 'evidence'>): boolean => evidence === 'checked'

/** The positions of a speaker that count: a change of mind, or of the side of the line, counts only with checked evidence. */
export function counted(positions: Position[], by: Speaker): Position[] {
  const stood: Position[] = []
  for (const next of positions.filter(position => position.by === by)) {
    const last = stood.at(-1)
    if (!last || !changesMind(last, next) || isCited(next)) stood.push(next)
  }
  return stood
}

/** Whether a position is not what the speaker said before, in a way that bears on how the debate ends. */
export const changesMind = (before: Position, next: Position): boolean =>
  before.needed !== next.needed || (next.needed && isAboveLine(before.priority) !== isAboveLine(next.priority))

/** Where a speaker stands: the last position that counts. */
export const standing = (positions: Position[], by: Speaker): Position | null => counted(positions, by).at(-1) ?? null

/** Whether a speaker has shown why it stands where it stands; who repeats it need not show it again. */
export function hasShown(positions: Position[], by: Speaker): boolean {
  const stood = counted(positions, by)
  const since = stood.findLastIndex(position => changesMind(position, stood.at(-1)!))
  return stood.slice(since + 1).some(isCited)
}

/** The highest priority that either model has ever given a finding, whether it counted or not. */
export const highestHeld = ({ history, positions }: Pick<Debatable, 'history' | 'positions'>): Priority | null =>
  [...history, ...positions].reduce<Priority | null>(
    (highest, { priority }) => (priority && highest ? higherPriority(priority, highest) : (priority ?? highest)),
    null,
  )

/** Whether either model has ever held it critical or high. */
export const wasAboveLine = (finding: Pick<Debatable, 'history' | 'positions'>): boolean =>
  isAboveLine(highestHeld(finding))

/** A verified defect or gap that either model has held critical or high: talk alone never removes it. */
export const isUrgent = (finding: Debatable): boolean =>
  finding.verified && finding.kind !== 'excess' && wasAboveLine(finding)

/** Both now say that it is not needed, whether that counts or not. */
export const bothSayNotNeeded = (positions: Position[]): boolean =>
  (['claude', 'codex'] as const).every(who => positions.findLast(({ by }) => by === who)?.needed === false)

/**
 * What two models' positions on one finding come to, and the priority that counts; null: as it was.
 *
 * @param spent Whether the debate of it is over, or the author has given no answer in time: what is open is then disputed.
 */
export function outcome(
  finding: Debatable,
  spent: boolean,
  across: AcrossTheLine = 'ask',
): { outcome: Outcome; priority: Priority | null } {
  const { positions } = finding
  const [claude, codex] = [standing(positions, 'claude'), standing(positions, 'codex')]
  if (claude && codex && !claude.needed && !codex.needed)
    return { outcome: mayBeDropped(finding) ? 'not-needed' : 'disputed', priority: null }
  if (claude?.needed && codex?.needed)
    return { outcome: 'agreed', priority: agreedPriority(positions, claude.priority!, codex.priority!, across) }
  return { outcome: spent ? 'disputed' : 'open', priority: codex?.needed ? codex.priority : null }
}

/**
 * Whether two models that both say “not needed” may settle it between them. Not what is urgent; and what was held critical
 * or high with a quote that is nowhere only where both have shown why.
 */
function mayBeDropped(finding: Debatable): boolean {
  if (isUrgent(finding)) return false
  if (finding.verified || !wasAboveLine(finding)) return true
  return (['claude', 'codex'] as const).every(by => hasShown(finding.positions, by))
}

/** On one side of the line the lower counts; across it the reviewer's, unless both have shown why it is the lower one. */
function agreedPriority(positions: Position[], claude: Priority, codex: Priority, across: AcrossTheLine): Priority {
  if (across === 'higher') return higherPriority(claude, codex)
  const lower = lowerPriority(claude, codex)
  const above = counted(positions, 'codex').findLast(({ priority }) => isAboveLine(priority))?.priority
  if (across === 'lower' || (isAboveLine(claude) && isAboveLine(codex))) return lower
  if (!above) return isAboveLine(claude) ? codex : lower
  const isShown = hasShown(positions, 'claude') && hasShown(positions, 'codex')
  return !isAboveLine(claude) && !isAboveLine(codex) && isShown ? lower : above
}

/** Both say fix it, and the author alone has shown that it is below the line: what a rebuttal that is due anyway asks. */
export function isPriorityAsked({ positions, outcome: now }: Debatable & { outcome: Outcome }): boolean {
  const [claude, codex] = [standing(positions, 'claude'), standing(positions, 'codex')]
  if (now !== 'agreed' || !claude || !codex) return false
  return isAboveLine(codex.priority) && !isAboveLine(claude.priority) && hasShown(positions, 'claude')
}

/** How they came to agree: Claude said “needed” when first asked, or one of them changed its mind. */
export function agreedBy({ outcome: now, positions }: Debatable & { outcome: Outcome }): AgreedBy {
  if (now !== 'agreed') return null
  return positions.find(({ by }) => by === 'claude')?.needed ? 'at-once' : 'conceded'
}
type AgreedBy = null | 'at-once' | 'conceded'

/** Whether Claude's “needed” shows code of its own choosing. */
export function support({ positions }: Pick<Debatable, 'positions'>): 'own-quote' | 'none' {
  const claude = standing(positions, 'claude')
  return claude?.needed && claude.cited?.length ? 'own-quote' : 'none'
}

type Lines = { file: string; lineStart: number | null; lineEnd: number | null }
type Cited = NonNullable<Position['cited']>[number]

/**
 * Whether the reviewer's last word, with which it stands by a finding, shows code that nobody has shown yet: neither the
 * finding itself nor any position. Words alone are no reason for another round.
 */
export function bringsNews(finding: Debatable & Lines): boolean {
  const last = finding.positions.at(-1)
  if (last?.by !== 'codex' || !last.needed || !isCited(last)) return false
  const before = [...finding.history, ...finding.positions.slice(0, -1)].flatMap(({ cited = [] }) => cited)
  return (last.cited ?? []).some(
    place => !overlaps(place, finding) && !before.some(known => overlaps(place, known) && samePlace(place, known)),
  )
}

/** Of the request and the rules, which have no file, only the words can tell. */
const samePlace = (a: Cited, b: Cited): boolean => a.file !== '' || a.quote === b.quote

const overlaps = (a: Cited, b: Lines): boolean =>
  a.file === b.file && b.lineStart !== null && a.lineStart <= (b.lineEnd ?? b.lineStart) && a.lineEnd >= b.lineStart

export type Mark = 'both-withdrew' | 'raised-again' | 'unverified'

/** What is to be known of a finding beside its outcome. */
export function marksOf(finding: Debatable & { outcome: Outcome; again?: string | undefined }): Mark[] {
  const { outcome: now, positions, again, verified } = finding
  const marks: [Mark, boolean][] = [
    ['both-withdrew', now === 'disputed' && bothSayNotNeeded(positions)],
    ['raised-again', again !== undefined],
    ['unverified', !verified],
  ]
  return marks.flatMap(([mark, is]) => (is ? [mark] : []))
}
