import { describe, expect, it } from 'vitest'
import { afterSettling, countBefore, olderSaid, withCounts } from '../../../src/core/ledger/suite-memory.ts'
import type { SuiteRun, TestCount } from '../../../src/model/ledger/suites.ts'
import { Cycle, ready } from '../../support/cycle/cycle.ts'

const count = (ran: number): TestCount => ({ ran, skipped: 0, unit: 'tests' })
const suite = (more: Partial<SuiteRun>): SuiteRun => ({
  ...{ name: 'unit', command: 'npm test', result: 'green', note: null, seconds: 2, failing: [], tail: '' },
  ...more,
})
const run = () => {
  const cycle = new Cycle()
  cycle.stop(ready, 't1')
  return cycle.state.run!
}

describe('the highest count of a run', () => {
  it.each([
    [{}, count(3), count(3)],
    [{ unit: count(5) }, count(3), count(5)],
    [{ unit: count(2) }, count(3), count(3)],
    [{ unit: null }, count(3), count(3)],
    [{ unit: count(2) }, null, count(2)],
    [{}, null, null],
  ])('%j and %j: %j', (most, now, then) => expect(withCounts(most, [suite({ count: now })])).toEqual({ unit: then }))
  it('is not touched by a run that did not count', () => expect(withCounts({}, [suite({})])).toEqual({}))
})

describe('what a suite is held against', () => {
  it('is the last settled tree, else this run, else nothing', () => {
    const now = { ...run(), tests: { ...run().tests, most: { unit: count(5) } } }
    expect(countBefore({ suites: { unit: { count: count(7), seconds: 1 } } }, now, 'unit')).toEqual(count(7))
    expect(countBefore({ suites: {} }, now, 'unit')).toEqual(count(5))
    expect(countBefore({ suites: {} }, now, 'e2e')).toBe(undefined)
    expect(countBefore({ suites: {} }, now, 'toString')).toBe(undefined)
  })
})

describe('once a tree is settled', () => {
  const settledWith = (more: Partial<SuiteRun>) => {
    const before = run()
    const ran = new Map([['t1', { result: 'green' as const, seconds: 1, suites: [suite(more)], moved: [] }]])
    return afterSettling({ suites: {}, run: { ...before, tests: { ...before.tests, ran } } }, 't1')
  }
  it('each suite is remembered as it ran there', () => {
    expect(settledWith({ count: count(3) })).toEqual({ unit: { count: count(3), seconds: 2 } })
    expect(settledWith({ count: null, older: ['a'] })).toEqual({ unit: { count: null, seconds: 2, older: ['a'] } })
  })
  it('what did not count is not, and where nothing ran all stays', () => {
    expect(settledWith({})).toEqual({})
    const suites = { unit: { count: null, seconds: 1 } }
    expect([afterSettling({ suites, run: null }, 't1'), afterSettling({ suites, run: run() }, 't9')]).toEqual([
      suites,
      suites,
    ])
  })
})

it('older failures were said in this run, or when the tree was settled', () => {
  const before = run()
  const ran = new Map([
    [
      't1',
      { result: 'older' as const, seconds: 1, suites: [suite({ older: ['a'] }), suite({ name: 'x' })], moved: [] },
    ],
  ])
  const now = { ...before, tests: { ...before.tests, ran } }
  expect(olderSaid({ suites: { unit: { count: null, seconds: 1, older: ['b'] } } }, now, 'unit')).toEqual(['b', 'a'])
  expect(olderSaid({ suites: { unit: { count: null, seconds: 1 } } }, now, 'x')).toEqual([])
})
