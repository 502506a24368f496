// Models' words are data: they must not become markup. What is not markup where it stands stays unchanged, so that prose can
// be read unrendered too: `snake_case`, `a * b`, `i < n`, `x || y`. Addresses that GitHub links by itself stay: they hide nothing.

/** Markup within a line. @see https://github.github.com/gfm/#inlines */
const inline = /[\\`~[]|\*(?! )|(?<! )\*|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?<=\s)#(?=#*$)|&(?=#?\w{1,31};)/gu
/** A character reference, not a backslash: an address before it would take that for its own, and leave the tag alive. */
const tag = /<(?=[a-z/!?])/gi
/** Where a line would begin a heading, a quote, a list, a rule or a table, or make a heading of the line before. */
const opening = /^(?:\d{1,9}(?=[.)](?:\s|$))|(?=[>|]|#{1,6}(?:\s|$)|[+-](?:[\s:|-]|$)|:-|=+$))/
/** Code stays code where a model sets it apart from other words, and where nothing in it would be a tag or a link outside. */
const codeSpan = /(?<=(?:^| )\(?)(`[^`]+`)(?!`)/
const alive = /<[a-z/!?]|\][[(:]/i

/** Foreign words as Markdown in GitHub's dialect that shows just these words. */
export const escaped = (text: string): string => text.split('\n').map(escapedLine).join('\n')

function escapedLine(line: string): string {
  const parts = line.trim().split(codeSpan)
  // Every second part is what the pattern has caught.
  const safe = parts.map((part, n) => (n % 2 === 1 && !alive.test(part) ? part : escapedWords(part)))
  return safe.join('').replace(opening, '$&\\')
}

const escapedWords = (words: string): string => words.replace(inline, '\\$&').replace(tag, '&lt;')
