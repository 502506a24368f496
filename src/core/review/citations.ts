/** A quote as a model gives it, with where it says that it stands; `file` is empty where it names none. */
export type Citation = { file: string; line: number | null; quote: string }

/** Characters of a reason that are looked through, and quotes in it that count. */
const longestReason = 6000
const mostCitations = 20

/** Backticks around a quote, one or several. */
const quoted = /(`{1,3})(?!`)([^\n]*?[^`\n])\1(?!`)/g
/** `src/a.js:12`, `src/a.js:12-14`, `src/a.js#L12`, and with a full-width colon. */
const place = /([^\s`()[\]<>,;，；：*]{1,500}?)(?:[:：]L?|#L)(\d{1,7})(?:[-–]L?\d{1,7})?(?![\w/])/g
/** Between a place in backticks of its own and the quote. */
const farthest = 40

/**
 * The quotes of a reason: `path:line` with the quote in backticks after it. A quote without a place is one too, since the
 * request and the rules have no path.
 */
export function citationsIn(reason: string): Citation[] {
  const text = reason.slice(0, longestReason)
  const citations: Citation[] = []
  let said: Omit<Citation, 'quote'> | null = null
  let end = 0
  for (const match of text.matchAll(quoted)) {
    const between = text.slice(end, match.index)
    const quote = match[2]!.trim()
    said = placeIn(between) ?? (between.length <= farthest ? said : null)
    end = match.index + match[0].length
    const own = placeIn(quote)
    if (own && isWhole(quote)) said = own
    else if (quote !== '' && citations.length < mostCitations) {
      citations.push({ file: '', line: null, ...said, quote })
      said = null
    }
  }
  return citations
}

/** The last place that a text names; `12:30` is none. */
function placeIn(text: string): Omit<Citation, 'quote'> | null {
  const last = [...text.matchAll(place)].findLast(([, file]) => /\D/.test(file!))
  return last ? { file: last[1]!, line: Number(last[2]) } : null
}

const isWhole = (text: string): boolean => /^[^\s]+(?:[:：]L?|#L)\d+(?:[-–]L?\d+)?$/.test(text)
