const marks = /(-{4,5} ?(?:BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5})/
const otherBegins = /-{4,5} ?BEGIN (?![A-Z0-9 ]{0,40}PRIVATE KEY)[A-Z0-9 ]{1,60}-{4,5}/
/** An address that holds what it names. */
const dataAddress = /;base64,/
const anyEnd = /-{4,5} ?END [A-Z0-9 ]{1,60}-{4,5}/
/** A line of a key: base64, with whatever marks, quotes and signs a diff, a comment or a language puts around it. */
const body =
  /^[+\- ]?[\s#*>/|"'`+]{0,40}(?:(?=[+/=]{0,40}[A-Za-z0-9])[A-Za-z0-9+/=]+|\[masked\])(?:\\[nr]){0,4}["'`]?[\s+,;.)\\]{0,20}$/
const header =
  /^[+\- ]?[\s#*>/|"'`+]{0,40}(?:(?:Proc-Type|DEK-Info|Version|Comment|Subject|Hash|Charset): .{0,200})?(?:\\[nr]){0,4}["'`]?[\s+,;\\]{0,20}$/
const lead = /^[+\- ]?\s*/
/** Between two marks of one line: nothing of code. */
const between = /^[^(){}<>$&|;]*$/
/** A line as the usual programs break keys: 64, 70, 72 or 76 characters, and no hash. */
const wrapped =
  /^[+\- ]?\s{0,40}["']?(?:[A-Za-z0-9+/]{64}|[A-Za-z0-9+/]{70}|[A-Za-z0-9+/]{72}|[A-Za-z0-9+/]{76})(?:\\n|\\r\\n)?["']?,?\r?$/
const lastOfRun = /^[+\- ]?\s{0,40}["']?[A-Za-z0-9+/]{4,76}={0,2}(?:\\n|\\r\\n)?["']?,?\r?$/
const puttyLines = /^[+\- ]?\s*(Private|Public)-Lines:\s*(\d{1,4})\s*$/

type State = { in: 'nothing' | 'key' | 'public' | 'run' } | { in: 'putty'; isKey: boolean; left: number }

/**
 * Returns a function that masks private keys line by line: from their first line to their last, and also the rest of a
 * key whose first line is not there, which is known by its form. Text that is no part of a key ends it, so that a mark in
 * a comment hides nothing below it.
 */
export function keyMasker(): (line: string) => string {
  let state: State = { in: 'nothing' }
  return line => {
    // Most lines: too short for one of a key, and no mark.
    if (state.in === 'nothing' && line.length < 64 && !/----|-Lines:|;base64,/.test(line)) return line
    const [shown, next] = masked(line, state)
    state = next
    return shown
  }
}

function masked(line: string, state: State): [string, State] {
  const putty = puttyLines.exec(line)
  if (putty) return [line, { in: 'putty', isKey: putty[1] === 'Private', left: Number(putty[2]) }]
  if (marks.test(line)) return withMarks(line)
  if (otherBegins.test(line)) return [line, { in: anyEnd.test(line) ? 'nothing' : 'public' }]
  if (anyEnd.test(line)) return [line, { in: 'nothing' }]
  if (dataAddress.test(line)) return [line, { in: 'public' }]
  if (state.in === 'putty') return puttyLine(line, state)
  if (state.in === 'key' && header.test(line)) return [line, state]
  if (state.in === 'key' && body.test(line)) return [whole(line), state]
  if (state.in === 'public' && (body.test(line) || header.test(line))) return [line, state]
  if (wrapped.test(line) && isMixed(line)) return [whole(line), { in: 'run' }]
  if (state.in === 'run' && lastOfRun.test(line) && isMixed(line)) return [whole(line), state]
  return [line, { in: 'nothing' }]
}

function puttyLine(line: string, state: { isKey: boolean; left: number }): [string, State] {
  if (state.left === 0 || !body.test(line)) return [line, { in: 'nothing' }]
  return [state.isKey ? whole(line) : line, { in: 'putty', isKey: state.isKey, left: state.left - 1 }]
}

const whole = (line: string): string => `${lead.exec(line)![0]}[masked]`
/** Small letters, capitals and digits: base64, and neither a word nor a hash. */
const isMixed = (line: string): boolean => /[a-z]/.test(line) && /[A-Z]/.test(line) && /\d/.test(line)

/** A line with the first or the last mark of a key in it, or with both. */
function withMarks(line: string): [string, State] {
  const parts = line.split(marks)
  let open = false
  const shown = parts.map((part, index) => {
    if (index % 2 === 1) {
      open = part.includes('BEGIN')
      return part
    }
    const closes = parts[index + 1]?.includes('END') ?? false
    return keyPart(part, { open, closes })
  })
  const rest = shown.at(-1)!
  // What follows the mark is no code: `startsWith('-----BEGIN …')` opens nothing.
  const opens = open && /^(?:\\[nr]|["'`\s+,\\]|\[masked\])*$/.test(rest)
  return [shown.join(''), { in: opens ? 'key' : 'nothing' }]
}

/** A piece of a line beside the marks of keys. */
function keyPart(part: string, { open, closes }: { open: boolean; closes: boolean }): string {
  if (open && closes) return between.test(part) && /[A-Za-z0-9]/.test(part) ? '[masked]' : part
  if (open) return part.replace(/^((?:\\[nr]|\s)*)[A-Za-z0-9+/=\\]{16,}/, '$1[masked]')
  return closes ? withoutLastRun(part) : part
}

/** The text without the base64 that it ends with. */
function withoutLastRun(text: string): string {
  let from = text.length
  while (from > 0 && /[A-Za-z0-9+/=\\]/.test(text[from - 1]!)) from--
  return text.length - from >= 16 ? `${text.slice(0, from)}[masked]` : text
}
