import { describe, expect, it } from 'vitest'
import { Cycle, debating, finding, outcomes, ready, says } from '../../support/cycle/cycle.ts'

describe('the debate', () => {
  it('agrees at the lower priority at once, and goes on about the rest', () => {
    const cycle = debating(finding('F1', 'critical'), finding('F2', 'medium'), finding('F3'))
    cycle.rebuttals.push(
      { F2: { needed: false, concession: 'the caller checks' }, F3: { needed: true } },
      { F3: { needed: true } },
    )
    expect(cycle.stop(says('F1: needed, high — yes', 'F2, F3: not needed — no'))).toBe('context debate')
    expect(cycle.last!.context).toMatch(/round 2[\s\S]*F3/)
    expect(cycle.last!.context).not.toMatch(/F1 ·|F2 ·/)
    expect(cycle.stop(says('F3: not needed — still no'))).toBe('context choice')
    expect(outcomes(cycle)).toEqual(['F1 agreed high', 'F2 not-needed', 'F3 disputed'])
    expect(cycle.did).toEqual(['run-tests', 'review', 'rebut', 'rebut'])
  })
  it('asks Codex nothing when Claude holds everything to be needed', () => {
    const cycle = debating(finding('F1'))
    expect(cycle.stop(says('F1: needed, high — yes'))).toBe('context choice')
    expect(cycle.did).toEqual(['run-tests', 'review'])
  })
  it('countersigns when both agree that nothing is needed, and nothing was critical or high', () => {
    const cycle = debating(finding('F1', 'medium'))
    cycle.rebuttals.push({ F1: { needed: false, concession: 'it is dead code' } })
    cycle.stop(says('F1: not needed — dead code'))
    expect(cycle.state.run!.stage).toBe('countersigned')
  })
  it('does not count a reviewer that gives in without showing why, and does not ask it again', () => {
    const cycle = debating(finding('F1', 'medium'))
    cycle.rebuttals.push({ F1: { needed: false } })
    cycle.stop(says('F1: not needed — no'))
    expect(outcomes(cycle)).toEqual(['F1 disputed'])
  })
  it.each([
    ['F1: needed, low — you are right', 'F1 disputed'],
    ['F1: needed, low — conceded: src/api.js:12 does pass it', 'F1 disputed'],
    ['F1: needed, low — src/api.js:12 `if (!xs.length) return null` does pass it', 'F1 agreed low'],
  ])('“%s” in round 2, said twice → %s', (answer, expected) => {
    const cycle = debating(finding('F1', 'medium'))
    cycle.rebuttals.push({ F1: { needed: true, priority: 'low' } }, { F1: { needed: true, priority: 'low' } })
    cycle.stop(says('F1: not needed — no'))
    cycle.stop(says(answer))
    cycle.stop(says(answer))
    expect(outcomes(cycle)).toEqual([expected])
  })
  it('asks once more for a usable answer, says what is wrong, then leaves the rest as disputed', () => {
    const cycle = debating(finding('F1'), finding('F2'))
    expect(cycle.stop(says('F1: needed, high — yes', 'F9: needed, low — ?'))).toBe('context debate')
    expect(cycle.last!.context).toMatch(/F9 is not one of F1, F2[\s\S]*no usable answer for F2[\s\S]*Attempt 2 of 2/)
    cycle.stop(says('F1: needed, high — yes'))
    expect(outcomes(cycle)).toEqual(['F1 agreed high', 'F2 disputed'])
  })
  it('is over with an edit: the tests run again, and Codex checks what was raised', () => {
    const cycle = debating(finding('F1'))
    cycle.reviews.push({ resolved: { F1: true } })
    expect(cycle.stop(says('F1: needed, high — mended'), 't2')).toBe('context self-review')
    cycle.stop(ready)
    expect(cycle.did).toEqual(['run-tests', 'review', 'run-tests', 'review'])
    expect(cycle.state.run!).toMatchObject({ stage: 'countersigned', cycle: 1 })
  })
  it('goes on where it was when the edit is taken back after a stop, with no test run and no call', () => {
    const cycle = debating(finding('F1', 'low'), finding('F2', 'medium'))
    cycle.rebuttals.push({ F2: { needed: true, priority: 'low' } }, { F2: { needed: false, concession: 'true' } })
    cycle.stop(says('F1: needed, low — yes', 'F2: not needed — no'))
    const { did } = cycle
    const before = [...did]
    expect(cycle.stop('', 't2')).toBe('context self-review')
    expect(cycle.stop('', 't3')).toBe('context self-review')
    expect(cycle.stop('taken back', 't1')).toBe('context debate')
    expect(cycle.last!.context).toMatch(/cycle 1 · round 2[\s\S]*F2 ·/)
    expect(cycle.last!.context).not.toMatch(/F1 ·/)
    expect(cycle.stop(says('F2: not needed — still no'))).toBe('context choice')
    expect(outcomes(cycle)).toEqual(['F1 agreed low', 'F2 not-needed'])
    expect(did).toEqual([...before, 'run-tests', 'run-tests', 'rebut'])
  })
  it('goes on with the very answer that comes with the edit taken back', () => {
    const cycle = debating(finding('F1'))
    cycle.stop('', 't2')
    expect(cycle.stop(says('F1: needed, high — yes'), 't1')).toBe('context choice')
  })
  it('keeps nothing of a review that failed on the tree in between', () => {
    const cycle = debating(finding('F1'))
    cycle.reviews.push({ cannot: 'rate-limited', until: '2026-01-05T11:00:00.000Z' })
    cycle.stop(ready, 't2')
    expect(cycle.state.run!.owed).toMatchObject({ call: 'review' })
    expect(cycle.stop('', 't1')).toBe('context debate')
    expect(cycle.state.run!).toMatchObject({ owed: null, review: { result: 'findings' } })
  })
  it.each([
    ['the choice', (_: Cycle) => {}, 'context choice'],
    ['the task list', (cycle: Cycle) => void cycle.prompt('pick F1'), 'context fix'],
  ])('has ended: an edit taken back leads back to %s', (_, then, expected) => {
    const cycle = debating(finding('F1'))
    cycle.stop(says('F1: needed, high — yes'))
    then(cycle)
    const { cycle: number } = cycle.state.run!
    cycle.stop('', 't2')
    expect([cycle.stop('', 't1'), cycle.state.run!.cycle]).toEqual([expected, number])
    expect(cycle.state.run!.choice.picked).toEqual(expected === 'context fix' ? ['F1'] : [])
  })
  it('is not gone back to once another tree has been reviewed', () => {
    const cycle = debating(finding('F1'))
    cycle.reviews.push({ resolved: { F1: false } })
    cycle.stop(ready, 't2')
    expect([cycle.stop('', 't1'), cycle.entries.at(-1)]).toMatchObject(['silence', { why: 'seen-before' }])
    expect(cycle.stop(says('F1: needed, high — yes'), 't2')).toBe('context choice')
  })
  it('cannot be led away from and back without end', () => {
    const cycle = debating(finding('F1'))
    const replies = Array.from({ length: 40 }, (_, n) => cycle.stop('', `t${(n % 2) + 1}`))
    expect(replies.filter(reply => reply !== 'silence').length).toBeLessThan(cycle.config.limits.holds)
  })
  it('that waits for a reviewer lets the user pick from what is settled', () => {
    const cycle = debating(finding('F1'), finding('F2'))
    cycle.rebuttals.push({ cannot: 'missing' })
    cycle.codexFound = false
    cycle.stop(says('F1: needed, high — yes', 'F2: not needed — no'))
    expect(cycle.prompt('pick F1')).toBe('context fix')
  })
  it('goes on after a rebuttal that failed, with nothing lost', () => {
    const cycle = debating(finding('F1', 'medium'))
    cycle.rebuttals.push({ cannot: 'crashed' }, { F1: { needed: false, concession: 'true' } })
    expect(cycle.stop(says('F1: not needed — no'))).toBe('silence')
    expect(cycle.state.run!.owed?.reason).toBe('crashed')
    cycle.stop()
    expect(outcomes(cycle)).toEqual(['F1 not-needed'])
  })
})

it('a debate whose review is a line that cannot be read is no approval: the change is reviewed again', () => {
  const cycle = new Cycle()
  cycle.reviews.push({ findings: [finding('F1')] })
  cycle.stop(ready, 't1')
  cycle.entries = cycle.entries.filter(({ kind }) => kind !== 'reviewed')
  cycle.reviews.push({ findings: [finding('F1')] })
  expect([cycle.stop(), cycle.did]).toEqual(['context debate', ['run-tests', 'review', 'review']])
})
