import type { LineRange } from '../../model/changed-file.ts'
import { folded, formsFor, type TextForm, wordingsOf } from './quote-forms.ts'

/** Places that are told of one quote; what stands more often proves no more. */
export const mostPlaces = 1000

/**
 * Finds where a quote stands in a text: the lines it takes, from the top, one place for each line that it begins in. White
 * space is folded, and what a diff or a listing puts before a line is forgiven.
 */
export const standsAt = (quote: string, text: string): LineRange[] => searchable(text)(quote)

/** The same for many quotes of one text, which is made ready once. */
export const searchable = (text: string): ((quote: string) => LineRange[]) => linedText(text).quoted

/** A text that can be asked for lines. */
export type LinedText = {
  /** Where a quote stands. */
  quoted: (quote: string) => LineRange[]
  /** The lines of a place, folded, with as many around them as it takes to stand in one place alone. */
  anchor: (place: LineRange) => string
  /** Where an anchor stands, as whole lines and with every sign of it. */
  anchored: (anchor: string) => LineRange[]
}

export function linedText(text: string): LinedText {
  const asItIs = linesOf(text)
  const ready = new Map<TextForm, Lines>()
  const inForm = (form: TextForm): Lines => {
    const known = ready.get(form)
    if (known) return known
    const read = form(text)
    const lines = read === text ? asItIs : linesOf(read)
    ready.set(form, lines)
    return lines
  }
  const placesOf = (quote: string, wordings: string[], whole: boolean): LineRange[] => {
    const read = new Set<Lines>()
    for (const form of wordings.length > 0 ? formsFor(quote) : []) {
      const lines = inForm(form)
      // Most forms of most texts are the text itself.
      for (const wording of read.has(lines) ? [] : wordings) {
        const places = placesIn(lines, wording, whole)
        if (places.length > 0) return places
      }
      read.add(lines)
    }
    return []
  }
  return {
    quoted: quote => placesOf(quote, wordingsOf(quote), false),
    anchor: place => anchorIn(asItIs, place),
    anchored: anchor => placesOf(anchor, [folded(anchor)], true),
  }
}

/** Lines above and below a place that its anchor takes in at most. */
const mostAround = 3

function anchorIn(lines: Lines, [first, last]: LineRange): string {
  const from = lastUpTo(lines.numbers, first)
  const to = lastUpTo(lines.numbers, last)
  const around = (more: number) => lines.text.slice(lines.begins[Math.max(0, from - more)], endOf(lines, to + more))
  const single = Array.from({ length: mostAround + 1 }, (_, more) => around(more)).find(
    code => placesIn(lines, code, true).length === 1,
  )
  return single ?? around(0)
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

/** @param whole Whether only whole lines count. */
function placesIn(lines: Lines, wording: string, whole: boolean): LineRange[] {
  const { text, begins, numbers } = lines
  const places: LineRange[] = []
  const find = finder(wording)
  for (let from = 0; from < text.length && places.length < mostPlaces; ) {
    const at = find(text, from)
    if (at < 0) break
    const end = at + wording.length
    const [first, last] = [lastUpTo(begins, at), lastUpTo(begins, end - 1)]
    if (!whole || (begins[first] === at && endOf(lines, last) === end)) places.push([numbers[first]!, numbers[last]!])
    from = begins[first + 1] ?? text.length
  }
  return places
}

/** Where a line ends in the text; the last one's end for every line behind it. */
const endOf = ({ text, begins }: Lines, line: number): number => (begins[line + 1] ?? text.length + 1) - 1

/** Which of ascending numbers is the last that is no larger. */
function lastUpTo(numbers: number[], most: number): number {
  let low = 0
  let high = numbers.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (numbers[middle]! <= most) low = middle
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

/** Of several places the one nearest to a line or lines, of two alike the upper one; null where there is none. */
export function nearestTo(near: number | LineRange | null, places: readonly LineRange[]): LineRange | null {
  const [from, to] = near === null || typeof near === 'number' ? [near, near] : near
  const distance = ([first, last]: LineRange): number =>
    from === null || to === null ? 0 : Math.max(first - to, from - last, 0)
  return places.reduce<LineRange | null>(
    (best, place) => (best === null || distance(place) < distance(best) ? place : best),
    null,
  )
}
