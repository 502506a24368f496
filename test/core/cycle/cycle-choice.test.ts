import { describe, expect, it } from 'vitest'
import { findingsWith } from '../../../src/core/ledger/state.ts'
import { Cycle, debating, finding, ready, says } from '../../support/cycle/cycle.ts'

describe('the choice', () => {
  const choosing = () => {
    const cycle = debating(finding('F1'), finding('F2', 'low'))
    cycle.stop(says('all: needed, low — yes'))
    return cycle
  }
  it('is offered once; a stop after that waits for the user in silence', () => {
    const cycle = choosing()
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'asked', stage: 'choice', problems: [] })
    expect([cycle.stop(), cycle.stop()]).toEqual(['silence', 'silence'])
  })
  it('typed as a prompt becomes the task list', () => {
    const cycle = choosing()
    cycle.stop()
    expect(cycle.prompt('pick F2')).toBe('context fix')
    expect(cycle.last!.context).toMatch(/The user picked F2\.[\s\S]*title of F2/)
    expect(cycle.last!.context).not.toMatch(/title of F1/)
  })
  it.each(['pick F7', 'pick F1 banana'])('“%s” picks nothing and says what can be picked', prompt => {
    const cycle = choosing()
    expect(cycle.prompt(prompt)).toMatch(/^block Nothing picked/)
    expect(cycle.last!.block).toMatch(/F1, F2/)
    expect(cycle.state.run!.picked).toEqual([])
  })
  it('before the debate is over is refused: the list is not there yet', () => {
    const cycle = debating(finding('F1'), finding('F2'))
    cycle.rebuttals.push({ F2: { needed: true } })
    cycle.stop(says('F1: needed, high — yes', 'F2: not needed — no'))
    expect(cycle.prompt('pick F1')).toMatch(/^block/)
    expect(cycle.last!.block).toBe('Nothing picked: there is no list to choose from yet.')
    expect(cycle.state.run!).toMatchObject({ stage: 'debate', picked: [] })
  })
  it('after the countersignature takes up what was left', () => {
    const cycle = choosing()
    cycle.prompt('pick none')
    expect(cycle.prompt('pick F2')).toBe('context fix')
    cycle.reviews.push({ resolved: { F2: true } })
    cycle.stop(ready, 't2')
    expect(cycle.state.run!).toMatchObject({ stage: 'countersigned', cycle: 2, picked: ['F2'] })
  })
  it('“pick a colour” is a prompt like any other', () => {
    const cycle = choosing()
    expect([cycle.prompt('pick a colour for the button'), cycle.state.run!.stage]).toEqual(['silence', 'choice'])
  })
  it('of none countersigns', () => {
    const cycle = choosing()
    cycle.prompt('pick none')
    expect(cycle.state.run!).toMatchObject({ stage: 'countersigned', picked: [] })
  })
  it('counts only answers to our own questions', () => {
    const cycle = choosing()
    cycle.answer({ 'Shall I fix everything?': 'F1' })
    expect(cycle.state.run!.picked).toEqual([])
  })
})

describe('after the pick', () => {
  const fixing = (config = {}) => {
    const cycle = new Cycle(config)
    cycle.reviews.push({ findings: [finding('F1'), finding('F2', 'low')] })
    cycle.stop(ready, 't1')
    cycle.stop(says('all: needed, low — yes'))
    cycle.prompt('pick F1')
    return cycle
  }
  it('the whole cycle runs again on the change, and countersigns when all is resolved', () => {
    const cycle = fixing()
    cycle.reviews.push({ resolved: { F1: true } })
    expect(cycle.stop('', 't2')).toBe('context self-review')
    cycle.stop(ready)
    expect(cycle.state.run!).toMatchObject({ stage: 'countersigned', cycle: 2, picked: ['F1'] })
    expect(cycle.did).toEqual(['run-tests', 'review', 'run-tests', 'review'])
  })
  it('an unresolved finding is debated again under its own id', () => {
    const cycle = fixing()
    cycle.reviews.push({ resolved: { F1: false } })
    cycle.stop(ready, 't2')
    expect(cycle.last!.context).toMatch(/debate · cycle 2 · round 1[\s\S]*F1 ·/)
    expect(findingsWith(cycle.state.run!, 'open').map(({ id }) => id)).toEqual(['F1'])
  })
  it('what is raised outside the frozen scope is kept, not debated', () => {
    const cycle = fixing()
    cycle.reviews.push({ resolved: { F1: true }, findings: [finding('F3', 'low', { inScope: false })] })
    cycle.stop(ready, 't2')
    expect(cycle.state.run!.stage).toBe('countersigned')
    expect(cycle.state.run!.findings.map(({ id }) => id)).toEqual(['F1', 'F2', 'F3'])
  })
  it('Claude is reminded once of what it did not touch, then let go', () => {
    const cycle = fixing()
    expect([cycle.stop(), cycle.stop(), cycle.stop()]).toEqual(['context fix', 'silence', 'silence'])
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'not-fixed' })
  })
  it('the last cycle that is allowed is one', () => {
    const cycle = fixing({ limits: { cycles: 2 } })
    cycle.reviews.push({ resolved: { F1: true } })
    cycle.stop(ready, 't2')
    expect(cycle.state.run!).toMatchObject({ stage: 'countersigned', cycle: 2 })
  })
  it('cycles are bounded: the change is handed to the user, not countersigned', () => {
    const cycle = fixing({ limits: { cycles: 1 } })
    expect(cycle.stop(ready, 't2')).toBe('silence')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'cycles' })
    expect(cycle.state.run!).toMatchObject({ status: 'over', stage: 'fix' })
  })
})
