import type { Care } from './names.ts'
import { isSecretValue } from './values.ts'

/** What of a line is a secret: from one index up to another. */
export type Span = { from: number; to: number }

/** What may stand before a literal, and the quote that begins it. */
const opening =
  /((?:new\s{1,4})?(?:[A-Za-z_][\w.:]{0,40}(?<=Secret\w{0,20}|Secure\w{0,20}|Sensitive\w{0,20}|[sS]tring|str|[bB]ytes?|from|Some|quote)!?\(\s{0,4})?[bfruBFRU@$]{0,2})(\\{0,3}(?:"""|'''|["'`]))/y

/** A name whose own form says nothing: its value has to look like a secret. */
export const stricter = (care: Care): Care => (care === 'any' || care === 'unnamed' ? 'likely' : care)

/** Whether a literal in quotes begins at this index. */
export function isQuoted(line: string, at: number): boolean {
  opening.lastIndex = at
  return opening.test(line)
}

/** The literal in quotes that begins at this index, if it is a secret. */
export function literalAt(line: string, at: number, care: Care): Span | undefined {
  opening.lastIndex = at
  const found = opening.exec(line)
  if (!found) return undefined
  const [all, before, quote] = found
  const from = at + all.length
  const to = closingAt(line, from, quote!)
  // What a call makes of a literal may be anything.
  const judged = before!.includes('(') ? stricter(care) : care
  return isSecretValue(line.slice(from, to), judged) ? { from, to } : undefined
}

/** Where the literal ends: at its quote, or with the line. */
function closingAt(line: string, from: number, quote: string): number {
  if (quote.length > 1) {
    const to = line.indexOf(quote, from)
    return to < 0 ? line.length : to
  }
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\') at++
    else if (line[at] === quote) return at
  }
  return line.length
}
