/** What takes two columns, as far as it matters here: Chinese, Japanese, Korean, full-width forms, pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu
const unseen = /\u001b\[\d+m|\p{M}/gu

/** Columns that a text takes; colours take none. */
const width = (text: string): number => {
  const seen = text.replace(unseen, '')
  return [...seen].length + (seen.match(wide)?.length ?? 0)
}

/**
 * A text whose lines break between words before a terminal would break them anywhere; a word that is longer stays whole, so
 * that it can be copied.
 *
 * @param hanging By how much the rest of a line is indented.
 */
export const wrapped = (text: string, columns: number, hanging: (line: string) => number): string =>
  Number.isFinite(columns)
    ? text
        .split('\n')
        .flatMap(line => broken(line, columns, hanging(line)))
        .join('\n')
    : text

function broken(line: string, columns: number, hanging: number): string[] {
  if (width(line) <= columns) return [line]
  const [, start = '', rest = ''] = /^( *)(.*)$/s.exec(line) ?? []
  const [first = '', ...words] = rest.split(' ')
  const lines = [`${start}${first}`]
  for (const word of words) {
    const last = lines.at(-1)!
    if (width(last) + 1 + width(word) <= columns) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`${' '.repeat(hanging)}${word}`)
  }
  return lines
}
