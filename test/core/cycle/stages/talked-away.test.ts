import { describe, expect, it } from 'vitest'
import { findingsJson } from '../../../../src/core/report/json.ts'
import { findingsText } from '../../../../src/core/report/text.ts'
import { Cycle, debating, finding, outcomes, ready, says } from '../../../support/cycle/cycle.ts'

// What two models could talk away between them, and how each of these debates ends now.

const injection = finding('F1', 'critical', { title: 'SQL injection' })
const elsewhere = 'src/api.js:1 `if (!xs.length) return null`'
const ok = { needed: false, concession: 'ok', evidence: 'none' as const, cited: [] }
const shown = { needed: false, concession: 'the caller checks' } as const
const signed = (cycle: Cycle) => cycle.state.run!.stage === 'countersigned'

describe('a critical finding', () => {
  it.each([
    ['that nobody has shown to be wrong', 'it is fine', ok, ' [critical, both now say not needed]'],
    ['with a quote that stands nowhere', 'src/api.js:1 `escape(every.input)`', ok, ' (quote not found in the tree)'],
    ['that both withdraw with a quote', elsewhere, shown, ' [critical, both now say not needed]'],
  ])('%s stays the user’s to decide', (_, reason, answer, mark) => {
    const cycle = debating(injection)
    cycle.rebuttals.push({ F1: answer })
    for (let times = 0; times < 2 && cycle.state.run!.stage === 'debate'; times++)
      cycle.stop(says(`F1: not needed — ${reason}`))
    expect(cycle.state.run!.stage).toBe('choice')
    expect(outcomes(cycle)).toEqual(['F1 disputed'])
    expect(findingsText(cycle.state.run)).toContain(mark)
    expect(cycle.prompt('pick F1')).toBe('context fix')
  })

  it('is not settled by one line for all', () => {
    const cycle = debating(injection, finding('F2', 'high'), finding('F3', 'medium'))
    cycle.rebuttals.push({ F1: ok, F2: shown, F3: shown })
    cycle.stop(says(`all: not needed — by design: ${elsewhere}`))
    expect(outcomes(cycle)).toEqual(['F1 disputed', 'F2 disputed', 'F3 not-needed'])
    expect(findingsJson(cycle).disputed[1]).toMatchObject({
      marks: ['both-withdrew'],
      positions: [{ evidence: 'checked' }, { by: 'claude', evidence: 'none' }, { evidence: 'checked' }],
    })
    expect([cycle.state.run!.stage, cycle.did]).toEqual(['choice', ['run-tests', 'review', 'rebut']])
  })

  it('that the author alone calls low is listed as critical, and picked as such', () => {
    const cycle = debating(injection)
    cycle.stop(says('F1: needed, low — could be tidier'))
    expect(outcomes(cycle)).toEqual(['F1 agreed critical'])
    expect(findingsText(cycle.state.run)).toContain('Codex says critical, Claude low; Codex’s counts')
    expect(cycle.did).toEqual(['run-tests', 'review'])
    expect(cycle.prompt('pick critical')).toBe('context fix')
  })

  it('is agreed when the author changes its mind with a quote, whatever word it uses', () => {
    const cycle = debating(injection)
    cycle.rebuttals.push({ F1: { needed: true, priority: 'critical' } })
    cycle.stop(says('F1: not needed — no input reaches it'))
    cycle.stop(says('F1: needed, critical — true, the route passes it on: a.js:2 `export const total`'))
    expect(outcomes(cycle)).toEqual(['F1 agreed critical'])
    expect(findingsJson(cycle).agreed.critical).toMatchObject([{ agreedBy: 'conceded', support: 'own-quote' }])
  })

  it('says once what a change of mind lacks, together with whatever else is wrong', () => {
    const cycle = debating(injection, finding('F2', 'medium'))
    cycle.rebuttals.push({ F1: { needed: true }, F2: { needed: true } })
    cycle.stop(says('F1, F2: not needed — no'))
    expect(cycle.stop(says('F1: needed, high — you are right'))).toBe('context debate')
    expect(cycle.last!.context).toMatch(
      /no usable answer for F2; F1: a change of mind counts only with path:line and a quote[^;]*\. Attempt 2 of 2;/,
    )
    cycle.stop(says('F1: needed, high — you are right', 'F2: not needed — no'))
    expect(outcomes(cycle)).toEqual(['F1 disputed', 'F2 disputed'])
  })
})

