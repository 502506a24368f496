import { describe, expect, it } from 'vitest'
import { Cycle, finding, ready, says } from '../../support/cycle/cycle.ts'

describe('a stop with nothing to do', () => {
  it('is let go without a word, a test run or a call', () => {
    const cycle = new Cycle()
    expect([cycle.stop(), cycle.did]).toEqual(['silence', []])
  })
  it('stays silent after the countersignature', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    cycle.stop(ready)
    expect(cycle.state.run!.stage).toBe('countersigned')
    expect(cycle.entries.some(entry => entry.kind === 'entered' && entry.stage === 'debate')).toBe(false)
    expect([cycle.stop(), cycle.did]).toEqual(['silence', ['run-tests', 'review']])
  })
  it('is paused when the user says so, whatever has changed', () => {
    const cycle = new Cycle()
    cycle.entries.push({ v: 1, at: '', kind: 'paused' })
    expect([cycle.stop('', 't1'), cycle.did, cycle.entries.slice(2)]).toMatchObject(['silence', [], [{ kind: 'told' }]])
  })
  it('before there is a baseline, looks for one', () => {
    const cycle = new Cycle()
    cycle.entries = []
    cycle.stop('', 't1')
    expect(cycle.did).toEqual(['find-base', 'run-tests'])
  })
  it('ends a run whose change was taken back', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    expect([cycle.stop('', 'base'), cycle.state.run]).toEqual(['silence', null])
  })
})

describe('tests', () => {
  it('run once per fingerprint, and green ones lead to the self-review', () => {
    const cycle = new Cycle()
    expect(cycle.stop('', 't1')).toBe('context self-review')
    expect(cycle.stop('no answer')).toBe('context self-review')
    expect(cycle.did).toEqual(['run-tests'])
  })
  it('that change what they test run three times in one stop, then Claude is let go', () => {
    const cycle = new Cycle()
    cycle.testsMove = true
    expect([cycle.stop(ready, 't1'), cycle.did]).toEqual(['silence', ['run-tests', 'run-tests', 'run-tests']])
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'tests-move' })
  })
  it('that are red send Claude back three times, then let it go and say so', () => {
    const cycle = new Cycle()
    for (const tree of ['t1', 't2', 't3', 't4']) cycle.red.add(tree)
    expect(['t1', 't2', 't3', 't4'].map(tree => cycle.stop('', tree))).toEqual([
      ...Array(3).fill('block tests'),
      'silence',
    ])
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'red' })
    expect(cycle.stop()).toBe('silence')
  })
  it('name the failing test, the attempt and the way out', () => {
    const cycle = new Cycle()
    cycle.red.add('t1')
    cycle.stop('', 't1')
    expect(cycle.last!.block).toMatch(
      /^Countersign · tests · cycle 1\nAttempt 1 of 3.*\n[\s\S]*- adds up\n[\s\S]*countersign pause/,
    )
  })
  it('get a new budget with the next prompt', () => {
    const cycle = new Cycle()
    for (const tree of ['t1', 't2', 't3', 't4', 't5']) cycle.red.add(tree)
    for (const tree of ['t1', 't2', 't3', 't4']) cycle.stop('', tree)
    cycle.prompt('try something else')
    expect(cycle.stop('', 't5')).toBe('block tests')
  })
  it('that cannot be run are neither red nor green: Claude is let go, nothing is reviewed', () => {
    const cycle = new Cycle()
    cycle.unable.add('t1')
    expect(cycle.stop(ready, 't1')).toBe('silence')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'tests-unable' })
    expect(cycle.did).toEqual(['run-tests'])
    const before = cycle.entries.length
    expect([cycle.stop(ready), cycle.entries.length]).toEqual(['silence', before])
  })
})

describe('the self-review', () => {
  it('that says not ready lets Claude go, and comes back with the next change', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    expect(cycle.stop(says('self-review: not ready', 'Which currency?'))).toBe('silence')
    expect(cycle.entries.at(-1)).toMatchObject({
      kind: 'self-reviewed',
      tree: 't1',
      ready: false,
      text: 'Which currency?',
    })
    expect(cycle.stop()).toBe('silence')
    expect(cycle.stop('', 't2')).toBe('context self-review')
  })
  it('that turns ready without another change goes on to the review', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    cycle.stop(says('self-review: not ready'))
    cycle.stop(ready)
    expect(cycle.did).toEqual(['run-tests', 'review'])
  })
  it('that cannot be read is asked for again, and says so', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    expect(cycle.last!.context).not.toContain('could not be read')
    cycle.stop('done')
    expect(cycle.last!.context).toContain('could not be read: there is no fenced block')
    expect(cycle.entries.slice(-2)).toMatchObject([
      { problems: [] },
      { problems: [expect.stringContaining('no fenced block')] },
    ])
  })
  it('is not an answer to the findings as well, though it may look like one', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1')] })
    expect(cycle.stop(says('self-review: ready', 'F1: needed, high — yes'), 't1')).toBe('context debate')
    expect(cycle.last!.context).not.toContain('could not be used')
  })
  it('counts when Claude gives it unasked with its change', () => {
    const cycle = new Cycle()
    cycle.stop(ready, 't1')
    expect(cycle.did).toEqual(['run-tests', 'review'])
  })
  it('is asked for three times, then Claude is let go without a review', () => {
    const cycle = new Cycle()
    expect([cycle.stop('', 't1'), cycle.stop(), cycle.stop(), cycle.stop()]).toEqual([
      ...Array(3).fill('context self-review'),
      'silence',
    ])
    expect(cycle.did).toEqual(['run-tests'])
  })
})

describe('a session that starts', () => {
  it.each([
    ['idle', (_: Cycle) => {}, /idle: when you stop after a change, `npm test` runs/],
    [
      'in the self-review',
      (cycle: Cycle) => void cycle.stop('', 't1'),
      /self-review · cycle 1: your self-review comes next/,
    ],
    [
      'paused',
      (cycle: Cycle) => void cycle.entries.push({ v: 1, at: '', kind: 'paused' }),
      /paused: nothing is tested/,
    ],
  ])('%s says so in one line', (_, before, line) => {
    const cycle = new Cycle()
    before(cycle)
    cycle.start('resume')
    expect(cycle.last!.context).toMatch(line)
    expect(cycle.last!.context).not.toMatch(/\n/)
  })
})

it('every text that sends Claude back says how often, of how many, and the first one the way out', () => {
  const cycle = new Cycle()
  const texts: string[] = []
  const keep = () => texts.push(cycle.last!.context ?? cycle.last!.block!)
  cycle.red.add('t1')
  cycle.stop('', 't1')
  keep()
  cycle.reviews.push({ findings: [finding('F1')] })
  cycle.stop('', 't2')
  keep()
  cycle.stop(ready)
  keep()
  cycle.stop(says('F1: needed, high — yes'))
  keep()
  texts.forEach((text, n) => {
    expect(text).toContain(`Step ${n + 1} of at most 16 since`)
    expect(text.includes('countersign pause')).toBe(n === 0)
  })
})
