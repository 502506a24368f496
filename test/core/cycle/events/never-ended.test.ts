import { describe, expect, it } from 'vitest'
import { outcomeMessage } from '../../../../src/core/messages/outcomes.ts'
import { Cycle, ready } from '../../../support/cycle/cycle.ts'
import { session, states } from '../../../support/cycle/ledger.ts'

const ended = (cycle: Cycle): string[] =>
  cycle.entries.flatMap(entry => (entry.kind === 'session' && entry.phase === 'ended' ? [entry.session] : []))
const start = (cycle: Cycle, name: string, source = 'startup'): void => {
  cycle.session = name
  cycle.start(source)
}

describe('a session whose end no hook has seen', () => {
  it('is ended when the next one starts, the latest with a look at what was committed', () => {
    const cycle = new Cycle()
    cycle.anotherRuns = true
    for (const name of ['s1', 's2', 's3']) start(cycle, name)
    cycle.anotherRuns = false
    start(cycle, 's4')
    expect([ended(cycle), cycle.did]).toEqual([['s2', 's1', 's3'], ['end-session']])
    start(cycle, 's5')
    expect(ended(cycle)).toEqual(['s2', 's1', 's3', 's4'])
  })

  it('is that of the run as well, which its session had before the ledger is read', () => {
    const cycle = new Cycle()
    cycle.stop(ready, 't1')
    start(cycle, 's2')
    expect(ended(cycle)).toEqual(['s1'])
  })

  it('is left alone while a Claude Code runs, after a compaction, and while the gate is paused', () => {
    const cycle = new Cycle()
    start(cycle, 's1')
    start(cycle, 's2', 'compact')
    cycle.anotherRuns = true
    start(cycle, 's2')
    cycle.anotherRuns = false
    cycle.entries.push({ v: 1, at: '', kind: 'paused' })
    start(cycle, 's2')
    expect(ended(cycle)).toEqual([])
  })

  it('is its own earlier part where it is opened again', () => {
    const cycle = new Cycle()
    start(cycle, 's1')
    start(cycle, 's1')
    expect(ended(cycle)).toEqual([])
    start(cycle, 's1', 'resume')
    expect([ended(cycle), cycle.state.endedSessions]).toEqual([['s1'], []])
  })

  it('is none where it began inside another one', () =>
    expect(states({ ...session('s2', 'started'), inside: true } as never)).toMatchObject({
      ...{ sessions: [], recorded: ['s2'] },
    }))

  it('is told with the commits, and not without', () => {
    const told = (commits: number) =>
      outcomeMessage(
        [
          {
            ...{ kind: 'session', session: 's1', pid: null, phase: 'ended' },
            unseen: { commits, by: ['Ada'], from: ['topic'], between: true },
          },
        ],
        new Cycle().state,
      )
    expect(told(2)).toMatch(/did not see the last session end: .* not reviewed: 2 commits \(by Ada; topic\)\. Their/)
    expect(told(0)).toBeNull()
  })
})
