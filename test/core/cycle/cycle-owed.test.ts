import { describe, expect, it } from 'vitest'
import { Cycle, ready } from '../../support/cycle/cycle.ts'

describe('a reviewer that cannot review', () => {
  it('is neither a pass nor a finding: Claude is let go, the review is owed', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ cannot: 'crashed' })
    expect(cycle.stop(ready, 't1')).toBe('silence')
    expect(cycle.state.run!).toMatchObject({ stage: 'review', status: 'on', owed: { reason: 'crashed' } })
    expect(cycle.state.settled!.tree).toBe('base')
  })
  it.each([
    ['missing, still missing', 'missing', { codexFound: false }, 1],
    ['missing, then installed', 'missing', { codexFound: true }, 2],
    ['rate-limited, too early', 'rate-limited', { now: '2026-01-05T10:30:00.000Z' }, 1],
    ['rate-limited, after the reset', 'rate-limited', { now: '2026-01-05T11:30:00.000Z' }, 2],
    ['crashed', 'crashed', {}, 2],
  ] as const)('%s', (_, cannot, later, calls) => {
    const cycle = new Cycle()
    cycle.reviews.push({ cannot, until: cannot === 'rate-limited' ? '2026-01-05T11:00:00.000Z' : undefined })
    cycle.stop(ready, 't1')
    cycle.prompt('what next?')
    Object.assign(cycle, later)
    cycle.stop()
    expect(cycle.did.filter(step => step === 'review')).toHaveLength(calls)
    expect(cycle.state.run!.stage).toBe(calls === 2 ? 'countersigned' : 'review')
  })
  it.each([
    ['the clock was set back by a year', '2025-01-05T10:30:00.000Z'],
    ['the time it named is beyond all of Codex’s limits, and nine days have passed', '2026-01-14T10:30:00.000Z'],
  ])('is asked again when %s, once', (_, now) => {
    const cycle = new Cycle()
    const until = now.replace('T10', 'T11')
    cycle.reviews.push({ cannot: 'rate-limited', until: '2026-12-31T00:00:00.000Z' }, { cannot: 'rate-limited', until })
    cycle.stop(ready, 't1')
    cycle.stop()
    cycle.now = now
    expect([cycle.stop(), cycle.stop()]).toEqual(['silence', 'silence'])
    expect(cycle.did.filter(step => step === 'review')).toHaveLength(2)
    cycle.now = until
    cycle.stop()
    expect(cycle.state.run!.stage).toBe('countersigned')
  })
  it('is told anew for each tree that it has not reviewed, once', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ cannot: 'rate-limited', until: '2026-01-05T11:00:00.000Z' })
    cycle.stop(ready, 't1')
    for (const tree of ['t2', 't2', 't3', 't3']) cycle.stop(ready, tree)
    const told = cycle.entries.filter(({ kind }) => kind === 'could-not-review')
    expect(told.map(entry => 'tree' in entry && entry.tree)).toEqual(['t1', 't2', 't3'])
    expect(told.at(-1)).toMatchObject({ reason: 'rate-limited', until: '2026-01-05T11:00:00.000Z', seconds: 0 })
    expect(cycle.state.run!.bill.codexCalls).toBeLessThanOrEqual(1)
  })
  it('holds a change that came after it as well, where the repository says so', () => {
    const cycle = new Cycle({ gate: { onReviewerFailure: 'block' } })
    cycle.reviews.push({ cannot: 'rate-limited', until: '2026-01-05T11:00:00.000Z' })
    expect([cycle.stop(ready, 't1'), cycle.stop(ready, 't2')]).toEqual(['block review', 'block review'])
    expect(cycle.did.filter(step => step === 'review')).toHaveLength(1)
  })
  it('known to be away: a new change is tested and self-reviewed, and costs no call until then', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ cannot: 'rate-limited', until: '2026-01-05T11:00:00.000Z' })
    cycle.stop(ready, 't1')
    expect(cycle.stop(ready, 't2')).toBe('silence')
    expect(cycle.did).toEqual(['run-tests', 'review', 'run-tests'])
    cycle.now = '2026-01-05T11:00:00.000Z'
    cycle.stop()
    expect(cycle.state.run!.stage).toBe('countersigned')
  })
  it.each([
    ['red tests', 'block tests', true],
    ['a self-review that does not come', 'context self-review', false],
  ])('wakes no stage that does not ask it: %s let Claude go once, and say so once', (_, held, isRed) => {
    const cycle = new Cycle()
    cycle.reviews.push({ cannot: 'crashed' })
    cycle.stop(ready, 't1')
    if (isRed) cycle.red.add('t2')
    const replies = Array.from({ length: 6 }, () => cycle.stop('no answer', 't2'))
    expect(replies).toEqual([held, held, held, 'silence', 'silence', 'silence'])
    expect(cycle.entries.filter(({ kind }) => kind === 'let-go')).toHaveLength(1)
  })
  it('can hold Claude where the repository says so, a bounded number of times', () => {
    const cycle = new Cycle({ gate: { onReviewerFailure: 'block' } })
    cycle.codexFound = false
    cycle.reviews.push({ cannot: 'missing' })
    expect(cycle.stop(ready, 't1')).toBe('block review')
    expect(cycle.last!.block).toContain('Attempt 1 of 3.')
    expect([cycle.stop(), cycle.stop(), cycle.stop()]).toEqual(['block review', 'block review', 'silence'])
  })
})
