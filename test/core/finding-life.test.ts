import { describe, expect, it } from 'vitest'
import { Cycle, finding, ready, says } from '../support/cycle.ts'

describe('findings', () => {
  const choosing = () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1'), finding('F2'), finding('F3')] })
    cycle.stop(ready, 't1')
    cycle.stop(says('all: needed, low — yes'))
    return cycle
  }
  const fates = ({ state }: Cycle) => state.run!.findings.map(({ fate }) => fate).join(' ')
  it('that the user dismisses are left, and the others as they were', () => {
    const cycle = choosing()
    cycle.entries.push({ v: 1, at: '', kind: 'dismissed', ids: ['F2'], reason: 'ours to keep' })
    expect(fates(cycle)).toBe('pending left pending')
  })
  it('that are mended stay mended, whatever is picked later', () => {
    const cycle = choosing()
    cycle.prompt('pick F1')
    expect(fates(cycle)).toBe('picked left left')
    cycle.reviews.push({ resolved: { F1: true } })
    cycle.stop(ready, 't2')
    cycle.prompt('pick F2')
    expect([fates(cycle), cycle.state.run!.picked]).toEqual(['resolved picked left', ['F1', 'F2']])
  })
  it('picked once more are named once, last', () => {
    const cycle = choosing()
    cycle.prompt('pick F1 F2')
    cycle.prompt('pick F1')
    expect(cycle.state.run!.picked).toEqual(['F2', 'F1'])
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
      positions: [{ by: 'codex', reason: 'r', round: 0 }],
    })
    expect(first!.history.map(({ by }) => by)).toEqual(['codex', 'claude'])
  })
})
