import { describe, expect, it } from 'vitest'
import { afterPick, raise, undebated, withPositions } from '../../../src/core/ledger/finding-reducer.ts'
import { choosable, pickable, toCheck } from '../../../src/core/ledger/lists.ts'
import { Cycle, finding, ready, says } from '../../support/cycle/cycle.ts'

describe('findings', () => {
  const choosing = () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1'), finding('F2'), finding('F3')] })
    cycle.stop(ready, 't1')
    cycle.stop(says('all: needed, low — yes'))
    return cycle
  }
  const fates = ({ state }: Cycle) => state.run!.findings.map(({ fate }) => fate).join(' ')
  it('that the user dismisses stay so, and the others as they were', () => {
    const cycle = choosing()
    cycle.entries.push({ v: 1, at: '', kind: 'dismissed', ids: ['F2'], reason: 'ours to keep' })
    expect(fates(cycle)).toBe('pending dismissed pending')
    cycle.prompt('pick F1')
    expect(fates(cycle)).toBe('picked dismissed left')
  })
  it('that are mended stay mended, whatever is picked later', () => {
    const cycle = choosing()
    cycle.prompt('pick F1')
    expect(fates(cycle)).toBe('picked left left')
    cycle.reviews.push({ resolved: { F1: true } })
    cycle.stop(ready, 't2')
    cycle.prompt('pick F2')
    expect([fates(cycle), cycle.state.run!.choice.picked]).toEqual(['resolved picked left', ['F1', 'F2']])
  })
  it('are those of the last choice, as long as nothing was done about the one before', () => {
    const cycle = choosing()
    cycle.prompt('pick F1 F2')
    cycle.prompt('pick F1')
    expect(cycle.state.run!.choice.picked).toEqual(['F1'])
  })
  it('keep what was said of them in earlier cycles', () => {
    const cycle = choosing()
    cycle.prompt('pick F1')
    cycle.reviews.push({ resolved: { F1: false } })
    cycle.stop(ready, 't2')
    const [first] = cycle.state.run!.findings
    expect(first).toMatchObject({
      outcome: 'open',
      fate: 'pending',
      positions: [{ by: 'codex', reason: 'r', round: 0, needed: true }],
    })
    expect(first!.history.map(({ by }) => by)).toEqual(['codex', 'claude'])
  })
})

it('a settled finding hears no more answers, nor does one outside the frozen scope', () => {
  const all = [
    { ...raise(finding('F1')), outcome: 'disputed' as const },
    raise(finding('F2', 'high', { inScope: false })),
    raise(finding('F3')),
  ]
  const said = { by: 'claude', round: 1, needed: true, priority: 'low', reason: 'r', concession: null } as const
  const after = withPositions(
    all,
    ['F1', 'F2', 'F3'].map(id => ({ id, ...said })),
    { over: () => true, across: 'ask' },
  )
  expect(after.slice(0, 2)).toEqual(all.slice(0, 2))
  expect(after[2]).toMatchObject({ outcome: 'agreed', priority: 'high', positions: [{ by: 'codex' }, said] })
})

it('whatever is decided between the two is left by a pick that does not name it', () =>
  expect(
    (['agreed', 'disputed', 'not-needed', 'open'] as const)
      .map(outcome => afterPick({ ...raise(finding('F1')), outcome }, ['F2']))
      .map(({ fate }) => fate),
  ).toEqual(['left', 'left', 'left', 'pending']))

it('what is picked outside the frozen scope is in it from then on', () =>
  expect(afterPick(raise(finding('F1', 'low', { inScope: false })), ['F1'])).toMatchObject({
    ...{ inScope: true, fate: 'picked' },
  }))

it('what has been mended is no longer to be chosen from, nor checked again', () => {
  const cycle = new Cycle()
  cycle.reviews.push({ findings: [finding('F1'), finding('F2')] })
  cycle.stop(ready, 't1')
  cycle.stop(says('all: needed, low — yes'))
  expect(toCheck(cycle.state.run!).map(({ id }) => id)).toEqual(['F1', 'F2'])
  cycle.prompt('pick F1')
  cycle.reviews.push({ resolved: { F1: true }, findings: [finding('F3')] })
  cycle.stop(ready, 't2')
  cycle.stop(says('F3: needed, low — yes'))
  expect(choosable(cycle.state.run!).map(({ id }) => id)).toEqual(['F2', 'F3'])
  expect(toCheck(cycle.state.run!).map(({ id }) => id)).toEqual(['F3'])
})

it('while a review is owed in an earlier stage there is nothing to pick from', () => {
  const cycle = new Cycle()
  cycle.reviews.push({ findings: [finding('F1')] }, { cannot: 'crashed' })
  cycle.stop(ready, 't1')
  cycle.stop(says('F1: needed, low — yes'))
  cycle.prompt('pick F1')
  cycle.stop(ready, 't2')
  expect([cycle.state.run!.stage, pickable(cycle.state.run)]).toEqual(['review', []])
})

describe('a finding that is not debated anew', () => {
  /** Raised, answered so, picked, and found as it was. */
  const foundAgain = (...answers: string[]) => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1', 'high')] }, { resolved: { F1: false } })
    cycle.rebuttals.push({ F1: { needed: true } }, { F1: { needed: true } })
    cycle.stop(ready, 't1')
    for (const answer of answers) cycle.stop(says(answer))
    cycle.prompt('pick F1')
    cycle.stop(ready, 't2')
    return cycle.state.run!.findings[0]!
  }

  it('stays what both held, or disputed at the priority it had', () => {
    const agreed = undebated(foundAgain('F1: needed, high — yes'), 'ask')
    expect(agreed).toMatchObject({ outcome: 'agreed', priority: 'high' })
    const refused = undebated(foundAgain('F1: not needed — no', 'F1: not needed — still no'), 'ask')
    expect(refused).toMatchObject({ outcome: 'disputed', priority: 'high' })
    // Of whom the ledger has lost every word.
    expect(undebated({ ...refused, positions: [], history: [] }, 'ask')).toMatchObject({
      outcome: 'disputed',
      priority: 'high',
    })
  })

  it('is the one that is named, and no other', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1'), finding('F2')] })
    cycle.stop(ready, 't1')
    cycle.entries.push({ v: 1, at: '', kind: 'no-progress', ids: ['F1'] })
    expect(cycle.state.run!.findings.map(({ outcome }) => outcome)).toEqual(['disputed', 'open'])
  })
})
