import type { LineRange } from '../../../model/changed-file.ts'
import type { Finding } from '../../../model/finding.ts'
import { isEvidenceQuote, isTakenOut } from '../quote-forms.ts'
import { type LinedText, mostPlaces, nearestTo, overlaps } from '../quote-place.ts'
import type { FileTexts } from './file-texts.ts'

/** Where a finding's quote stands: in the file, in what the change took out of it, or in what was asked for. */
export type Spot = { on: 'file' | 'removed' | 'request'; lines: LineRange }

type Quoting = Pick<Finding, 'kind' | 'quote'>

/**
 * Finds where a quote stands. Where it stands several times: nearest to the lines that were said, without such lines at the
 * first place that changed.
 *
 * @param said The lines that the reviewer gave.
 * @param request What was asked for, and the project's rules: a gap can be shown by these alone.
 * @returns Null when it stands nowhere.
 */
export function spotOf(
  { kind, quote }: Quoting,
  said: LineRange | null,
  texts: FileTexts,
  request: () => LinedText,
): (Spot & { times: number }) | null {
  const inFile = texts.now()?.quoted(quote) ?? []
  const inBase = inFile.length === 0 || isTakenOut(quote) ? (texts.base()?.quoted(quote) ?? []) : []
  const gone = inBase.length > inFile.length ? nearestTo(said, inBase) : null
  if (gone) return { on: 'removed', lines: gone, times: inBase.length }
  // What stands everywhere is nowhere in particular.
  if (said && inFile.length >= mostPlaces) return { on: 'file', lines: said, times: inFile.length }
  const changed = inFile.filter(place => overlaps(place, texts.changed ?? []))
  const place = nearestTo(said, said === null && changed.length > 0 ? changed : inFile)
  if (place) return { on: 'file', lines: place, times: inFile.length }
  const asked = kind === 'gap' ? request().quoted(quote) : []
  return asked[0] && isEvidenceQuote(quote, asked.length)
    ? { on: 'request', lines: asked[0], times: asked.length }
    : null
}

/**
 * Where an earlier finding stands now: the code it was raised at, unchanged and in one place alone. Null where it was
 * changed, or cannot be told from other code.
 */
export function spotNow(
  { kind, quote, verified, anchor }: Pick<Finding, 'kind' | 'quote' | 'verified' | 'anchor'>,
  texts: FileTexts,
  request: () => LinedText,
): Spot | null {
  if (anchor !== undefined) {
    const [lines, ...more] = texts.now()?.anchored(anchor) ?? []
    return lines && more.length === 0 ? { on: 'file', lines } : null
  }
  // A short quote says nothing of where it was taken from.
  if (!verified || !isEvidenceQuote(quote, 2)) return null
  const spot = spotOf({ kind, quote }, null, texts, request)
  return spot?.times === 1 ? spot : null
}

/** Whether what a quote stands on has changed since the last review. Of a request that is asked of the whole file. */
export function isChanged({ on, lines }: Spot, quote: string, { changed, last, now }: FileTexts): boolean {
  if (changed === null) return true
  if (on === 'file') return overlaps(lines, changed)
  const times = (text: LinedText | null) => text?.quoted(quote).length ?? 0
  return on === 'removed' ? times(last()) > times(now()) : changed.length > 0
}

export const isSameSpot = (a: Spot, b: Spot): boolean => a.on === b.on && overlaps(a.lines, [b.lines])
