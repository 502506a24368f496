// Programs that print (tests, reviewers) are not trusted with the terminal, nor with what a reader can see.

/** Titles, links and other strings meant for the terminal, up to their end mark. */
const terminalStrings = /\x1b[PX^_\]][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?/g
/** Colours and cursor moves (`ESC [`, parameters, a letter), and the other, shorter sequences. */
const escapes = /(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?|\x1b[\x20-\x2f]*[\x30-\x7e]?/g

/**
 * Signs that nobody sees, as the source of a pattern: controls but for tab and newline, line separators, marks that turn the
 * writing direction, joiners, letters without a shape. A selector that makes a pictograph or a keycap of the sign before it
 * (⚠️, 1️⃣) is seen.
 */
const unseen = String.raw`[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb](?<![\t\n]|\p{Extended_Pictographic}[\ufe0e\ufe0f]|[\d#*]\ufe0f(?=\u20e3))`

/** In prose the two joiners stay: Persian and Indic words are spelled with them, and emoji made of several. */
const unseenInProse = new RegExp(String.raw`${unseen}(?<![\u200c\u200d])`, 'gu')
/** In code nothing stays but the carriage return at a line's end. */
const unseenInCode = new RegExp(String.raw`${unseen}(?<!\r)|\r(?!\n|$)`, 'gu')
/** In a name: also what ends a line, a quote, a tag or an item of a list, and blanks at an edge. */
const oddInName = new RegExp(String.raw`${unseen}|[\t\n\x60"<>\\\ufffd]|^ | $|, `, 'u')

/** What a person would have read: no colours, no control or direction marks, and of an overwritten line its last state. */
export function plainText(text: string): string {
  const bare = text.replace(terminalStrings, '').replace(escapes, '')
  return bare
    .split(/[\n\u2028\u2029]/)
    .map(lastState)
    .join('\n')
    .replace(unseenInProse, '')
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

/** A text with every sign that would be invisible spelled out (`‹U+202E›`): what hides in code is for the reviewer to see. */
export const spelledOut = (text: string): string =>
  text.replace(unseenInCode, sign => `‹U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›`)

/** A file name that cannot end a line, a fence or a list: quoted when it holds anything but plain characters. */
export const shownPath = (path: string): string =>
  oddInName.test(path) ? JSON.stringify(spelledOut(path)).replaceAll('`', "'") : path
