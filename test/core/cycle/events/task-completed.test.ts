import { describe, expect, it } from 'vitest'
import { Cycle } from '../../../support/cycle/cycle.ts'

const pause = (cycle: Cycle) => void cycle.entries.push({ v: 1, at: '', kind: 'paused' })

describe('a completed task', () => {
  it('is refused while the tests are red, a bounded number of times, and costs one run', () => {
    const cycle = new Cycle()
    cycle.tree = 't1'
    cycle.red.add('t1')
    expect([cycle.complete(), cycle.complete(), cycle.complete(), cycle.complete()]).toEqual([
      ...Array(3).fill('block tests'),
      'silence',
    ])
    expect(cycle.did).toEqual(['run-tests'])
  })
  it('passes on an unchanged tree without a test run', () => {
    const cycle = new Cycle()
    expect([cycle.complete(), cycle.did]).toEqual(['silence', []])
  })
  it('waits for no suite that changes what it tests for more than three runs', () => {
    const cycle = new Cycle()
    cycle.tree = 't1'
    cycle.testsMove = true
    expect([cycle.complete(), cycle.did]).toEqual(['silence', ['run-tests', 'run-tests', 'run-tests']])
  })
  it('is tested once for its tree, and passes when that is green', () => {
    const cycle = new Cycle()
    cycle.tree = 't1'
    expect([cycle.complete(), cycle.complete(), cycle.did]).toEqual(['silence', 'silence', ['run-tests']])
  })
  it('is none of the gate’s business while it is paused, at the base, or in another living session', () => {
    const red = () => {
      const cycle = new Cycle()
      cycle.red.add('t1').add('base')
      cycle.stop('', 't1')
      return cycle
    }
    const [paused, back, other] = [red(), red(), red()]
    pause(paused)
    back.tree = 'base'
    Object.assign(other, { session: 's2', ownerAlive: true })
    expect([paused, back, other].map(cycle => cycle.complete())).toEqual(['silence', 'silence', 'silence'])
    expect(red().complete()).toBe('block tests')
    const orphaned = Object.assign(red(), { session: 's2' })
    expect(orphaned.complete()).toBe('block tests')
    expect(Object.assign(red(), { ownerAlive: true }).complete()).toBe('block tests')
  })
  it('counts the refusals, and no refusal is a hold', () => {
    const cycle = new Cycle()
    cycle.tree = 't1'
    cycle.red.add('t1')
    cycle.complete()
    cycle.complete()
    expect(cycle.last!.block).toMatch(/Attempt 2 of 3: the tests are red\. The task is not complete until/)
    expect(cycle.state.run!).toMatchObject({ counts: { tasksRefused: 2, holds: 0, redAttempts: 0 } })
  })
})
