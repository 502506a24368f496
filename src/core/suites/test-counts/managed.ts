import { type Counter, firstOf, notice, perLine } from './count.ts'

/** `Tests run: 5, Failures: 1, Errors: 0, Skipped: 1` below `Results:`; each class says the same with its time. */
const surefire = perLine(
  /^(?:\[\w+\] )?Tests run: (?<all>\d+), Failures: \d+, Errors: \d+, Skipped: (?<skipped>\d+)$/,
  ({ all = 0, skipped = 0 }) => ({
    ran: all - skipped,
    skipped,
  }),
)

/** `5 tests completed, 1 failed, 1 skipped`, which only a red run says; else the test tasks are all there is. */
const gradle: Counter = lines => {
  const counted = perLine(
    /^(?<all>\d+) tests? completed(?:, \d+ failed)?(?:, (?<skipped>\d+) skipped)?$/,
    ({ all = 0, skipped = 0 }) => ({
      ran: all - skipped,
      skipped,
    }),
  )(lines)
  if (counted) return counted
  if (!lines.some(line => /^BUILD SUCCESSFUL in /.test(line))) return null
  const outcomes = lines.flatMap(line => {
    const found = /^> Task :(?:\S+:)?(?:\w+Test|test)(?: ([A-Z-]+))?$/.exec(line)
    return found ? [found[1] ?? ''] : []
  })
  if (outcomes.length === 0) return null
  const ran = outcomes.filter(outcome => outcome !== 'NO-SOURCE' && outcome !== 'SKIPPED')
  return { ran: ran.length, skipped: 0, unit: 'tasks' }
}

/** `Passed!  - Failed:     0, Passed:     3, Skipped:     1, Total:     4, Duration: 5 ms - …`, for each assembly. */
const vstest = perLine(
  /^ *(?:Passed|Failed|Skipped)! +- Failed: +(?<failed>\d+), Passed: +(?<passed>\d+), Skipped: +(?<skipped>\d+), Total:/,
  ({ failed = 0, passed = 0, skipped = 0 }) => ({
    ran: failed + passed,
    skipped,
  }),
)

/** `Test summary: total: 4, failed: 0, succeeded: 3, skipped: 1, duration: 1.2s`. */
const dotnetSummary = perLine(
  /^ *Test summary: total: \d+, failed: (?<failed>\d+), succeeded: (?<passed>\d+), skipped: (?<skipped>\d+)/,
  ({ failed = 0, passed = 0, skipped = 0 }) => ({
    ran: failed + passed,
    skipped,
  }),
)

/** `[info] Tests: succeeded 3, failed 0, canceled 0, ignored 1, pending 0`. */
const scalatest = perLine(
  /^(?:\[\w+\] )?Tests: succeeded (?<passed>\d+), failed (?<failed>\d+), canceled (?<canceled>\d+), ignored (?<ignored>\d+), pending (?<pending>\d+)$/,
  ({ passed = 0, failed = 0, canceled = 0, ignored = 0, pending = 0 }) => ({
    ran: passed + failed,
    skipped: canceled + ignored + pending,
  }),
)

/** `[info] Passed: Total 4, Failed 0, Errors 0, Passed 3, Skipped 1`. */
const sbt = perLine(
  /^(?:\[\w+\] )?(?:Passed|Failed|Error): Total (?<all>\d+), Failed \d+, Errors \d+, Passed \d+(?:, (?:Ignored|Skipped) (?<skipped>\d+))?/,
  ({ all = 0, skipped = 0 }) => ({
    ran: all - skipped,
    skipped,
  }),
)

const nothing = [
  /^(?:\[\w+\] )?(?:No tests to run\b|There are no tests to run\.|Tests are skipped\.|No tests were executed)/,
  /^No test is available in /,
  /^No test matches the given testcase filter/,
  /^ *Zero tests ran\b/,
].map(notice)

export const managed: Counter[] = [
  surefire,
  gradle,
  firstOf(vstest, dotnetSummary),
  firstOf(scalatest, sbt),
  ...nothing,
]
