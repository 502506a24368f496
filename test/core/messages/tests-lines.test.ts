import { describe, expect, it } from 'vitest'
import type { TestRun } from '../../../src/core/ledger/state.ts'
import {
  flakyTests,
  lastTime,
  notKnownBefore,
  olderFailures,
  suiteNote,
  testsInSignature,
  testsLine,
  testsOutcome,
} from '../../../src/core/messages/tests-lines.ts'
import type { SuiteRun, TestCount } from '../../../src/model/ledger/suites.ts'

const count = (ran: number, skipped = 0, unit: TestCount['unit'] = 'tests'): TestCount => ({ ran, skipped, unit })
const suite = (more: Partial<SuiteRun> = {}): SuiteRun => ({
  ...{ name: 'unit', command: 'npm test', result: 'green', note: null, seconds: 2, failing: [], tail: '' },
  ...more,
})
const ran = (...suites: SuiteRun[]): TestRun => ({ result: suites[0]!.result, seconds: 2, suites, moved: [] })
const told = (suites: SuiteRun[], more: object = {}) =>
  testsOutcome({ kind: 'tests-ran', tree: 't', after: null, result: suites[0]!.result, seconds: 2, suites, ...more })

describe('what the user is told of a run', () => {
  it.each<[string, Partial<SuiteRun>, string]>([
    ['green', {}, '✓ tests green in 2 s'],
    ['red', { result: 'red', failing: ['a', 'b'] }, '✗ tests red in 2 s (unit: 2 failing)'],
    ['red without names', { result: 'red', note: 'exit 1' }, '✗ tests red in 2 s (unit: exit 1)'],
    ['red without a word', { result: 'red' }, '✗ tests red in 2 s (unit: red)'],
    ['unable', { result: 'unable', note: 'killed' }, '! the tests could not run (unit: killed)'],
    [
      'without a test',
      { result: 'no-tests', note: 'no test ran' },
      '✗ no test ran (unit: no test ran): that is not green',
    ],
    [
      'older',
      { result: 'older', older: ['a — x', 'b'], olderNew: ['a — x'] },
      '! nothing new fails in the tests, in 2 s · 2 tests fail since before this change (a)',
    ],
    [
      'older, said before',
      { result: 'older', older: ['a — x'], olderNew: [] },
      '! nothing new fails in the tests, in 2 s · 1 test fails since before this change',
    ],
    ['flaky', { flaky: ['a'] }, '✓ tests green in 2 s · flaky, red and then green on the same tree: a'],
    ['known', { ranBefore: 'then in /w' }, '✓ tests green in 2 s · unit ran on this very tree before: then in /w'],
    ['fewer', { count: count(28), before: count(40) }, '✓ tests green in 2 s · 12 fewer than before (40 → 28)'],
    ['skipped', { count: count(3, 2), before: count(3) }, '✓ tests green in 2 s · 2 more skipped (0 → 2)'],
    [
      'fewer packages',
      { count: count(1, 0, 'packages'), before: count(2, 0, 'packages') },
      '✓ tests green in 2 s · 1 fewer packages than before (2 → 1)',
    ],
    ['as many', { count: count(4), before: count(4) }, '✓ tests green in 2 s'],
    ['told by tests now', { count: count(4), before: count(9, 0, 'packages') }, '✓ tests green in 2 s'],
    [
      'told no more',
      { count: null, before: count(1) },
      '✓ tests green in 2 s · this run does not say how many tests ran (1 test before)',
    ],
    ['never told', { count: null }, '✓ tests green in 2 s · how many tests ran is not known (unit)'],
    ['never told, as before', { count: null, before: null }, '✓ tests green in 2 s'],
    ['of an earlier version', { before: count(3) }, '✓ tests green in 2 s'],
  ])('that is %s', (_, more, line) => expect(told([suite(more)])).toBe(line))

  it('names the suite where there are several', () =>
    expect(told([suite({ count: count(1), before: count(2) }), suite({ name: 'e2e' })])).toMatch(/ · unit: 1 fewer/))
  it('says what was set aside', () =>
    expect(told([suite()], { setAside: ['junit.xml'] })).toMatch(
      /\nthe tests wrote junit\.xml, which is set aside.*`ignore`/,
    ))
  it('is nothing where no suite ran, and where another run follows', () => {
    expect(told([suite()], { result: 'none', suites: [] })).toBe(null)
    expect(told([suite()], { moved: ['a'] })).toBe(null)
  })
})

describe('the sentence about the tests', () => {
  it.each<[Partial<SuiteRun>, string]>([
    [
      { result: 'older', older: ['a — x'] },
      'Nothing new fails in the tests (`npm test`). 1 test fails since before this change: a.',
    ],
    [
      { result: 'red', older: ['a', 'b'] },
      'The tests are red (`npm test`). 2 tests fail since before this change: a, b.',
    ],
    [{ result: 'red' }, 'The tests are red (`npm test`).'],
    [{ result: 'no-tests' }, 'No test ran (`npm test`).'],
  ])('%j', (more, line) => expect(testsLine(ran(suite(more)))).toBe(line))
})

describe('the line that signs', () => {
  it.each<[Partial<SuiteRun>, string[], string | null]>([
    [{}, [], null],
    [{ count: count(1), before: count(2) }, [], 'tests: green · 1 fewer than before (2 → 1)'],
    [{ result: 'older', older: ['a — x'] }, [], 'tests: red before this change: a, nothing new'],
    [
      { flaky: ['b'] },
      ['out/'],
      'tests: green · flaky, red and then green on the same tree: b · without what the tests wrote: out/',
    ],
  ])('%j, %j', (more, aside, line) => expect(testsInSignature(ran(suite(more)), aside)).toBe(line))
  it('has nothing of tests that did not run', () => expect(testsInSignature(undefined, [])).toBe(null))
})

it('what a run shows can be read by itself', () => {
  const all = ran(suite({ older: ['a — x'], flaky: ['b'], unclear: 'no time' }), suite())
  expect([olderFailures(all), flakyTests(all)]).toEqual([['a'], ['b']])
  expect(notKnownBefore(all)).toBe(', and it is not known whether they were before this change (no time)')
  expect([notKnownBefore(ran(suite())), notKnownBefore(undefined)]).toEqual(['', ''])
  expect(suiteNote(suite({ failing: ['a'] }))).toBe('1 failing')
  const suites = { unit: { count: null, seconds: 40.3 } }
  expect([lastTime({ suites }, 'unit'), lastTime({ suites }, 'e2e')]).toEqual([' (about 40 s last time)', ''])
})
