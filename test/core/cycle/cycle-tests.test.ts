import { describe, expect, it } from 'vitest'
import { nothingToDo } from '../../../src/core/cycle/nothing-to-do.ts'
import { stopReasons } from '../../../src/core/messages/outcomes.ts'
import { statusText } from '../../../src/core/report/status.ts'
import { Cycle, ready } from '../../support/cycle/cycle.ts'

const next = (cycle: Cycle) => /^Next +(.*)$/m.exec(statusText(cycle.state))?.[1]
const runs = ({ did }: Cycle) => did.filter(step => step === 'run-tests').length
const rests = (cycle: Cycle) =>
  nothingToDo(cycle.state, { tree: cycle.tree, message: 'Done.', session: 's1', head: 'c0' })

/** Claude was let go at t1 with red tests, its attempts spent. */
const redAtT1 = () => {
  const cycle = new Cycle()
  cycle.red.add('t1')
  for (const stop of [1, 2, 3, 4]) cycle.stop(`${stop}`, 't1')
  return cycle
}
/** Claude was let go at t1, where no suite could be started. */
const unableAtT1 = () => {
  const cycle = new Cycle()
  cycle.unable.add('t1')
  cycle.stop('', 't1')
  return cycle
}

describe('red tests at a tree that stays as it is', () => {
  it('run again for each attempt, since what mends them may be nothing that git sees', () => {
    const cycle = new Cycle()
    cycle.red.add('t1')
    expect([cycle.stop('', 't1'), cycle.stop('flaky, I change nothing')]).toEqual(['block tests', 'block tests'])
    expect([runs(cycle), cycle.last!.block!.includes('Attempt 2 of 3')]).toEqual([2, true])
    expect(next(cycle)).toBe('Claude fixes what makes the tests red; they run again when it stops.')
    cycle.red.clear()
    expect([cycle.stop(), runs(cycle)]).toEqual(['context self-review', 3])
  })
  it('that the user was told of are left alone until the user has said something', () => {
    const cycle = redAtT1()
    expect([runs(cycle), cycle.entries.at(-1)]).toMatchObject([4, { kind: 'let-go', why: 'red' }])
    expect(next(cycle)).toBe('The tests run again when Claude stops after your next prompt or after a change.')
    expect([cycle.stop(), rests(cycle), runs(cycle)]).toEqual(['silence', true, 4])
  })
  it('run once at the first stop after a prompt; still red, they hold nobody', () => {
    const cycle = redAtT1()
    cycle.prompt('what is a mean?')
    expect(next(cycle)).toBe('Claude fixes what makes the tests red; they run again when it stops.')
    expect([rests(cycle), cycle.stop('The sum over the count.'), runs(cycle)]).toEqual([false, 'silence', 5])
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'tests-ran', result: 'red' })
    expect([rests(cycle), cycle.stop(), runs(cycle)]).toEqual([true, 'silence', 5])
  })
  it('that come out green then go on to the self-review', () => {
    const cycle = redAtT1()
    cycle.prompt('the database is up now')
    cycle.red.clear()
    expect([cycle.stop(), cycle.state.skipped]).toEqual(['context self-review', null])
  })
})

describe('a run without a test', () => {
  const empty = () => {
    const cycle = new Cycle()
    cycle.noTests.add('t1')
    return cycle
  }
  it('sends Claude back with what to do, as often as red does, and then says that nothing was tested', () => {
    const cycle = empty()
    expect(cycle.stop(ready, 't1')).toBe('block tests')
    expect(cycle.last!.block).toMatch(
      /^Countersign · tests · cycle 1\nAttempt 1 of 3: no test ran[\s\S]*write the test/,
    )
    expect(cycle.last!.block).not.toMatch(/Fix the code/)
    expect([cycle.stop(), cycle.stop(), cycle.stop()]).toEqual(['block tests', 'block tests', 'silence'])
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'no-tests' })
    expect(stopReasons['no-tests'](cycle.state.run)).toMatch(/runs no test.*Nothing was tested or reviewed/)
    expect(cycle.entries.some(({ kind }) => kind === 'countersigned' || kind === 'reviewed')).toBe(false)
  })
  it('goes on once there is a test', () => {
    const cycle = empty()
    cycle.stop('', 't1')
    cycle.noTests.clear()
    expect(cycle.stop()).toBe('context self-review')
  })
  it('refuses a completed task', () => {
    const cycle = empty()
    cycle.tree = 't1'
    expect([cycle.complete(), cycle.last!.block]).toEqual(['block tests', expect.stringMatching(/no test ran/)])
  })
})

