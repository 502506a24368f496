import { fullHookPath, hookPath, hookPattern } from '../../model/paths.ts'

/**
 * What git is told about the gate. Hosts fold a generated file in diffs and leave it out of statistics; a merge that finds two
 * versions leaves one of them whole, with a conflict to end: markers in it would break every hook. Diffs stay as they are,
 * since they show who replaced it.
 */
export const attributesLine = `${hookPattern} linguist-generated -merge`

/** Whether some line already says how the gate is treated. */
export const coversGate = (text: string): boolean =>
  placedLines(text).some(({ line }) =>
    [hookPath, fullHookPath, hookPattern].includes(line.trim().replace(/\s.*/, '').replace(/^\//, '')),
  )

export const hasLine = (text: string, wanted: string): boolean => placedLines(text).some(({ line }) => line === wanted)

/** Adds a line at the end. Where the last line has no line end, it gets none either: removing it restores every byte. */
export function addLine(text: string, line: string): string {
  const isEnded = text === '' || text === '\uFEFF' || text.endsWith('\n')
  if (isEnded) return text + line + endIn(text)
  // A lone carriage return would become part of the new line's end, and be removed with it.
  return text + (text.endsWith('\r') ? '\r\n' : endIn(text)) + line
}

/** Removes the last such line with its line end; as the last line of a file, with the line end before it. */
export function removeLine(text: string, line: string): string {
  const found = placedLines(text).findLast(one => one.line === line)
  if (!found) return text
  const { from, to, next } = found
  const start = next > to ? from : text.slice(0, from).replace(/\r?\n$/, '').length
  return text.slice(0, start) + text.slice(next)
}

/** Replaces a line and keeps its line end. */
export function changeLine(text: string, line: string, to: string): string {
  const found = placedLines(text).findLast(one => one.line === line)
  return found ? text.slice(0, found.from) + to + text.slice(found.to) : text
}

/** Each line without its end and a byte order mark; it is at `from` up to `to`, and the next one begins at `next`. */
function placedLines(text: string): { line: string; from: number; to: number; next: number }[] {
  const body = text.startsWith('\uFEFF') ? 1 : 0
  return [...text.slice(body).matchAll(/([^\n]*?)(\r?\n|$)/g)]
    .filter(([whole]) => whole !== '')
    .map(({ 0: whole, 1: line = '', index }) => {
      const from = index + body
      return { line, from, to: from + line.length, next: from + whole.length }
    })
}

/** The line end that most lines have. */
function endIn(text: string): string {
  const crlf = text.split('\r\n').length - 1
  return crlf > text.split('\n').length - 1 - crlf ? '\r\n' : '\n'
}
