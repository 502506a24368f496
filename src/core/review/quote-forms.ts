import { plainText, spelledOut } from '../text/plain-text.ts'
import { withoutSecrets } from '../text/secrets.ts'

/** One way to read a file's text; all keep its lines where they are. */
export type TextForm = (text: string) => string

const asItIs: TextForm = text => text
/** Most lines are: all their signs are seen. */
const plain = /^[\t\x20-\x7e]*$/
// Line by line: what is left out must not move the lines behind it.
const withoutUnseen: TextForm = text =>
  text
    .split('\n')
    .map(line => (plain.test(line) ? line : plainText(line).replaceAll('\n', ' ')))
    .join('\n')
const masked: TextForm = withoutSecrets
const maskedSpelled: TextForm = text => spelledOut(masked(text))
const maskedPlain: TextForm = text => withoutUnseen(masked(text))

/**
 * The forms of a text that can hold a quote: the file as it is, without the signs that nobody sees, and as the diff has it,
 * where hidden signs are spelled out and secrets are masked. A form that the quote cannot come from is not made.
 */
export function formsFor(quote: string): TextForm[] {
  const isMasked = quote.includes('[masked]')
  return [
    asItIs,
    ...(quote.includes('‹U+') ? [spelledOut] : []),
    withoutUnseen,
    ...(isMasked ? [masked, maskedSpelled, maskedPlain] : []),
  ]
}

/** White space as one blank, and letters composed: models re-indent what they quote. */
export const folded = (text: string): string => text.trim().replace(/\s+/g, ' ').normalize()

/**
 * What a quote can mean, as `folded` has it, the most literal first: as it is, without line numbers, and each side of a diff.
 * Empty for a quote of nothing.
 */
export function wordingsOf(quote: string): string[] {
  const lines = quote.split('\n').filter(line => !/^(?:@@ |\\ No newline)/.test(line))
  const bare = withoutNumbers(lines)
  const ways = [quote, bare.join('\n'), ...sidesOf(lines), ...sidesOf(bare)]
  return [...new Set(ways.map(folded))].filter(way => way !== '')
}

/** `12 | `, `12: `, `12→`, `12` and a tab. */
const number = /^\s*L?\d+\s*[|:│→\t] ?/

/** Lines without the numbers before them; a first line may have lost its own. */
function withoutNumbers(lines: string[]): string[] {
  const written = lines.filter(line => line.trim() !== '')
  const areNumbered = written.some(line => number.test(line)) && written.slice(1).every(line => number.test(line))
  return areNumbered ? lines.map(line => line.replace(number, '')) : lines
}

/** Whether a quote has nothing but lines that a diff takes out. */
export const isTakenOut = (quote: string): boolean =>
  quote.split('\n').every(line => line.trim() === '' || /^(?:-|@@ )/.test(line))

/** What the lines of a diff say of the file after it, and of the file before it, each where it says anything. */
function sidesOf(lines: string[]): string[] {
  return ['+', '-'].flatMap(sign => {
    const other = sign === '+' ? '-' : '+'
    const side = lines.filter(line => !line.startsWith(other))
    const text = side.map(line => (line.startsWith(sign) ? line.slice(1) : line)).join('\n')
    // A side that leaves lines out must show something by itself: a brace would stand in for all that is not there.
    const isWhole = side.length === lines.length
    return side.some(line => line.startsWith(sign)) && (isWhole || weighs(text)) ? [text] : []
  })
}

/** Visible characters, and letters or digits among them, of a quote that shows something wherever it stands. */
const enough = { visible: 8, words: 3 }
/** Visible characters where it stands in one place alone. */
const enoughOnce = 5

/**
 * Whether a quote is long enough to show something: a brace stands everywhere. What is no part of the code does not count:
 * signs of a diff, line numbers, marks of what was masked.
 *
 * @param occurrences In how many places it stands.
 */
export function isEvidenceQuote(quote: string, occurrences: number): boolean {
  const wordings = wordingsOf(quote)
  const isEnough = (wording: string) => weighs(wording) || (occurrences === 1 && visible(wording).length >= enoughOnce)
  return wordings.length > 0 && wordings.every(isEnough)
}

const weighs = (text: string): boolean =>
  visible(text).length >= enough.visible && (visible(text).match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= enough.words

const visible = (text: string): string => plainText(text.replace(/\[masked\]|‹U\+[0-9A-F]+›/g, '')).replace(/\s/g, '')
