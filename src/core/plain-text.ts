// Programs that print (tests, reviewers) are not trusted with the terminal, nor with what a reader can see.

/** Titles, links and other strings meant for the terminal, up to their end mark. */
const terminalStrings = /\x1b[PX^_\]][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?/g
/** Colours and cursor moves (`ESC [`, parameters, a letter), and the other, shorter sequences. */
const escapes = /(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?|\x1b[\x20-\x2f]*[\x30-\x7e]?/g
/** C0 but for tab and newline, C1, marks that turn the writing direction, and letters that nobody can see. */
const invisible = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu

/** What a person would have read: no colours, no control or direction marks, and of an overwritten line its last state. */
export function plainText(text: string): string {
  const bare = text.replace(terminalStrings, '').replace(escapes, '')
  return bare.split('\n').map(lastState).join('\n').replace(invisible, '')
}

function lastState(line: string): string {
  let end = line.length
  while (line[end - 1] === '\r') end--
  return line.slice(line.lastIndexOf('\r', end - 1) + 1, end)
}

/** The end of a text: at most so many lines and characters, cut where a line begins unless one line is too long. */
export function tail(text: string, { lines = 60, chars = 6000 }: { lines?: number; chars?: number } = {}): string {
  const last = text.trimEnd().split('\n').slice(-lines).join('\n')
  if (last.length <= chars) return last
  const cut = last.slice(-chars)
  const lineEnd = cut.indexOf('\n')
  return lineEnd < 0 ? cut : cut.slice(lineEnd + 1)
}

/** C0 but for tab, newline and a carriage return at a line's end; C1; direction marks; letters that nobody can see. */
const hidden =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]|\r(?!\n|$)/gu

/** A text with every sign that would be invisible spelled out (`‹U+202E›`): what hides in code is for the reviewer to see. */
export const spelledOut = (text: string): string =>
  text.replace(hidden, sign => `‹U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›`)

const oddInName = /[\x00-\x1f\x7f-\x9f`"<>\\\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufffd]|^ | $|, /

/** A file name that cannot end a line, a fence or a list: quoted when it holds anything but plain characters. */
export const shownPath = (path: string): string =>
  oddInName.test(path) ? JSON.stringify(spelledOut(path)).replaceAll('`', "'") : path
