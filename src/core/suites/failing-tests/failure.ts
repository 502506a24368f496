/** One failing test, or one file that could not be loaded. */
export type Failure = {
  /** The runner's own notation, outermost first. */
  name: string
  /** What went wrong in one line, where the runner prints it beside the name. */
  message?: string
}

/** Finds the failures in the plain text of a test run; none where the text is not this runner's. */
export type Reader = (lines: string[]) => Failure[]

const longestMessage = 200

/** A message that starts at `lines[from]` or the next line with text; a line that ends with a colon takes one more. */
export function messageAt(lines: string[], from: number): string | undefined {
  const at = nextText(lines, from)
  const first = lines[at]?.trim()
  if (!first) return undefined
  const second = first.endsWith(':') ? lines[nextText(lines, at + 1)]?.trim() : undefined
  return short(second && !second.startsWith('at ') ? `${first} ${second}` : first)
}

export const short = (text: string): string =>
  text.length <= longestMessage ? text : `${text.slice(0, longestMessage - 1)}…`

/** The error that a file died of, printed as it came somewhere above `lines[at]` but below the test before it. */
export function uncaughtAbove(lines: string[], at: number): string | undefined {
  for (let i = at - 1; i >= 0 && !/^([▶✔✖]|(not )?ok )/.test(lines[i]!); i--) {
    const error = /^(?:# )?(\w*Error\b.*: .+)$/.exec(lines[i]!)?.[1]
    if (error) return short(error)
  }
  return undefined
}

function nextText(lines: string[], from: number): number {
  const found = lines.slice(from, from + 4).findIndex(line => line.trim() !== '')
  return found < 0 ? lines.length : from + found
}