describe('tests that were red before the change', () => {
  const older = () => {
    const cycle = new Cycle()
    cycle.suite = { result: 'older', older: ['adds up'], olderNew: ['adds up'] }
    return cycle
  }
  it('hold nobody: the change is reviewed and signed, and the line says what was red', () => {
    const cycle = older()
    expect(cycle.stop('', 't1')).toBe('context self-review')
    expect(cycle.stop(ready)).toBe('silence')
    expect(cycle.message).toMatch(/countersigned in cycle 1: tests: red before this change: adds up, nothing new · /)
  })
  it('do not refuse a completed task', () => {
    const cycle = older()
    cycle.tree = 't1'
    expect(cycle.complete()).toBe('silence')
  })
  it('beside new ones are not listed for Claude, and after the attempts it is said if nobody knows', () => {
    const cycle = new Cycle()
    cycle.suite = { result: 'red', failing: ['new one'], older: ['adds up'] }
    cycle.stop('', 't1')
    expect(cycle.last!.block).toMatch(
      /1 test that failed before your change, too, is not listed; leave it as it is\.\n<.*\n- new one/,
    )
    cycle.suite = { result: 'red', failing: ['new one'], unclear: 'no time' }
    cycle.stop()
    expect(cycle.last!.block).toMatch(/It is not known whether these failed before your change: no time\./)
    cycle.suite = { result: 'red', failing: ['new one'], older: ['a', 'b'] }
    cycle.stop()
    expect(cycle.last!.block).toMatch(
      /2 tests that failed before your change, too, are not listed; leave them as they are\./,
    )
    expect(stopReasons.red(cycle.state.run)).not.toMatch(/not known/)
    expect(stopReasons.red(null)).not.toMatch(/not known/)
  })
})

describe('how many tests ran', () => {
  const signing = (cycle: Cycle) => cycle.message
  it('is held against the last settled tree, also in the line that signs', () => {
    const cycle = new Cycle()
    cycle.tests = 40
    cycle.stop(ready, 't1')
    cycle.tests = 28
    cycle.stop(ready, 't2')
    expect(signing(cycle)).toMatch(/✓ tests green in 1 s · 12 fewer than before \(40 → 28\)/)
    expect(signing(cycle)).toMatch(/countersigned in cycle 1: tests: green · 12 fewer than before \(40 → 28\) · /)
    cycle.stop(ready, 't3')
    expect(signing(cycle)).not.toMatch(/fewer/)
  })
  it('is held against the first run where nothing is settled yet: deleting what is red does not pass in silence', () => {
    const cycle = new Cycle()
    cycle.tests = 40
    cycle.red.add('t1')
    cycle.stop('', 't1')
    cycle.tests = 39
    cycle.stop(ready, 't2')
    expect(signing(cycle)).toMatch(/countersigned in cycle 1: tests: green · 1 fewer than before \(40 → 39\)/)
  })
  it('is told to Claude and Codex in the sentence about the tests', () => {
    const cycle = new Cycle()
    cycle.tests = 40
    cycle.stop(ready, 't1')
    cycle.tests = 28
    cycle.stop('', 't2')
    expect(cycle.last!.context).toMatch(/The tests are green \(`npm test`, 1 s, 12 fewer than before \(40 → 28\)\)\./)
  })
  it('which nobody can tell is said once, and when it can no longer be told', () => {
    const cycle = new Cycle()
    cycle.tests = null
    cycle.stop(ready, 't1')
    expect(signing(cycle)).toMatch(/✓ tests green in 1 s · how many tests ran is not known \(unit\)/)
    cycle.stop(ready, 't2')
    expect(signing(cycle)).not.toMatch(/not known/)
    cycle.tests = 3
    cycle.stop(ready, 't3')
    cycle.tests = null
    cycle.stop(ready, 't4')
    expect(signing(cycle)).toMatch(/this run does not say how many tests ran \(3 tests before\)/)
  })
})

describe('tests that could not be run', () => {
  it('are owed, which the user is told', () => {
    const cycle = unableAtT1()
    expect(stopReasons['tests-unable'](cycle.state.run)).toMatch(
      /both are pending\. The tests run again when Claude stops after/,
    )
    expect(next(cycle)).toMatch(/^The tests run again when Claude stops after your next prompt/)
    expect([cycle.stop(), rests(cycle), runs(cycle)]).toEqual(['silence', true, 1])
  })
  it('are made up for at the first stop after a prompt', () => {
    const cycle = unableAtT1()
    cycle.prompt('installed, go on')
    expect([next(cycle), rests(cycle)]).toEqual(['The tests run again when Claude next stops.', false])
    cycle.unable.clear()
    cycle.stop(ready)
    expect(cycle.state.run!.stage).toBe('countersigned')
  })
  it('and cannot be run then either, are owed still, and tried once', () => {
    const cycle = unableAtT1()
    cycle.prompt('go on')
    expect([cycle.stop(), cycle.stop(), runs(cycle)]).toEqual(['silence', 'silence', 2])
  })
  it('because each run changes what it tests, wait for a change, whatever the user says', () => {
    const cycle = new Cycle()
    cycle.testsMove = true
    cycle.stop(ready, 't1')
    expect(next(cycle)).toBe('The tests run when Claude stops after a change.')
    cycle.prompt('go on')
    expect([cycle.stop(), runs(cycle)]).toEqual(['silence', 3])
  })
})

it('a prompt in a later stage runs no tests', () => {
  const cycle = new Cycle()
  cycle.stop('', 't1')
  cycle.prompt('and a test for it')
  expect([cycle.stop(ready), runs(cycle)]).toEqual(['silence', 1])
})
