import type { TestCount } from '../../../model/ledger/suites.ts'

/** What one runner says of how many tests it ran; null where the text is not this runner's. */
export type Counter = (lines: string[]) => TestCount | null

export const none: TestCount = { ran: 0, skipped: 0, unit: 'tests' }

/** Two counts together; where one counts packages or tasks, the one in tests says more. */
export function plus(a: TestCount | null, b: TestCount | null): TestCount | null {
  if (!a || !b) return a ?? b
  if (a.unit !== b.unit) {
    if (a.ran === 0) return b
    if (b.ran === 0) return a
    return a.unit === 'tests' ? a : b
  }
  return { ran: a.ran + b.ran, skipped: a.skipped + b.skipped, unit: a.unit }
}

/** Named numbers of one line: those of tests that ran, of all, and of those that did not run. */
type Numbers = Record<string, number>

/** The sum over every line that is a summary; each number counts by its group's name, or as the line is read. */
export function perLine(summary: RegExp, read: (numbers: Numbers) => { ran: number; skipped?: number }): Counter {
  return lines => {
    let sum: TestCount | null = null
    for (const line of lines) {
      const found = summary.exec(line)
      if (!found) continue
      const numbers = Object.fromEntries(Object.entries(found.groups!).map(([name, text]) => [name, Number(text ?? 0)]))
      const { ran, skipped = 0 } = read(numbers)
      sum = plus(sum, { ran, skipped, unit: 'tests' })
    }
    return sum
  }
}

const neverRan = /^(skip|pend|ignor|todo|omission|exclud|disabled|incomplete)/

/**
 * The sum over every line that lists numbers with words, such as `1 failed, 3 passed, 2 skipped`.
 *
 * @param leave Words whose numbers count nothing of their own: totals, files, assertions.
 */
export function perList(summary: RegExp, leave = /^(total|deselected|warning|rerun|assertion)/): Counter {
  return lines => {
    let sum: TestCount | null = null
    for (const line of lines) {
      const list = summary.exec(line)?.[1]
      if (list === undefined) continue
      for (const [, number, word = ''] of list.matchAll(/(\d+) (?:tests? )?([a-z]+)/gi)) {
        const isSkipped = neverRan.test(word)
        if (leave.test(word)) continue
        sum = plus(sum, { ran: isSkipped ? 0 : Number(number), skipped: isSkipped ? Number(number) : 0, unit: 'tests' })
      }
      sum = plus(sum, none)
    }
    return sum
  }
}

/** A line by which a runner says that it had nothing to run. */
export const notice =
  (said: RegExp): Counter =>
  lines =>
    lines.some(line => said.test(line)) ? none : null

/** Whichever of these reads something first. */
export const firstOf =
  (...counters: Counter[]): Counter =>
  lines => {
    for (const counter of counters) {
      const found = counter(lines)
      if (found) return found
    }
    return null
  }
