import { type Counter, firstOf, notice, perLine, perList } from './count.ts'

/** `5 examples, 1 failure, 1 pending`. */
const rspec = perLine(
  /^(?<all>\d+) examples?, \d+ failures?(?:, (?<pending>\d+) pending)?/,
  ({ all = 0, pending = 0 }) => ({
    ran: all - pending,
    skipped: pending,
  }),
)

/** `5 runs, 6 assertions, 1 failures, 0 errors, 1 skips`. */
const minitest = perLine(
  /^(?<all>\d+) runs, \d+ assertions, \d+ failures, \d+ errors, (?<skips>\d+) skips$/,
  ({ all = 0, skips = 0 }) => ({
    ran: all - skips,
    skipped: skips,
  }),
)

/** `5 tests, 6 assertions, 1 failures, 0 errors, 1 pendings, 1 omissions, 0 notifications`. */
const testUnit = perLine(
  /^(?<all>\d+) tests, \d+ assertions, \d+ failures, \d+ errors, (?<pendings>\d+) pendings, (?<omissions>\d+) omissions/,
  ({ all = 0, pendings = 0, omissions = 0 }) => ({
    ran: all - pendings - omissions,
    skipped: pendings + omissions,
  }),
)

/** `OK (5 tests, 6 assertions)`, or `Tests: 5, Assertions: 6, Failures: 1, Skipped: 1, Incomplete: 1.` */
const phpunit = firstOf(
  perLine(/^OK \((?<ran>\d+) tests?, \d+ assertions?\)$/, ({ ran = 0 }) => ({ ran })),
  perLine(
    /^Tests: (?<all>\d+), Assertions: \d+(?:, (?!Skipped|Incomplete)[A-Z][\w ]+: \d+)*(?:, Skipped: (?<skipped>\d+))?(?:, Incomplete: (?<incomplete>\d+))?/,
    ({ all = 0, skipped = 0, incomplete = 0 }) => ({
      ran: all - skipped - incomplete,
      skipped: skipped + incomplete,
    }),
  ),
)

/** `  Tests:    1 failed, 1 skipped, 3 passed (4 assertions)`. */
const pest = perList(/^ +Tests: +(.*) \(\d+ assertions?\)$/)

/** `2 doctests, 3 tests, 1 failure, 1 excluded, 1 skipped`; Bats says `3 tests, 0 failures`. */
const exunit = perLine(
  /^(?:(?<doctests>\d+) doctests?, )?(?:(?<properties>\d+) propert(?:y|ies), )?(?<tests>\d+) tests?, \d+ failures?(?:, \d+ invalid)?(?:, (?<excluded>\d+) excluded)?(?:, (?<skipped>\d+) skipped)?$/,
  ({ doctests = 0, properties = 0, tests = 0, excluded = 0, skipped = 0 }) => ({
    ran: doctests + properties + tests - excluded - skipped,
    skipped: excluded + skipped,
  }),
)

/** `Ran 3 tests containing 4 assertions.` */
const clojure = perLine(/^Ran (?<ran>\d+) tests containing \d+ assertions\.$/, ({ ran = 0 }) => ({ ran }))

/** `3 successes / 1 failure / 0 errors / 1 pending : 0.01 seconds`. */
const busted = perLine(
  /^(?<passed>\d+) success(?:es)? \/ (?<failed>\d+) failures? \/ (?<errors>\d+) errors? \/ (?<pending>\d+) pending : /,
  ({ passed = 0, failed = 0, errors = 0, pending = 0 }) => ({
    ran: passed + failed + errors,
    skipped: pending,
  }),
)

/** `Files=2, Tests=5,  0 wallclock secs (…)`. */
const prove = perLine(/^Files=\d+, Tests=(?<ran>\d+), /, ({ ran = 0 }) => ({ ran }))

/** `[ FAIL 0 | WARN 0 | SKIP 1 | PASS 3 ]`. */
const testthat: Counter = lines => {
  const last = lines.findLast(line => /^\[ FAIL \d+ \| WARN \d+ \| SKIP \d+ \| PASS \d+ \]$/.test(line))
  if (last === undefined) return null
  const of = (word: string) => Number(new RegExp(`${word} (\\d+)`).exec(last)![1])
  return { ran: of('FAIL') + of('PASS'), skipped: of('SKIP'), unit: 'tests' }
}

const nothing = [
  /^No examples found\.$/,
  /^No tests executed!$/,
  /^ +INFO {2}No tests found\.$/,
  /^There (are|were) no tests to run\b/,
  /^ *There were no tests to run\.$/,
  /^Result: NOTESTS$/,
].map(notice)

export const scripting: Counter[] = [
  rspec,
  minitest,
  testUnit,
  phpunit,
  pest,
  exunit,
  clojure,
  busted,
  prove,
  testthat,
  ...nothing,
]
