import { describe, expect, it } from 'vitest'
import { judgeSuite, overall } from '../../../src/core/suites/suite-result.ts'
import type { SuiteRun } from '../../../src/model/ledger/fields.ts'

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

it.each([
  ['', 'none'],
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
