import { describe, expect, it } from 'vitest'
import { noList, signedAs } from '../../../src/core/cycle/choice.ts'
import { nothingToDo } from '../../../src/core/cycle/nothing-to-do.ts'
import { openRun } from '../../../src/core/ledger/state.ts'
import { statusText } from '../../../src/core/report/status.ts'
import { findingsText } from '../../../src/core/report/text.ts'
import { Cycle, finding, ready, says } from '../../support/cycle/cycle.ts'

/** A cycle at the choice over one agreed finding, in tree t1. */
const choosing = () => {
  const cycle = new Cycle()
  cycle.reviews.push({ findings: [finding('F1')] })
  cycle.stop(ready, 't1')
  cycle.stop(says('F1: needed, high — yes'))
  return cycle
}
const away = () => {
  const cycle = choosing()
  cycle.stop('', 'base')
  return cycle
}

describe('a reviewed change that is put away', () => {
  it('is not forgotten: the list is there to read, and waits', () => {
    const { state } = away()
    expect(state.settled).toEqual({ tree: 'base', head: 'c0' })
    expect(findingsText(state.run)).toMatch(
      /^Cycle 1 · choice · not in this working tree now · 1 finding\n[\s\S]*F1 title of F1/,
    )
    expect(findingsText(state.run)).not.toMatch(/Choose:/)
    expect(statusText(state)).toMatch(/^Stage +choice · cycle 1, waiting for its change to come back/)
    expect(noList(state.run)).toMatch(/not in this working tree now/)
  })

  it('asks nothing while it is away', () => {
    const cycle = away()
    expect([cycle.stop(), cycle.prompt('pick F1')]).toEqual([
      'silence',
      'block Nothing picked: the reviewed change is n',
    ])
    const rests = (tree: string) => nothingToDo(cycle.state, { tree, message: '', session: 's1', head: 'c0' })
    expect({ base: rests('base'), t1: rests('t1') }).toEqual({ base: true, t1: false })
  })

  it('goes on where it stood when it is back, with what was asked for meanwhile', () => {
    const cycle = away()
    cycle.prompt('go back')
    const calls = cycle.did.length
    expect(cycle.stop('', 't1')).toBe('silence')
    expect(cycle.did).toHaveLength(calls)
    expect(cycle.state.run).toMatchObject({ stage: 'choice', status: 'on', prompts: ['go back'] })
    expect(cycle.prompt('pick F1')).toBe('context fix')
  })

  it('goes on from the base it had, when another branch led HEAD away and back', () => {
    const cycle = choosing()
    Object.assign(cycle, { head: 'c1', newBase: 'elsewhere' })
    cycle.stop('', 'elsewhere')
    expect(cycle.state.run).toMatchObject({ status: 'away', base: { tree: 'elsewhere' } })
    Object.assign(cycle, { head: 'c0' })
    cycle.stop('', 't1')
    expect(cycle.state.run).toMatchObject({ stage: 'choice', status: 'on', base: { tree: 'base', head: 'c0' } })
    expect(cycle.stop()).toBe('silence')
  })

  it('goes on after an edit that was taken back with it', () => {
    const cycle = choosing()
    cycle.red.add('t2')
    cycle.stop('', 't2')
    cycle.stop('', 'base')
    cycle.stop('', 't1')
    expect(cycle.state.run).toMatchObject({ stage: 'choice', tree: 't1' })
  })

  it('makes way for another one', () => {
    const cycle = away()
    expect(cycle.stop(ready, 't9')).toBe('silence')
    expect(cycle.state.run).toMatchObject({ tree: 't9', stage: 'countersigned', findings: [] })
  })

  it('before anything was reviewed is nothing', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    cycle.stop('', 'base')
    expect(cycle.state.run).toBeNull()
  })
})

it('why there is no list to choose from is said as it is', () => {
  const cycle = choosing()
  const run = openRun(cycle.state)
  cycle.prompt('pick F1')
  const left = openRun(cycle.state)!
  expect([null, run, { ...run!, left }, { ...run!, left: { ...left, stage: 'debate' as const } }].map(noList)).toEqual([
    expect.stringMatching(/no list to choose from yet/),
    expect.stringMatching(/no list to choose from yet/),
    expect.stringMatching(/on hold/),
    expect.stringMatching(/no list to choose from yet/),
  ])
  expect([signedAs(run!, run!.tree), signedAs(run!, 'another')]).toEqual([
    'the change is countersigned as it is',
    expect.stringMatching(/^what was reviewed is countersigned/),
  ])
})