describe('nothing is countersigned before the choice was shown', () => {
  it('when something critical or high was raised and both settled it', () => {
    const cycle = debating(finding('F1', 'high', { kind: 'excess' }))
    cycle.rebuttals.push({ F1: shown })
    expect(cycle.stop(says('F1: not needed — used'))).toBe('context choice')
    expect(outcomes(cycle)).toEqual(['F1 not-needed'])
    const asked = cycle.askForList()
    expect([asked, JSON.stringify(cycle.last)]).toMatchObject([
      expect.anything(),
      expect.stringContaining('F1 not needed'),
    ])
    cycle.prompt('pick none')
    expect([signed(cycle), outcomes(cycle)]).toEqual([true, ['F1 not-needed']])
  })
  it('though once it was, it is not shown again', () => {
    const cycle = debating(finding('F1', 'high', { kind: 'excess' }), finding('F2', 'low'))
    cycle.rebuttals.push({ F1: shown })
    cycle.stop(says('F1: not needed — used', 'F2: needed, low — yes'))
    cycle.prompt('pick F2')
    cycle.reviews.push({ resolved: { F2: true } })
    cycle.stop(ready, 't2')
    expect(signed(cycle)).toBe(true)
  })
  it('and what was settled can be picked by its id, while “all” leaves it out', () => {
    const cycle = debating(finding('F1', 'medium'), finding('F2', 'low'))
    cycle.rebuttals.push({ F1: shown })
    cycle.stop(says('F1: not needed — used', 'F2: needed, low — yes'))
    cycle.prompt('pick all')
    expect(cycle.state.run!.choice.picked).toEqual(['F2'])
    expect(cycle.prompt('pick F1')).toBe('context fix')
    cycle.reviews.push({ resolved: { F1: true } })
    cycle.stop(ready, 't2')
    expect(cycle.state.run!.findings.map(({ fate }) => fate)).toEqual(['resolved', 'left'])
  })
})

describe('how urgent something is', () => {
  const lower = `F1: needed, low — rarely: ${elsewhere}`
  it('is asked in a rebuttal that is due anyway, and lowered when both show why', () => {
    const cycle = debating(injection, finding('F2', 'medium'))
    cycle.rebuttals.push({ F1: { needed: true, priority: 'medium' }, F2: shown })
    cycle.stop(says(lower, 'F2: not needed — no'))
    expect(outcomes(cycle)).toEqual(['F1 agreed low', 'F2 not-needed'])
    expect(cycle.prompt('pick critical')).toBe('context fix')
  })
  it('is never a reason for a call of its own, nor for dropping what both call needed', () => {
    const cycle = debating(injection)
    cycle.stop(says(lower))
    expect([outcomes(cycle), cycle.did]).toEqual([['F1 agreed critical'], ['run-tests', 'review']])
    const other = debating(injection, finding('F2', 'medium'))
    other.rebuttals.push({ F1: shown, F2: shown })
    other.stop(says(lower, 'F2: not needed — no'))
    expect(outcomes(other)).toEqual(['F1 agreed critical', 'F2 not-needed'])
  })
  it.each(['lower', 'higher'] as const)('is the %s one where the configuration says so', priority => {
    const cycle = new Cycle({ debate: { priority } })
    cycle.reviews.push({ findings: [injection] })
    cycle.stop(ready, 't1')
    cycle.stop(says('F1: needed, low — could be tidier'))
    expect(outcomes(cycle)).toEqual([`F1 agreed ${priority === 'lower' ? 'low' : 'critical'}`])
  })
})

it('they go back and forth as long as evidence moves, not words', () => {
  const cycle = debating(injection, finding('F2', 'medium'))
  cycle.rebuttals.push({ F1: { needed: true, evidence: 'none', cited: [] }, F2: { needed: true } })
  expect(cycle.stop(says('F1, F2: not needed — no'))).toBe('context debate')
  expect(cycle.last!.context).toMatch(/round 2[\s\S]*F2 ·/)
  expect(cycle.last!.context).not.toContain('F1 ·')
  expect(outcomes(cycle)).toEqual(['F1 disputed', 'F2 open'])
})
