import type { LineRange } from '../../../model/changed-file.ts'
import type { Finding } from '../../../model/finding.ts'
import { isLocated } from '../../ledger/kept.ts'
import { isEvidenceQuote } from '../quote-forms.ts'
import { type LinedText, linedText, overlaps } from '../quote-place.ts'

/** Whether the code of a finding is there; `unknown` where nothing of it can be found again. */
export type Standing = 'stands' | 'gone' | 'unknown'

type Located = Pick<Finding, 'file' | 'quote' | 'verified' | 'anchor' | 'stood'>

export type Look = {
  /** A file's text in the tree, or on disk where a rule hides it; null: there is none. */
  textAt: (path: string) => string | null
  /** Files that its code can have moved to. */
  others: readonly string[]
}

/**
 * Whether the code of a finding is still there: the lines it was raised at, or what it quotes, in its file; or those lines in
 * another file of the change. What was taken out is gone once it stands in the file again.
 */
export function standingOf(finding: Located, look: Look): Standing {
  const { stood, anchor, quote, verified, file } = finding
  const here = textIn(look, file)
  const isQuoted = (here?.quoted(quote).length ?? 0) > 0
  if (stood === 'removed') return isQuoted ? 'gone' : 'stands'
  if (isAnchored(here, anchor) || (verified && isQuoted) || hasMoved(finding, look)) return 'stands'
  if (isReformatted(look.textAt(file), [anchor, verified ? quote : undefined])) return 'stands'
  return isLocated(finding) ? 'gone' : 'unknown'
}

/**
 * Whether the code of a finding that was put away or seen gone is there again. A quote by itself tells it only in lines that
 * the change touches, since part of a line can stand in many; and what cannot be found comes back with its file.
 *
 * @param changes Lines of the change, from where it begins, by file.
 */
export function isThereAgain(finding: Located, look: Look, changes: Map<string, LineRange[]>): boolean {
  const { stood, anchor, quote, file } = finding
  const standing = standingOf(finding, look)
  if (standing === 'unknown') return changes.has(file) || look.textAt(file) === null
  if (standing === 'gone' || stood === 'removed') return standing === 'stands'
  const here = textIn(look, file)
  if (isAnchored(here, anchor) || hasMoved(finding, look)) return true
  // By its quote, then, which stands in this file.
  return here!.quoted(quote).some(place => overlaps(place, changes.get(file) ?? []))
}

const textIn = ({ textAt }: Look, file: string): LinedText | null => {
  const text = textAt(file)
  return text === null ? null : linedText(text)
}

/** A formatter's hand changes white space, the kind of quotes, and commas and semicolons at the ends of lines. */
const bare = (text: string): string => text.replace(/['`]/g, '"').replace(/[\s;,]/g, '')
const shortestBare = 8

const isReformatted = (text: string | null, places: (string | undefined)[]): boolean =>
  text !== null &&
  places.some(place => place !== undefined && bare(place).length >= shortestBare && bare(text).includes(bare(place)))

const isAnchored = (text: LinedText | null, anchor: string | undefined): boolean =>
  text !== null && anchor !== undefined && text.anchored(anchor).length > 0

/** A short line says nothing of where it was taken from. */
const hasMoved = ({ anchor, file }: Located, look: Look): boolean =>
  anchor !== undefined &&
  isEvidenceQuote(anchor, 2) &&
  look.others.some(other => other !== file && isAnchored(textIn(look, other), anchor))
