import type { LineRange } from '../../model/changed-file.ts'
import type { Cited, Evidence, Finding } from '../../model/finding.ts'
import type { Citation } from './citations.ts'
import { isEvidenceQuote } from './quote-forms.ts'
import { nearestTo, standsAt } from './quote-place.ts'
import { type Paths, repositoryPath } from './repository-path.ts'

/** The frozen tree, as far as evidence is looked for in it. */
export type FrozenTree = {
  /** Its text files by path: no links, no submodules. */
  paths: Paths
  /** Absolute path of the working tree, and the directory in it that is set up. */
  root: string
  home: string
  /** Text of a file; null where it is binary or too large. */
  textAt: (path: string) => string | null
  /** What was asked for, and the project's rules. */
  request: () => string
}

/** What a position claims, which decides where its evidence may stand. */
export type Claim = {
  finding: Pick<Finding, 'kind' | 'file' | 'lineStart' | 'lineEnd' | 'quote'>
  /** It speaks against the finding: it is not needed, or less urgent. Then the finding itself shows nothing. */
  against: boolean
}

export type Shown = { evidence: Evidence; cited: Cited[] }

/** Lines that a quote may be away from where it is said to be, where it stands in several places. */
const nearby = 3
/** What stands in more places than these is no evidence for any of them. */
const mostPlaces = 100

/** What a position shows: whether any of its quotes counts, and where they stand. */
export function shownBy(citations: Citation[], claim: Claim, tree: FrozenTree): Shown {
  const placed = citations.map(citation => ({ citation, found: placeOf(citation, claim, tree) }))
  const cited = placed.flatMap(({ found }) => (found && found !== 'nowhere' ? [found] : []))
  const counts = cited.filter(place => !claim.against || !isOfFinding(place, claim.finding, tree))
  const isFalse = placed.some(({ citation, found }) => citation.file !== '' && found === 'nowhere')
  return { evidence: counts.length > 0 ? 'checked' : isFalse ? 'false' : 'none', cited }
}

/** Where a quote stands; null: in too many places, or too short to show anything. */
function placeOf(citation: Citation, { finding }: Claim, tree: FrozenTree): Cited | 'nowhere' | null {
  const { quote } = citation
  const file = citation.file === '' ? null : repositoryPath(citation.file, tree.paths, tree.root, tree.home)
  const text = file === null ? null : tree.textAt(file)
  const places = text === null ? [] : standsAt(quote, text)
  if (places.length === 0) return finding.kind === 'defect' ? 'nowhere' : placeInRequest(quote, tree)
  if (places.length > mostPlaces || !isEvidenceQuote(quote, places.length)) return null
  const place = nearestTo(citation.line, places)!
  const isNear = places.length === 1 || (citation.line !== null && distance(citation.line, place) <= nearby)
  return isNear ? cited(file!, place, quote) : null
}

/** Something missing or needless is shown by what was asked for, too. */
function placeInRequest(quote: string, tree: FrozenTree): Cited | 'nowhere' | null {
  const places = standsAt(quote, tree.request())
  if (places.length === 0) return 'nowhere'
  return isEvidenceQuote(quote, places.length) ? cited('', places[0]!, quote) : null
}

const cited = (file: string, [lineStart, lineEnd]: LineRange, quote: string): Cited => ({
  ...{ file, lineStart, lineEnd },
  quote: quote.slice(0, 500),
})

const distance = (line: number, [first, last]: LineRange): number => Math.max(first - line, line - last, 0)

/** Whether a place lies within what the finding itself is about. */
function isOfFinding(place: Cited, finding: Claim['finding'], tree: FrozenTree): boolean {
  if (place.file === '' || place.file !== finding.file) return false
  const { lineStart: start, lineEnd: end, quote } = finding
  const stated: LineRange[] = start === null ? [] : [[start, end ?? start]]
  const found = standsAt(quote, tree.textAt(place.file)!)
  const own = isEvidenceQuote(quote, found.length) ? [...stated, ...found] : stated
  return own.some(([from, to]) => place.lineStart >= from && place.lineEnd <= to)
}
