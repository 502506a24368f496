import { describe, expect, it } from 'vitest'
import { nothingToDo } from '../../../../src/core/cycle/nothing-to-do.ts'
import { Cycle, ready, says } from '../../../support/cycle/cycle.ts'

const notReady = says('self-review: not ready', 'Which currency?')
const waiting = () => {
  const cycle = new Cycle()
  cycle.stop('', 't1')
  cycle.stop(notReady)
  return cycle
}
const reviews = (cycle: Cycle) => cycle.did.filter(step => step === 'review').length

describe('a change that Claude says is not ready', () => {
  it('waits as long as HEAD stays where it is', () => {
    const cycle = waiting()
    expect([cycle.stop('Done.'), cycle.stop('Done.'), reviews(cycle)]).toEqual(['silence', 'silence', 0])
  })
  it.each(['Done.', notReady])('is reviewed once HEAD has moved since, at %j', message => {
    const cycle = waiting()
    cycle.prompt('commit it')
    cycle.head = 'c1'
    const rests = () => nothingToDo(cycle.state, cycle.facts(message))
    expect(rests()).toBe(false)
    cycle.stop(message)
    expect([reviews(cycle), cycle.state.run!.stage, rests()]).toEqual([1, 'countersigned', true])
  })
  it('is asked for anew after the next edit, and reviewed where HEAD moves in the same turn', () => {
    const cycle = waiting()
    expect(cycle.stop('', 't2')).toBe('context self-review')
    cycle.head = 'c1'
    expect([cycle.stop(notReady), reviews(cycle)]).toEqual(['silence', 1])
  })
  it('waits again in a later turn, in which HEAD stays', () => {
    const cycle = waiting()
    cycle.stop('', 't2')
    cycle.head = 'c1'
    expect(cycle.stop('')).toBe('context self-review')
    cycle.prompt('and the tax')
    cycle.stop('', 't3')
    expect([cycle.stop(notReady), reviews(cycle)]).toEqual(['silence', 0])
    expect([cycle.stop(ready), reviews(cycle)]).toEqual(['silence', 1])
  })
})
