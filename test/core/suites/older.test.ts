import { describe, expect, it } from 'vitest'
import { failsAlike, failsBesides, flakyOf, olderOf } from '../../../src/core/suites/older.ts'

const run = (...failing: string[]) => ({ failing })

describe('a failure is older', () => {
  it.each([
    ['with the same name and message', 'a — Error: x', 'a — Error: x', true],
    ['but for a time and an address', 'a — took 12.5 ms at 0x7f01', 'a — took 99 ms at 0xBEEF', true],
    ['with no message in both', 'a', 'a', true],
    ['not with another message', 'a — Error: y', 'a — Error: x', false],
    ['not with another name', 'b — Error: x', 'a — Error: x', false],
    ['not with another number that is no time', 'a — 3 !== 4', 'a — 3 !== 5', false],
  ])('%s', (_, now, before, older) => expect(olderOf(run(now), run(before))).toEqual(older ? [now] : []))
})

describe('two runs', () => {
  it('are held against each other by name', () => {
    expect(failsBesides(run('a — x'), run('a — y'))).toBe(false)
    expect(failsBesides(run('a'), run('a', 'b'))).toBe(true)
    expect(failsAlike(run('a', 'b'), run('b — other', 'a'))).toBe(true)
    expect([failsAlike(run('a'), run()), failsAlike(run(), run('a'))]).toEqual([false, false])
  })
  it('of one tree name as flaky what failed in the first alone', () =>
    expect(flakyOf(run('a — x', 'b — x'), run('b — y', 'c'))).toEqual(['a']))
})
