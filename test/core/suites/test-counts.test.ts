import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { testCount } from '../../../src/core/suites/test-counts/index.ts'
import { plainText } from '../../../src/core/text/plain-text.ts'

const directory = new URL('../../fixtures/test-output/counts/', import.meta.url)
const recorded = (file: string) => plainText(readFileSync(new URL(file, directory), 'utf8'))
const counted = (text: string) => {
  const count = testCount(text)
  return count && `${count.ran} ${count.unit}, ${count.skipped} skipped`
}
const fixtures = readdirSync(directory).map(file => file.replace('.txt', ''))
const named = (how: RegExp) => fixtures.filter(name => how.test(name))

describe('how many tests a recorded run has run', () => {
  it.each([
    ['ava-mixed', '1 tests, 2 skipped'],
    ['ava-tap', '2 tests, 1 skipped'],
    ['bun-mixed', '2 tests, 2 skipped'],
    ['cargo-mixed', '2 tests, 1 skipped'],
    ['ctest-mixed', '2 tests, 2 skipped'],
    ['deno-mixed', '3 tests, 1 skipped'],
    ['exunit-green', '2 tests, 0 skipped'],
    ['exunit-mixed', '4 tests, 1 skipped'],
    ['go-green', '1 packages, 0 skipped'],
    ['go-mixed', '2 packages, 0 skipped'],
    ['go-v-green', '1 tests, 0 skipped'],
    ['go-v-mixed', '3 tests, 1 skipped'],
    ['jest-mixed', '2 tests, 2 skipped'],
    ['minitest-mixed', '2 tests, 1 skipped'],
    ['mocha-mixed', '2 tests, 2 skipped'],
    ['node-spec-mixed', '2 tests, 2 skipped'],
    ['node-tap-mixed', '2 tests, 2 skipped'],
    ['phpunit-g', '1 tests, 0 skipped'],
    ['phpunit-m', '2 tests, 1 skipped'],
    ['playwright-mixed', '2 tests, 1 skipped'],
    ['pytest-mixed', '3 tests, 1 skipped'],
    ['pytest-q-mixed', '3 tests, 1 skipped'],
    ['rspec-mixed', '2 tests, 1 skipped'],
    ['tap-raw', '2 tests, 1 skipped'],
    ['testunit-mixed', '2 tests, 1 skipped'],
    ['unittest-um', '2 tests, 1 skipped'],
    ['vitest-mixed', '2 tests, 2 skipped'],
  ])('%s: %s', (file, count) => expect(counted(recorded(`${file}.txt`))).toBe(count))

  it.each(named(/-(none|n|un|empty|norun|filter|nofile|deselected|q-none)$/))('none in %s', name =>
    expect(testCount(recorded(`${name}.txt`))).toMatchObject({ ran: 0, skipped: 0 }),
  )
  it.each(named(/-(skipped|us|q-skipped)$/))('none in %s, where all are skipped', name =>
    expect(testCount(recorded(`${name}.txt`))).toMatchObject({ ran: 0, skipped: 1 }),
  )
})

