import { expect, it } from 'vitest'
import { isForgotten } from '../../../../src/core/cycle/forgotten.ts'
import { emptyState } from '../../../../src/core/ledger/state.ts'
import { deedsMessage } from '../../../../src/core/messages/deeds.ts'
import { Cycle } from '../../../support/cycle/cycle.ts'
import { begun, session, states } from '../../../support/cycle/ledger.ts'

const stop = { hook_event_name: 'Stop', session_id: 's1', source: undefined }
const start = (source: string) => ({ hook_event_name: 'SessionStart', session_id: 's1', source })
const settled = { ...emptyState, settled: { tree: 'base', head: 'c0' } }

it('a session that the ledger has not seen begin is forgotten, whatever else is in it', () => {
  expect([isForgotten(emptyState, stop), isForgotten(settled, stop)]).toEqual([true, true])
  expect(isForgotten(states(session('s1', 'started')), stop)).toBe(false)
  expect(isForgotten(states(session('s2', 'started')), stop)).toBe(true)
})

it('one that begins is not; one that goes on after a compaction is, and one that is opened again with nothing there', () => {
  expect(['startup', 'clear', 'compact', 'resume'].map(source => isForgotten(emptyState, start(source)))).toEqual([
    ...[false, false, true, true],
  ])
  expect(isForgotten(settled, start('resume'))).toBe(false)
})

it('a run hands on who has begun; of one that an earlier version began nothing is known', () => {
  const cycle = new Cycle()
  cycle.start()
  cycle.stop('', 't1')
  const from = cycle.entries.findIndex(({ kind }) => kind === 'run-started')
  expect(states(...cycle.entries.slice(from)).recorded).toEqual(['s1'])
  expect(isForgotten(states(begun()), stop)).toBe(false)
  expect(isForgotten(states(begun(), session('s2', 'started')), stop)).toBe(false)
})

it('what was lost, and what was left in a remote, is told in a sentence each', () => {
  const deeds = (['forgotten', 'left-in-remote'] as const).map(what => ({ what, names: ['a', 'b'], by: 'user' }))
  expect(deedsMessage(deeds, null)).toMatch(
    /^! the gate has no record of this session: .* are lost\. a; b\.\n! commits made in the last session .*: a; b\.$/,
  )
})
