import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decisions } from '../../../src/core/cycle/events/index.ts'
import { isHeadUnseen } from '../../../src/core/cycle/not-covered.ts'
import { nothingToDo } from '../../../src/core/cycle/nothing-to-do.ts'
import { silence } from '../../../src/core/cycle/step.ts'
import { unseenAtStop } from '../../../src/core/cycle/unseen.ts'
import { emptyState, openRun } from '../../../src/core/ledger/state.ts'
import { anySession, play } from '../../support/cycle/any-session.ts'
import { Cycle, ready, says } from '../../support/cycle/cycle.ts'

describe('a stop needs nothing at all', () => {
  const started = (message = '') => {
    const cycle = new Cycle()
    cycle.stop(message, 't1')
    return cycle
  }
  const paused = () => ({ ...started().state, paused: true })
  const fresh = () => new Cycle().state
  const owing = () => {
    const cycle = new Cycle()
    cycle.reviews.push({ cannot: 'crashed' })
    cycle.stop(ready, 't1')
    return cycle.state
  }
  const letGo = () => {
    const cycle = started()
    cycle.unable.add('t2')
    cycle.stop('', 't2')
    return cycle.state
  }
  it.each([
    ['while the gate is paused', paused, 'anything', '', true],
    ['at the settled tree', fresh, 'base', '', true],
    ['never at another', fresh, 't1', '', false],
    ['never before the baseline', () => emptyState, 'base', '', false],
    ['at whatever tree while a bound waits for the user', () => ({ ...fresh(), limitReached: true }), 't1', '', true],
    ['where Claude was let go', letGo, 't2', 'done', true],
    ['but not when Claude answers there', letGo, 't2', '```Countersign', false],
    ['nor at another tree', letGo, 't3', 'done', false],
    ['nor while a review is owed', owing, 't1', 'done', false],
    ['never at the base of an open run: it is withdrawn', () => started().state, 'base', '', false],
  ])('%s', (_, state, tree, message, rests) =>
    expect(nothingToDo(state(), { tree, message, session: 's1', head: 'c0' })).toBe(rests),
  )
})

it('where the tests have passed since Claude was let go, there is something to do', () => {
  const cycle = new Cycle()
  cycle.red.add('t1')
  for (let stop = 0; stop < 4; stop++) cycle.stop('', 't1')
  const rests = () => nothingToDo(cycle.state, { tree: 't1', message: '', session: 's1', head: 'c0' })
  expect(rests()).toBe(true)
  const suites = cycle.state.run!.tests.ran.get('t1')!.suites
  cycle.entries.push({ v: 1, at: '', kind: 'tests-ran', tree: 't1', after: null, result: 'green', seconds: 1, suites })
  expect(rests()).toBe(false)
})

it('a settled tree stays settled wherever HEAD goes, to a completed task as to a stop', () => {
  const cycle = new Cycle()
  cycle.stop(ready, 't1')
  expect(cycle.state.run!.stage).toBe('countersigned')
  const before = cycle.entries.length
  for (const head of ['c1', 'c0', 'c2', 'c2']) {
    cycle.head = head
    expect({ stop: cycle.stop(''), completed: cycle.complete() }).toEqual({ stop: 'silence', completed: 'silence' })
  }
  const looked = cycle.entries.slice(before).map(entry => entry.kind === 'looked' && entry.head)
  expect(looked).toEqual(['c1', 'c2'])
})

describe('the answer is one', () => {
  const trees = ['base', 't1', 't2', 'red1', 'unable']
  const messages = ['', 'Done.', ready, says('F1: not needed')]
  it('where the quick one is silence, the full decision says and writes nothing', () => {
    let silent = 0
    fc.assert(
      fc.property(anySession, moves => {
        play(moves, cycle => {
          for (const tree of trees)
            for (const message of messages) {
              const facts = { ...cycle.facts(message), tree }
              const event = { hook_event_name: 'Stop', session_id: cycle.session, last_assistant_message: message }
              if (!nothingToDo(cycle.state, facts) || isHeadUnseen(cycle.state, facts)) continue
              if (unseenAtStop(cycle.state, facts, event)) continue
              silent++
              expect(decisions.Stop(cycle.state, facts, event)).toEqual(silence)
              if (!openRun(cycle.state)) expect(decisions.TaskCompleted(cycle.state, facts, event)).toEqual(silence)
            }
        })
      }),
      { numRuns: 200 },
    )
    expect(silent).toBeGreaterThan(1000)
  })
})
