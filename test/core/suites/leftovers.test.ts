import { describe, expect, it } from 'vitest'
import { escaped, leftovers, shownLeftover } from '../../../src/core/suites/leftovers.ts'

const none = () => false

describe('of what a run has added', () => {
  it.each([
    ['junit.xml', ['junit.xml']],
    ['out/report.trx', ['out/report.trx']],
    ['test.db', ['test.db']],
    ['.coverage', ['.coverage']],
    ['.coverage.host.12', ['.coverage.host.12']],
    ['junit-1.json', ['junit-1.json']],
    ['coverage.out', ['coverage.out']],
    ['a[1].log', ['a\\[1].log']],
    ['coverage/lcov-report/sorter.js', ['coverage/**']],
    ['web/test-results/a/trace.zip', ['web/test-results/**']],
    ['src/__pycache__/a.pyc', ['src/__pycache__/**']],
  ])('%s is set aside', (path, globs) => expect(leftovers([path], none)).toEqual(globs))
  it.each([
    'src/new.ts',
    'notes.md',
    'data.json',
    'test/__snapshots__/a.snap',
    'coverage',
    'coverage.ts',
    'golden/a.xml',
    'a/b.csv',
  ])('%s is part of the change', path => expect(leftovers([path], none)).toEqual([]))
  it('a directory that was there before is no report of the run’s, its files may be', () =>
    expect(leftovers(['coverage/mine.ts', 'coverage/a.xml'], dir => dir === 'coverage')).toEqual(['coverage/a.xml']))
  it('a directory is named once, with a slash', () => {
    const globs = leftovers(['coverage/a.html', 'coverage/b.html'], none)
    expect([globs, globs.map(shownLeftover)]).toEqual([['coverage/**'], ['coverage/']])
    expect(shownLeftover(escaped('a[1]*.log'))).toBe('a[1]*.log')
  })
})
