import type { LineRange } from '../../../model/changed-file.ts'
import type { ReviewedFinding } from '../../../model/codex-answer.ts'
import type { Finding } from '../../../model/finding.ts'
import type { Resolution } from '../../../model/ledger/fields.ts'
import { merged, sharesCard } from '../../ledger/same-finding.ts'
import type { Run } from '../../ledger/state.ts'
import { plainText } from '../../text/plain-text.ts'
import { once } from '../once.ts'
import { folded } from '../quote-forms.ts'
import { type LinedText, linedText, overlaps } from '../quote-place.ts'
import { type FileTexts, type TextSources, textsOf } from './file-texts.ts'
import { isUrgent, knownAgain, rank } from './known-again.ts'
import { isChanged, isSameSpot, type Spot, spotNow, spotOf } from './spot.ts'

/** A finding of an answer with its place in the repository, at the position at which it was first raised. */
type Placed = { finding: Omit<Finding, 'id' | 'inScope'>; spot: Spot | null; at: number }

export type RaisedIn = TextSources & {
  /** The file of the repository that a path of the answer names; the path itself where there is none. */
  fileOf: (said: string) => string
  /** The project's rules, as the reviewer was given them. */
  rules: string
  /** What the answer says of earlier findings. */
  resolved: Resolution[]
}

/** Findings as they are kept, each at the lines its quote stands in, once, and with what it is against the frozen scope. */
export function raisedFindings(said: ReviewedFinding[], run: Run, where: RaisedIn): Omit<Finding, 'id'>[] {
  const request = once(() => linedText([...run.prompts, where.rules].join('\n')))
  const named = said.map((finding, at) => ({ finding, at, file: where.fileOf(finding.file) }))
  const earlier = run.findings.map(finding => ({ finding, file: where.fileOf(finding.file) }))
  // File by file, so that the texts of one alone are held.
  const raised = [...new Set(named.map(({ file }) => file))].flatMap(file => {
    // The ledger has a file's name as it can be shown.
    const known = earlier.filter(one => one.file === file || one.file === plainText(file))
    const texts = textsOf(file, where)
    const ofFile = named.filter(one => one.file === file)
    const placed = ofFile.map(({ finding, at }) => ({ ...place(finding, file, texts, request), at }))
    const twins = known.map(({ finding }) => ({ finding, spot: once(() => spotNow(finding, texts, request)) }))
    return onceEach(placed).map(one => {
      const { settled, ...again } = knownAgain(one.finding, one.spot, twins, where.resolved, texts)
      const inScope = !settled && isInScope(one, texts)
      return { at: one.at, finding: { ...one.finding, inScope, ...again } }
    })
  })
  return raised.sort((a, b) => a.at - b.at).map(({ finding }) => finding)
}

function place(said: ReviewedFinding, file: string, texts: FileTexts, request: () => LinedText): Omit<Placed, 'at'> {
  const { title, body, kind, priority, quote, fix } = said
  const given = linesOf(said)
  const spot = spotOf(said, given, texts, request)
  const isExact = spot?.on === 'file' && (given !== null || spot.times === 1)
  const [lineStart, lineEnd] = (isExact ? spot.lines : given) ?? [null, null]
  const anchor = spot?.on === 'file' ? texts.now()?.anchor(spot.lines) : undefined
  const verified = spot !== null
  const finding = { title, body, kind, priority, file, lineStart, lineEnd, quote, fix, verified }
  const kept = anchor !== undefined && anchor.length <= longestAnchor && { anchor }
  const stood = spot && isSure(spot, texts, quote) && { stood: spot.on }
  return { finding: { ...finding, ...kept, ...stood }, spot }
}

/** What was taken out of one of several places can hardly be told from what is left. */
const isSure = ({ on }: Spot, texts: FileTexts, quote: string): boolean =>
  on !== 'removed' || (texts.now()?.quoted(quote) ?? []).length === 0

/** Characters; a longer line would not come back whole from the ledger. */
const longestAnchor = 4000

/** The lines as they can be: from 1 on, and not ending before they begin; null for the whole file. */
function linesOf({ line_start: start, line_end: end }: ReviewedFinding): LineRange | null {
  return start === null || start < 1 ? null : [start, Math.max(start, end ?? start)]
}

/**
 * Whether a later review may raise it: what changed since the user picked, told by the quote; and wherever it is, what is
 * critical or high. Where the quote stands nowhere its line numbers are worth little, too.
 */
function isInScope({ finding, spot }: Placed, texts: FileTexts): boolean {
  const { inScope: changed } = texts
  if (changed === null || isUrgent(finding.priority)) return true
  if (spot && spot.on !== 'request') return isChanged(spot, finding.quote, { ...texts, changed })
  const { lineStart, lineEnd } = finding
  return lineStart === null || lineEnd === null ? changed.length > 0 : overlaps([lineStart, lineEnd], changed)
}

/** Each thing once, as what is most urgent of it; the others are named in it. */
function onceEach(placed: Placed[]): Placed[] {
  const kept: Placed[] = []
  for (const one of placed) {
    const twin = kept.findIndex(first => isTwin(first, one))
    const first = kept[twin]
    if (first) kept[twin] = { ...first, ...leading(first, one), finding: merged(first.finding, one.finding) }
    else kept.push(one)
  }
  return kept
}

/** Where the more urgent of two stands. */
const leading = (first: Placed, other: Placed): Pick<Placed, 'spot'> =>
  rank(other.finding.priority) < rank(first.finding.priority) ? { spot: other.spot } : { spot: first.spot }

/** Of one kind and place: under the same title, or of the same code in the same lines. */
function isTwin({ finding: a, spot: here }: Placed, { finding: b, spot: there }: Placed): boolean {
  if (!sharesCard(a, b)) return false
  const [one, other] = [folded(a.quote), folded(b.quote)]
  const sameTitle = titleOf(a) === titleOf(b)
  if (!here || !there) return here === there && sameTitle && one === other && a.lineStart === b.lineStart
  if (!isSameSpot(here, there)) return false
  const sameLines = String(here.lines) === String(there.lines)
  return sameTitle || (sameLines && (one.includes(other) || other.includes(one)))
}

const titleOf = ({ title }: Pick<Finding, 'title'>): string => folded(title).toLowerCase()
