import { type Counter, firstOf, none, notice, perLine } from './count.ts'

/**
 * A package says `ok` and no number; with `-v` each test has a line. `?` and `[no tests to run]` are packages in which
 * nothing ran.
 */
const go: Counter = lines => {
  const packages = lines.filter(line => /^(ok {2}|FAIL|\? {3})\t\S+\t/.test(line))
  if (packages.length === 0) return null
  const ran = packages.filter(
    line => /^(ok|FAIL)/.test(line) && !/\[(no tests to run|no test files|setup failed|build failed)\]/.test(line),
  )
  const tests = lines.flatMap(line => /^--- (PASS|FAIL|SKIP): /.exec(line)?.[1] ?? [])
  // Without -v only what fails has a line.
  if (!tests.includes('PASS') && !tests.includes('SKIP')) return { ran: ran.length, skipped: 0, unit: 'packages' }
  const skipped = tests.filter(how => how === 'SKIP').length
  return { ran: tests.length - skipped, skipped, unit: 'tests' }
}

/** `DONE 5 tests, 1 skipped, 1 failure in 0.5s`. */
const gotestsum = perLine(
  /^DONE (?:\d+ runs, )?(?<all>\d+) tests?(?:, (?<skipped>\d+) skipped)?/,
  ({ all = 0, skipped = 0 }) => ({
    ran: all - skipped,
    skipped,
  }),
)

/** `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`, for each target. */
const cargo = perLine(
  /^test result: \w+\. (?<passed>\d+) passed; (?<failed>\d+) failed; (?<ignored>\d+) ignored; (?<measured>\d+) measured/,
  ({ passed = 0, failed = 0, ignored = 0, measured = 0 }) => ({
    ran: passed + failed + measured,
    skipped: ignored,
  }),
)

/** `     Summary [   0.005s] 3 tests run: 3 passed, 1 skipped`. */
const nextest = perLine(
  /^ +Summary \[ *[\d.]+s\] +(?<ran>\d+)(?:\/\d+)? tests? run: .*?(?:(?<skipped>\d+) skipped)?$/,
  ({ ran = 0, skipped = 0 }) => ({ ran, skipped }),
)

/** `67% tests passed, 1 tests failed out of 3`; what was skipped is in that sum, what is disabled is not; both are listed below. */
const ctest: Counter = lines => {
  const of = lines.flatMap(line => /^\d+% tests passed, \d+ tests? failed out of (\d+)$/.exec(line)?.[1] ?? [])
  if (of.length === 0) return null
  const listed = (how: string) => lines.filter(line => /^\s+\d+ - /.test(line) && line.endsWith(` (${how})`)).length
  const all = of.reduce((sum, number) => sum + Number(number), 0)
  return { ran: all - listed('Skipped'), skipped: listed('Skipped') + listed('Disabled'), unit: 'tests' }
}

/** `[==========] 3 tests from 1 test suite ran. (0 ms total)`. */
const gtest = perLine(/^(?:\[=+\] )?(?<ran>\d+) tests? from \d+ test (?:suites?|cases?) ran\./, ({ ran = 0 }) => ({
  ran,
}))

/** `Ok:                 3   ` with `Fail`, `Skipped` and the rest, a line each. */
const meson: Counter = lines => {
  const of = (word: string) =>
    Number(lines.map(line => new RegExp(`^${word}: +(\\d+) *$`).exec(line)?.[1]).find(Boolean) ?? 0)
  if (!lines.some(line => /^Ok: +\d+ *$/.test(line))) return null
  return {
    ran: of('Ok') + of('Expected Fail') + of('Fail') + of('Unexpected Pass') + of('Timeout'),
    skipped: of('Skipped'),
    unit: 'tests',
  }
}

/** `Executed 3 tests, with 1 test skipped and 0 failures (0 unexpected) in …`: each suite says it, the whole last. */
const xctest: Counter = lines => {
  const last = lines.findLast(line => /^\s*Executed \d+ tests?, with /.test(line))
  if (last === undefined) return null
  const [, all = 0, skipped = 0] = /Executed (\d+) tests?, with (?:(\d+) tests? skipped)?/.exec(last)!
  return { ran: Number(all) - Number(skipped), skipped: Number(skipped), unit: 'tests' }
}

/** `✔ Test run with 3 tests in 1 suite passed after 0.001 seconds.` */
const swiftTesting = perLine(/^. Test run with (?<ran>\d+) tests?\b.* (?:passed|failed) after /u, ({ ran = 0 }) => ({
  ran,
}))

const nothing = [
  /^No tests were found!!!$/,
  /^No tests defined\.$/,
  /^error: no tests to run$/,
  /^warning: No matching test cases were run$/,
].map(notice)

/** `All 3 tests passed.`: EUnit and Zig. */
const allPassed = perLine(/^ *All (?<ran>\d+) tests passed\.$/, ({ ran = 0 }) => ({ ran }))

/** `00:01 +3 ~1 -1: All tests passed!`: each line has the numbers so far. */
const dart: Counter = lines => {
  const last = lines.findLast(line =>
    /^\d\d:\d\d \+\d+.*: (All tests passed!|Some tests failed\.|All other tests passed!|All tests skipped\.)$/.test(
      line,
    ),
  )
  if (last === undefined) return lines.some(line => /^No tests ran\.$/.test(line)) ? none : null
  const of = (mark: string) => Number(new RegExp(` \\${mark}(\\d+)`).exec(last)?.[1] ?? 0)
  return { ran: of('+') + of('-'), skipped: of('~'), unit: 'tests' }
}

export const compiled: Counter[] = [
  firstOf(gotestsum, go),
  cargo,
  nextest,
  firstOf(ctest, gtest),
  meson,
  xctest,
  swiftTesting,
  allPassed,
  dart,
  ...nothing,
]
