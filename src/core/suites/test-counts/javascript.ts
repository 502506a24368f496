import { type Counter, firstOf, notice, perLine, perList, plus } from './count.ts'

/** `      Tests  1 failed | 3 passed | 1 skipped (5)`, or `      Tests  no tests`. */
const vitest = perList(/^ +Tests {2}(.*?)(?: \(\d+\))?$/)

/** `Tests:       1 failed, 1 skipped, 3 passed, 5 total`. */
const jest = perList(/^Tests: {7}(.* total)$/)

/** `  3 passing (4ms)` and, on lines of their own, `  1 pending`, `  1 failing`. */
const mocha: Counter = lines =>
  lines.some(line => /^ {2}\d+ passing \(/.test(line))
    ? perList(/^ {2}(\d+ (?:passing|pending|failing))\b/)(lines)
    : null

/** What did not run is in the sum of them all: `ℹ tests 5` or, in TAP, `# tests 5`. */
const nodeTotals: Counter = lines => {
  const of = (word: string) => {
    const found = lines.flatMap(line => new RegExp(`^(?:ℹ|#) ${word} (\\d+)$`).exec(line)?.[1] ?? [])
    return found.length > 0 ? found.reduce((sum, number) => sum + Number(number), 0) : null
  }
  const all = of('tests')
  if (all === null) return null
  const skipped = (of('skipped') ?? of('skip') ?? 0) + (of('todo') ?? 0)
  return { ran: Math.max(0, all - skipped - emptyFiles(lines)), skipped, unit: 'tests' }
}

/** Before Node 22 a file without a test is itself a test that passes, by its name. */
const emptyFiles = (lines: string[]): number =>
  lines.filter(line => /^(?:✔ |ok \d+ - )\S*[/\\]\S+\.[cm]?[jt]sx?(?: \([\d.]+ms\))?$/.test(line)).length

/** TAP of others: its own lines at the left edge, where no summary follows. */
const tapLines: Counter = lines => {
  if (!lines.some(line => /^(TAP version \d+|1\.\.\d+)/.test(line))) return null
  const points = lines.filter(line => /^(not )?ok \d+/.test(line))
  const skipped = points.filter(line => / # (SKIP|TODO)\b/i.test(line)).length
  return { ran: points.length - skipped, skipped, unit: 'tests' }
}

/** node-tap: `# { total: 5, pass: 3, fail: 1, skip: 1 }`. */
const nodeTap = perLine(
  /^# \{ total: (?<all>\d+)(?:, pass: \d+)?(?:, fail: \d+)?(?:, todo: (?<todo>\d+))?(?:, skip: (?<skip>\d+))? \}$/,
  ({ all = 0, skip = 0, todo = 0 }) => ({
    ran: all - skip - todo,
    skipped: skip + todo,
  }),
)

/** `  3 tests passed`, `  1 test failed`, `  1 test skipped`, `  1 uncaught exception`. */
const ava = perList(/^ {2}(\d+ tests? (?:passed|failed|skipped|todo))$/)

/** ` 3 pass`, ` 1 skip`, ` 1 fail`, and `Ran 5 tests across 1 file. [8.00ms]`. */
const bun: Counter = lines =>
  lines.some(line => /^Ran \d+ tests? across \d+ files?\./.test(line))
    ? perList(/^ *(\d+ (?:pass|fail|skip|todo))$/)(lines)
    : null

/** `ok | 3 passed | 0 failed | 1 ignored (4ms)`; steps stand in parentheses. */
const deno = perList(/^(?:ok|FAILED) \| (\d+ passed.*) \([^()]*s\)$/, /^steps?$/)

/** `  3 passed (1.2s)` and, above it, `  1 failed`, `  1 skipped`, `  1 flaky`. */
const playwright: Counter = lines =>
  lines.some(line => /^Running \d+ tests? using \d+ workers?/.test(line))
    ? perList(/^ {2}(\d+ (?:passed|failed|skipped|flaky|interrupted|did not run))\b/)(
        lines.map(line => line.replace(/^( {2}\d+) did not run/, '$1 skipped')),
      )
    : null

const nothing = [
  /^No test files found, exiting with code \d/,
  /^No tests found, exiting with code \d/,
  /^No tests found related to files changed since/,
  /^(Error|error): No tests? (files |modules )?found\b/,
  /^Error: No test files found/,
  /^ *✘ Couldn’t find any files to test/,
  /^(No tests found!|Test filter .* had no matches)/,
].map(notice)

const tap = firstOf(nodeTap, nodeTotals, tapLines)

const runners: Counter[] = [vitest, jest, mocha, tap, ava, bun, deno, playwright, ...nothing]

export const javascript: Counter = lines =>
  runners.reduce((sum, one) => plus(sum, one(lines)), null as ReturnType<Counter>)
