import { describe, expect, it } from 'vitest'
import { Cycle, finding, outcomes, ready, says } from '../support/cycle.ts'

describe('bounds', () => {
  it('a model that obeys nothing and always edits gets out after the stated number of holds', () => {
    const cycle = new Cycle()
    const replies = Array.from({ length: 20 }, (_, n) => cycle.stop('whatever', `t${n + 1}`))
    expect(replies.filter(reply => reply !== 'silence')).toHaveLength(cycle.config.limits.holds)
    expect(replies.slice(16)).toEqual(Array(4).fill('silence'))
  })
  it('reached, the cycle goes on where it stands once the user has said something', () => {
    const cycle = new Cycle({ limits: { holds: 1 } })
    cycle.reviews.push({ findings: [finding('F1')] })
    expect(cycle.stop(ready, 't1')).toBe('context debate')
    expect([cycle.stop('hm'), cycle.entries.at(-1)]).toMatchObject(['silence', { why: 'held-too-often' }])
    expect(cycle.stop(says('F1: needed, high — yes'))).toBe('silence')
    cycle.prompt('go on')
    expect(cycle.stop(says('F1: needed, high — yes'))).toBe('context choice')
  })
  it('another living session leaves the run alone; a dead one’s run is taken over', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    cycle.session = 's2'
    cycle.ownerAlive = true
    expect([cycle.stop(ready), cycle.did]).toEqual(['silence', ['run-tests']])
    expect(cycle.state.run!.owner.session).toBe('s1')
    cycle.ownerAlive = false
    cycle.stop(ready)
    expect(cycle.did).toEqual(['run-tests', 'review'])
    expect(cycle.state.run!.owner).toMatchObject({ session: 's2', pid: 7 })
  })
})

describe('diminishing returns', () => {
  const fixing = () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1')] })
    cycle.stop(ready, 't1')
    cycle.stop(says('F1: needed, high — yes'))
    cycle.prompt('pick F1')
    return cycle
  }
  it('a second cycle that changes nothing goes to the user, not into another debate', () => {
    const cycle = fixing()
    cycle.reviews.push({ resolved: { F1: false } }, { resolved: { F1: false } })
    expect(cycle.stop(ready, 't2')).toBe('context debate')
    cycle.stop(says('F1: needed, high — once more'))
    cycle.prompt('pick F1')
    expect(cycle.stop(ready, 't3')).toBe('context choice')
    expect(outcomes(cycle)).toEqual(['F1 disputed'])
    expect(cycle.entries.some(({ kind }) => kind === 'no-progress')).toBe(true)
  })
  it('a cycle that raises something new is debated', () => {
    const cycle = fixing()
    cycle.reviews.push({ resolved: { F1: false }, findings: [finding('F2')] })
    expect(cycle.stop(ready, 't2')).toBe('context debate')
  })
  it('an edit that leads back to a reviewed tree costs no tests and no call', () => {
    const cycle = fixing()
    cycle.reviews.push({ resolved: { F1: true }, findings: [finding('F2')] })
    cycle.stop(ready, 't2')
    const before = cycle.did.length
    expect(cycle.stop('', 't1')).toBe('silence')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'seen-before' })
    expect(cycle.stop('', 't1')).toBe('silence')
    expect(cycle.did).toHaveLength(before)
  })
})

describe('a bound on what a run may cost', () => {
  it.each([
    ['calls', { codexCalls: 1 }, /1 Codex calls are spent/],
    ['minutes', { minutes: 1 }, /minutes of tests and review are spent/],
    ['tokens', { tokens: 1000 }, /1100 tokens are spent/],
  ])('%s: the review is owed, and says which bound it was', (_, limits, detail) => {
    const cycle = new Cycle({ limits })
    cycle.reviews.push({ findings: [finding('F1')] })
    cycle.stop(ready, 't1')
    const [reviewed] = cycle.entries.filter(entry => entry.kind === 'reviewed')
    Object.assign(reviewed!, { usage: { inputTokens: 1000, outputTokens: 100 }, seconds: 60 })
    cycle.stop(says('F1: not needed — no'))
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'could-not-review', reason: 'budget' })
    expect(cycle.state.run!.owed!.detail).toMatch(detail)
    const entries = cycle.entries.length
    expect([cycle.stop(), cycle.stop(), cycle.entries.length]).toEqual(['silence', 'silence', entries])
    Object.assign(cycle.config.limits, { codexCalls: 9, minutes: 90, tokens: 90_000 })
    cycle.rebuttals.push({ F1: { needed: false, concession: 'true' } })
    cycle.stop()
    expect(cycle.state.run!.stage).toBe('countersigned')
  })
})

describe('HEAD on another commit', () => {
  it('moves the beginning of the change, and nothing else', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    Object.assign(cycle, { head: 'c9', newBase: 'elsewhere' })
    expect(cycle.stop('', 't2')).toBe('context self-review')
    expect(cycle.state.run!).toMatchObject({ base: 'elsewhere', baseHead: 'c9', tree: 't2' })
    expect(cycle.did).toEqual(['run-tests', 'follow-head', 'run-tests'])
  })
  it('in a ledger that does not say where it was is not followed', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    for (const entry of cycle.entries) if (entry.kind === 'run-started') entry.head = undefined
    cycle.head = 'c9'
    cycle.stop('', 't2')
    expect(cycle.did).toEqual(['run-tests', 'run-tests'])
  })
  it('without an open run is followed before anything is compared', () => {
    const cycle = new Cycle()
    Object.assign(cycle, { head: 'c1', newBase: 't1' })
    expect([cycle.stop('', 't1'), cycle.did, cycle.state.run]).toEqual(['silence', ['follow-head'], null])
    expect(cycle.entries.some(({ kind }) => kind === 'run-started')).toBe(false)
  })
  it('leaves a countersigned change countersigned', () => {
    const cycle = new Cycle()
    cycle.stop(ready, 't1')
    cycle.head = 'c1'
    expect([cycle.stop('', 't1'), cycle.state.run!.stage]).toEqual(['silence', 'countersigned'])
  })
})