// Of runners that were not recorded here: lines as their own documentation and public logs have them.
describe('how many tests a run says it has run', () => {
  it.each([
    [
      '[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.02 s -- in shop.CartTest\n[INFO] Results:\n[INFO] \n[WARNING] Tests run: 5, Failures: 0, Errors: 0, Skipped: 1',
      '4 tests, 1 skipped',
    ],
    ['[INFO] No tests to run.', '0 tests, 0 skipped'],
    ['[INFO] Tests are skipped.', '0 tests, 0 skipped'],
    ['> Task :compileTestJava NO-SOURCE\n> Task :test NO-SOURCE\n\nBUILD SUCCESSFUL in 1s', '0 tasks, 0 skipped'],
    [
      '> Task :compileTestJava\n> Task :app:testDebugUnitTest\n> Task :lib:test UP-TO-DATE\n\nBUILD SUCCESSFUL in 1s',
      '2 tasks, 0 skipped',
    ],
    ['> Task :test FAILED\n\n10 tests completed, 1 failed, 2 skipped', '8 tests, 2 skipped'],
    ['BUILD SUCCESSFUL in 1s', null],
    [
      'Passed!  - Failed:     0, Passed:  1384, Skipped:    14, Total:  1398, Duration: 3 m 2 s - A.dll (net8.0)\nFailed!  - Failed:     1, Passed:     4, Skipped:     0, Total:     5, Duration: 9 ms - B.dll (net8.0)',
      '1389 tests, 14 skipped',
    ],
    ['Test summary: total: 4, failed: 0, succeeded: 3, skipped: 1, duration: 1.2s', '3 tests, 1 skipped'],
    [
      'No test is available in /repo/bin/A.dll. Make sure that test discoverer & executors are registered',
      '0 tests, 0 skipped',
    ],
    ['No test matches the given testcase filter `X` in /repo/bin/A.dll', '0 tests, 0 skipped'],
    [
      '[info] Total number of tests run: 3\n[info] Suites: completed 4, aborted 0\n[info] Tests: succeeded 3, failed 0, canceled 0, ignored 1, pending 0\n[info] All tests passed.',
      '3 tests, 1 skipped',
    ],
    ['[info] Passed: Total 4, Failed 0, Errors 0, Passed 3, Skipped 1', '3 tests, 1 skipped'],
    ['[info] No tests to run for Test / testOnly', '0 tests, 0 skipped'],
    [
      "Test Suite 'All tests' passed at 2026-08-31 01:30:30.443.\n\t Executed 0 tests, with 0 failures (0 unexpected) in 0.000 (0.003) seconds\n✔ Test run with 3 tests in 0 suites passed after 0.009 seconds.",
      '3 tests, 0 skipped',
    ],
    [
      '\t Executed 2 tests, with 0 failures (0 unexpected) in 0.1 (0.1) seconds\n\t Executed 5 tests, with 2 tests skipped and 0 failures (0 unexpected) in 0.2 (0.2) seconds',
      '3 tests, 2 skipped',
    ],
    ['  Tests:    1 failed, 5 skipped, 42 passed (90 assertions)', '43 tests, 5 skipped'],
    ['   INFO  No tests found.', '0 tests, 0 skipped'],
    ['DONE 5 tests, 1 skipped, 1 failure in 0.5s', '4 tests, 1 skipped'],
    ['     Summary [   0.005s] 3 tests run: 3 passed, 1 skipped', '3 tests, 1 skipped'],
    ['[==========] 3 tests from 1 test suite ran. (0 ms total)', '3 tests, 0 skipped'],
    [
      'Ok:                 3   \nExpected Fail:      0   \nFail:               1   \nUnexpected Pass:    0   \nSkipped:            1   \nTimeout:            0   ',
      '4 tests, 1 skipped',
    ],
    ['No tests defined.', '0 tests, 0 skipped'],
    ['00:01 +2 ~1: a\n00:01 +3 ~1 -1: Some tests failed.', '4 tests, 1 skipped'],
    ['No tests ran.', '0 tests, 0 skipped'],
    ['Ran 3 tests containing 4 assertions.\n0 failures, 0 errors.', '3 tests, 0 skipped'],
    ['3 successes / 1 failure / 0 errors / 1 pending : 0.01 seconds', '4 tests, 1 skipped'],
    ['Files=2, Tests=5,  0 wallclock secs ( 0.02 usr)\nResult: PASS', '5 tests, 0 skipped'],
    ['[ FAIL 0 | WARN 0 | SKIP 0 | PASS 1 ]\n[ FAIL 1 | WARN 0 | SKIP 1 | PASS 3 ]', '4 tests, 1 skipped'],
    ['  All 3 tests passed.', '3 tests, 0 skipped'],
    ['1..3\nok 1 - a\nnot ok 2 - b\nok 3 - c # SKIP not here', '2 tests, 1 skipped'],
    ['# { total: 3, pass: 3 }', '3 tests, 0 skipped'],
    ['OK', null],
    ['lint: 3 passed', null],
    ['', null],
  ])('%j: %s', (text, count) => expect(counted(text)).toBe(count))

  it('is the sum of all runners, also where a workspace puts the package before each line', () => {
    const turbo = 'web:test:       Tests  3 passed (3)\napi:test: Tests:       1 skipped, 2 passed, 3 total'
    expect(counted(turbo)).toBe('5 tests, 1 skipped')
    expect(counted('packages/a test:       Tests  3 passed (3)\n[1] OK (4 tests, 5 assertions)')).toBe(
      '7 tests, 0 skipped',
    )
  })
  it('is that in tests where another runner only counts packages', () => {
    const [go, pytest] = ['ok  \texample.org/a\t0.1s', '3 passed in 0.01s']
    expect([counted(`${go}\n${pytest}`), counted(`${pytest}\n> Task :test\nBUILD SUCCESSFUL in 1s`)]).toEqual([
      '3 tests, 0 skipped',
      '3 tests, 0 skipped',
    ])
    expect(counted(`?   \texample.org/a\t[no test files]\n${pytest}`)).toBe('3 tests, 0 skipped')
    expect(counted(`${go}\nno tests ran in 0.01s`)).toBe('1 packages, 0 skipped')
  })
})
