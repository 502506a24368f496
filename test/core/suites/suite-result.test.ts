import { describe, expect, it } from 'vitest'
import { judgeRun, judgeSuite, overall } from '../../../src/core/suites/suite-result.ts'
import type { SuiteRun } from '../../../src/model/ledger/suites.ts'

describe('a suite that', () => {
  const limit = { seconds: 600, cutShort: false }
  const end = (more: object) => ({ ended: 'exited' as const, exitCode: 0, signal: null, ...more })
  it.each([
    ['exits 0', end({}), 'green'],
    ['exits 1', end({ exitCode: 1 }), 'red'],
    ['does not finish', end({ ended: 'timed-out', exitCode: null }), 'red'],
    ['is killed', end({ ended: 'signalled', exitCode: null, signal: 'SIGKILL' }), 'unable'],
    ['is not found', end({ exitCode: 127 }), 'unable'],
    ['is killed under a shell', end({ exitCode: 137 }), 'unable'],
    ['exits with a high code of its own', end({ exitCode: 255 }), 'red'],
    ['never starts', end({ ended: 'not-started', exitCode: null }), 'unable'],
  ])('%s is %s', (_, how, result) => expect(judgeSuite(how, limit).result).toBe(result))

  it('is cut off by the hook’s own time is not red: the author can mend nothing', () =>
    expect(judgeSuite(end({ ended: 'timed-out', exitCode: null }), { ...limit, cutShort: true }).result).toBe('unable'))

  it.each([
    [end({}), null],
    [end({ exitCode: 2 }), 'exit 2'],
    [end({ ended: 'timed-out', exitCode: null }), 'did not finish within 600 s'],
    [end({ ended: 'signalled', exitCode: null, signal: 'SIGSEGV' }), 'killed by SIGSEGV'],
    [end({ ended: 'stopped', exitCode: null }), 'killed by a signal'],
    [end({ ended: 'not-started', exitCode: null }), 'could not start the command'],
    [end({ exitCode: 126 }), 'command not executable (exit 126)'],
    [end({ exitCode: 139 }), 'killed by signal 11'],
    [end({ exitCode: 128 }), 'exit 128'],
    [end({ exitCode: 129 }), 'killed by signal 1'],
    [end({ exitCode: 159 }), 'killed by signal 31'],
    [end({ exitCode: 160 }), 'exit 160'],
  ])('says how: %j → %s', (how, note) => expect(judgeSuite(how, limit).note).toBe(note))
})

describe('a run that', () => {
  const limit = { seconds: 600, cutShort: false }
  const end = (exitCode: number) => ({ ended: 'exited' as const, exitCode, signal: null })
  const count = (ran: number, skipped = 0) => ({ ran, skipped, unit: 'tests' as const })
  it.each([
    ['ran tests', end(0), { count: count(3), failing: [] }, 'green', null],
    ['does not say how many', end(0), { count: null, failing: [] }, 'green', null],
    ['ran none', end(0), { count: count(0), failing: [] }, 'no-tests', 'no test ran'],
    ['skipped all', end(0), { count: count(0, 4), failing: [] }, 'no-tests', 'no test ran (4 skipped)'],
    ['ran none and says so by its exit', end(5), { count: count(0), failing: [] }, 'no-tests', 'no test ran (exit 5)'],
    [
      'came to no test because a file does not load',
      end(1),
      { count: count(0), failing: ['a.test.js'] },
      'red',
      'exit 1',
    ],
    ['has no command', end(127), { count: count(0), failing: [] }, 'unable', 'command not found (exit 127)'],
    [
      'did not finish',
      { ended: 'timed-out' as const, exitCode: null, signal: null },
      { count: count(0), failing: [] },
      'red',
      'did not finish within 600 s',
    ],
  ])('%s', (_, how, said, result, note) => expect(judgeRun(how, limit, said)).toEqual({ result, note }))
})

it.each([
  ['', 'none'],
  ['green no-tests', 'no-tests'],
  ['no-tests unable', 'unable'],
  ['green green', 'green'],
  ['green unable', 'unable'],
  ['unable red green', 'red'],
])('suites that are %s are %s together', (results, together) =>
  expect(
    overall(
      results
        .split(' ')
        .filter(Boolean)
        .map(result => ({ result }) as SuiteRun),
    ),
  ).toBe(together),
)
