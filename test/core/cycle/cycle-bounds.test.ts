import { describe, expect, it } from 'vitest'
import { findingsJson } from '../../../src/core/report/json.ts'
import { findingsText } from '../../../src/core/report/text.ts'
import { Cycle, finding, outcomes, ready, says } from '../../support/cycle/cycle.ts'

describe('a cycle that does not end by itself', () => {
  it('lets a model that obeys nothing and always edits stop after the stated number of holds', () => {
    const cycle = new Cycle()
    const replies = Array.from({ length: 20 }, (_, n) => cycle.stop('whatever', `t${n + 1}`))
    expect(replies.filter(reply => reply !== 'silence')).toHaveLength(cycle.config.limits.holds)
    expect(replies.slice(16)).toEqual(Array(4).fill('silence'))
  })
  it('continues where it stands once the user has said something', () => {
    const cycle = new Cycle({ limits: { holds: 1 } })
    cycle.reviews.push({ findings: [finding('F1')] })
    expect(cycle.stop(ready, 't1')).toBe('context debate')
    expect([cycle.stop('hm'), cycle.entries.at(-1)]).toMatchObject(['silence', { why: 'held-too-often' }])
    expect(cycle.stop(says('F1: needed, high — yes'))).toBe('silence')
    cycle.prompt('go on')
    expect(cycle.stop(says('F1: needed, high — yes'))).toBe('context choice')
  })
  it('belongs to the session that runs it; a dead session’s run is taken over', () => {
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
  /** In the fix of F1, after these answers of Claude's to it. */
  const fixing = (...answers: string[]) => {
    const cycle = new Cycle({ debate: { rounds: 1 } })
    cycle.reviews.push({ findings: [finding('F1')] })
    cycle.reviewer.rebuttal = (_, open) => Object.fromEntries(open.map(id => [id, { needed: true }]))
    cycle.stop(ready, 't1')
    for (const answer of answers.length > 0 ? answers : ['needed, high — yes']) cycle.stop(says(`F1: ${answer}`))
    cycle.prompt('pick F1')
    return cycle
  }
  /** A fix that the next review finds has mended nothing, twice. */
  const failing = (cycle: Cycle, answer: string) => {
    cycle.reviews.push({ resolved: { F1: false } }, { resolved: { F1: false } })
    expect(cycle.stop(ready, 't2')).toBe('context debate')
    cycle.stop(says(`F1: ${answer}`))
    cycle.prompt('pick F1')
    expect(cycle.stop(ready, 't3')).toBe('context choice')
    expect(cycle.entries.some(({ kind }) => kind === 'no-progress')).toBe(true)
    return cycle
  }
  it('a second cycle that changes nothing goes to the user, not into another debate', () => {
    const cycle = failing(fixing(), 'needed, high — once more')
    expect(outcomes(cycle)).toEqual(['F1 agreed high'])
    expect(findingsText(cycle.state.run)).toMatch(/^Agreed · high \(1\)\n {2}F1 .*\[not resolved after 2 attempts\]/m)
    expect(cycle.prompt('pick F1')).toBe('context fix')
    cycle.reviews.push({ resolved: { F1: true } })
    cycle.stop(ready, 't4')
    expect(cycle.state.run!.stage).toBe('countersigned')
    expect(findingsText(cycle.state.run)).not.toContain('attempt')
  })
  it('what Claude held not to be needed stays disputed, with what it said', () => {
    const cycle = failing(fixing('not needed — nobody calls it'), 'not needed — still nobody')
    expect(outcomes(cycle)).toEqual(['F1 disputed'])
    expect(findingsText(cycle.state.run)).toContain('Claude: not needed — still nobody')
    expect(
      findingsJson(cycle)
        .disputed[0]!.positions.map(({ by }) => by)
        .join(' '),
    ).toBe('codex claude codex codex codex claude codex')
  })
  it('what Claude answered with an edit alone stands as it was last spoken of', () => {
    const cycle = fixing()
    cycle.reviews.push({ resolved: { F1: false } }, { resolved: { F1: false } })
    cycle.stop(ready, 't2')
    expect(cycle.stop(ready, 't3')).toBe('context choice')
    expect(outcomes(cycle)).toEqual(['F1 agreed high'])
  })
  it('what Claude has never spoken of is disputed', () => {
    const cycle = fixing('', '', '', '')
    cycle.reviews.push({ resolved: { F1: false } }, { resolved: { F1: false } })
    cycle.stop(ready, 't2')
    cycle.stop(ready, 't3')
    expect(outcomes(cycle)).toEqual(['F1 disputed'])
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

describe('a limit on what a run may cost', () => {
  it.each([
    ['calls', { codexCalls: 1 }, 'run limit of 1 Codex call reached (`limits.codexCalls`)'],
    ['minutes', { minutes: 1 }, 'run limit of 1 minute of tests and review reached (`limits.minutes`)'],
    ['tokens', { tokens: 1000 }, 'run limit of 1000 Codex tokens reached (`limits.tokens`)'],
  ])(
    '%s: the run is handed to the user, what was not reviewed is owed, and it says which bound it was',
    (_, limits, detail) => {
      const cycle = new Cycle({ limits })
      cycle.reviews.push({ findings: [finding('F1')] })
      cycle.stop(ready, 't1')
      const [reviewed] = cycle.entries.filter(entry => entry.kind === 'reviewed')
      Object.assign(reviewed!, { usage: { inputTokens: 1000, outputTokens: 100 }, seconds: 60 })
      expect(cycle.stop(says('F1: not needed — no'))).toBe('silence')
      expect(cycle.entries.slice(-2)).toMatchObject([
        { kind: 'could-not-review', call: 'rebuttal', reason: 'budget', detail },
        { kind: 'let-go', why: 'budget' },
      ])
      expect(cycle.state).toMatchObject({ settled: { tree: 't1' }, run: { status: 'over', owed: { detail } } })
      const entries = cycle.entries.length
      expect([cycle.stop(), cycle.stop(), cycle.entries.length]).toEqual(['silence', 'silence', entries])
    },
  )
  /** The only call went into the review of t1; t2 comes after a prompt. */
  const spent = () => {
    const cycle = new Cycle({ limits: { codexCalls: 1 } })
    cycle.reviews.push({ findings: [finding('F1')] })
    cycle.stop(ready, 't1')
    cycle.stop(says('F1: needed, high — yes'))
    cycle.prompt('next feature')
    return cycle
  }
  it('is said before Claude reviews its own work for nobody, and holds it nowhere', () => {
    for (const onReviewerFailure of ['allow', 'block']) {
      const cycle = spent()
      Object.assign(cycle.config.gate, { onReviewerFailure })
      expect(cycle.stop('Done.', 't2')).toBe('silence')
      expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'budget', tree: 't2' })
      expect(cycle.did).toEqual(['run-tests', 'review', 'run-tests'])
    }
  })
  it('waits for work that Claude itself says is not ready', () => {
    const cycle = spent()
    cycle.stop(says('self-review: not ready'), 't2')
    expect(cycle.state.run!.status).toBe('on')
  })
  it('is lifted by a prompt, not by a change alone: a new run then has limits of its own', () => {
    const cycle = spent()
    cycle.stop('', 't2')
    expect([cycle.stop(ready, 't3'), cycle.complete(), cycle.state.run!.id]).toEqual(['silence', 'silence', 'r1'])
    expect(cycle.entries.filter(({ kind }) => kind === 'run-started')).toHaveLength(1)
    cycle.prompt('and another')
    cycle.stop(ready, 't3')
    expect(cycle.state.run!).toMatchObject({ base: { tree: 't2' }, stage: 'countersigned', bill: { codexCalls: 1 } })
  })
  it('leaves what was agreed to be picked: the fix is reviewed again, from the user’s word on', () => {
    const cycle = spent()
    cycle.stop('', 't2')
    expect(cycle.prompt('pick F1')).toBe('context fix')
    cycle.reviews.push({ resolved: { F1: true } })
    cycle.stop(ready, 't3')
    expect(cycle.state.run!).toMatchObject({ stage: 'countersigned', owed: null, bill: { codexCalls: 2 } })
  })
  it('that a large change has reached waits for the user as well', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    cycle.entries.push({ v: 1, at: '', kind: 'let-go', tree: 't1', head: 'c0', why: 'unsent' })
    expect([cycle.stop(ready, 't2'), cycle.state.run!.tree]).toEqual(['silence', 't1'])
  })
  it('in a ledger of an older version, whose run is still open, ends it at the next stop', () => {
    const cycle = spent()
    cycle.stop('', 't2')
    expect(cycle.entries.pop()).toMatchObject({ kind: 'let-go' })
    cycle.entries.push({ v: 1, at: '', kind: 'entered', stage: 'review', tree: 't2', cycle: 1, round: 0 })
    cycle.stop()
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'budget' })
  })
})

describe('HEAD on another commit', () => {
  it('moves the beginning of the change, and nothing else', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    Object.assign(cycle, { head: 'c9', newBase: 'elsewhere' })
    expect(cycle.stop('', 't2')).toBe('context self-review')
    expect(cycle.state.run!).toMatchObject({ base: { tree: 'elsewhere', head: 'c9' }, tree: 't2' })
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
