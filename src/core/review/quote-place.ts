import type { LineRange } from '../../model/changed-file.ts'
import { folded, formsFor, type TextForm, wordingsOf } from './quote-forms.ts'

/** Places that are told of one quote; what stands more often proves no more. */
const mostPlaces = 1000

/**
 * Finds where a quote stands in a text: the lines it takes, from the top, one place for each line that it begins in. White
 * space is folded, and what a diff or a listing puts before a line is forgiven.
 */
export const standsAt = (quote: string, text: string): LineRange[] => searchable(text)(quote)

/** The same for many quotes of one text, which is made ready once. */
export function searchable(text: string): (quote: string) => LineRange[] {
  const ready = new Map<TextForm, Lines>()
  const asItIs = linesOf(text)
  const inForm = (form: TextForm): Lines => {
    const known = ready.get(form)
    if (known) return known
    const read = form(text)
    const lines = read === text ? asItIs : linesOf(read)
    ready.set(form, lines)
    return lines
  }
  return quote => {
    const wordings = wordingsOf(quote)
    for (const form of wordings.length > 0 ? formsFor(quote) : [])
      for (const wording of wordings) {
        const places = placesIn(inForm(form), wording)
        if (places.length > 0) return places
      }
    return []
  }
}

/** A folded text: for each line that says something, where it begins in `text` and which line it was, from 1. */
type Lines = { text: string; begins: number[]; numbers: number[] }

function linesOf(text: string): Lines {
  const kept: string[] = []
  const begins: number[] = []
  const numbers: number[] = []
  let length = 0
  for (const [at, raw] of text.split('\n').entries()) {
    const line = folded(raw)
    if (line === '') continue
    kept.push(line)
    begins.push(length)
    numbers.push(at + 1)
    length += line.length + 1
  }
  return { text: kept.join(' '), begins, numbers }
}

function placesIn({ text, begins, numbers }: Lines, wording: string): LineRange[] {
  const places: LineRange[] = []
  const find = finder(wording)
  for (let from = 0; from < text.length && places.length < mostPlaces; ) {
    const at = find(text, from)
    if (at < 0) break
    const first = lineAt(begins, at)
    places.push([numbers[first]!, numbers[lineAt(begins, at + wording.length - 1)]!])
    from = begins[first + 1] ?? text.length
  }
  return places
}

/** The last line that begins at or before a character. */
function lineAt(begins: number[], at: number): number {
  let low = 0
  let high = begins.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (begins[middle]! <= at) low = middle
    else high = middle - 1
  }
  return low
}

/** Characters up to which a string's own search is linear; beyond, a periodic quote takes it as many steps as it has. */
const longestNative = 250

/** A search for a quote that takes linear time whatever the quote is (Knuth, Morris, Pratt where it is long). */
function finder(wording: string): (text: string, from: number) => number {
  if (wording.length <= longestNative) return (text, from) => text.indexOf(wording, from)
  const fallback = fallbackOf(wording)
  return (text, from) => {
    for (let at = from, met = 0; at < text.length; at++) {
      while (met > 0 && text[at] !== wording[met]) met = fallback[met - 1]!
      if (text[at] === wording[met]) met++
      if (met === wording.length) return at - met + 1
    }
    return -1
  }
}

/** For each beginning of the wording how much of it is an end of it, too. */
function fallbackOf(wording: string): number[] {
  const fallback = [0]
  for (let at = 1, met = 0; at < wording.length; at++) {
    while (met > 0 && wording[at] !== wording[met]) met = fallback[met - 1]!
    if (wording[at] === wording[met]) met++
    fallback.push(met)
  }
  return fallback
}

/** Whether a place lies in any of these lines. */
export const overlaps = ([first, last]: LineRange, lines: readonly LineRange[]): boolean =>
  lines.some(([from, to]) => first <= to && last >= from)

/** Of several places the one nearest to a line, of two alike the upper one; null where there is none. */
export function nearestTo(line: number | null, places: readonly LineRange[]): LineRange | null {
  const distance = ([first, last]: LineRange): number => (line === null ? 0 : Math.max(first - line, line - last, 0))
  return places.reduce<LineRange | null>(
    (best, place) => (best === null || distance(place) < distance(best) ? place : best),
    null,
  )
}
