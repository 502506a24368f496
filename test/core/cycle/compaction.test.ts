import { describe, expect, it } from 'vitest'
import { Cycle, debating, finding, says } from '../../support/cycle/cycle.ts'

const compacted = (cycle: Cycle): string => {
  cycle.start('compact')
  return cycle.last!.context!
}

describe('after a compaction', () => {
  it('Claude has the findings of the debate again, and the form of the answer', () => {
    const cycle = debating(finding('F1'), finding('F2', 'low'))
    const text = compacted(cycle)
    expect(text).toMatch(/^Countersign · debate · cycle 1 · round 1\n/)
    for (const said of ['body of F1', 'body of F2', '```countersign']) expect(text).toContain(said)
    expect(cycle.stop(says('all: needed, low — yes'))).toBe('context choice')
  })
  it('asking costs no attempt, and the answer is read as ever', () => {
    const cycle = debating(finding('F1'))
    const before = cycle.state.run!.counts
    compacted(cycle)
    expect(cycle.state.run!.counts).toEqual(before)
  })
  it('Claude has the list of the choice again, and what the user picked', () => {
    const cycle = debating(finding('F1'), finding('F2', 'low'))
    cycle.stop(says('all: needed, low — yes'))
    expect(compacted(cycle)).toMatch(/^Countersign · choice · cycle 1\n[\s\S]*F1 title of F1/)
    cycle.prompt('pick F2')
    expect(compacted(cycle)).toMatch(/^Countersign · fix · cycle 1\nThe user picked F2[\s\S]*body of F2/)
  })
  it('a list too long for a message is named as a file', () => {
    const many = Array.from({ length: 40 }, (_, n) => finding(`F${n + 1}`, 'low', { body: 'x'.repeat(400) }))
    expect(compacted(debating(...many))).toContain('The findings are in /reports/debate-1-1.md: read it first.')
  })
  it.each<[string, (cycle: Cycle) => void]>([
    ['in another session', cycle => Object.assign(cycle, { session: 's2' })],
    ['on a changed tree', cycle => Object.assign(cycle, { tree: 't9' })],
    ['while the gate is paused', cycle => void cycle.entries.push({ v: 1, at: '', kind: 'paused' })],
    [
      'when it has answered',
      cycle => {
        cycle.rebuttals.push({ cannot: 'crashed' })
        cycle.stop(says('F1: not needed — no'))
      },
    ],
    [
      'when the user has chosen',
      cycle => {
        cycle.stop(says('F1: needed, low — yes'))
        cycle.prompt('pick none')
      },
    ],
  ])('it is one line as ever %s', (_, then) => {
    const cycle = debating(finding('F1'))
    then(cycle)
    expect(compacted(cycle)).not.toContain('\n')
  })
  it('and before there are findings', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    expect(compacted(cycle)).not.toContain('\n')
  })
})

describe('what is asked for again', () => {
  it('names each finding by its line, and the file that holds them in full', () => {
    const cycle = debating(finding('F1'), finding('F2', 'low'))
    cycle.stop(says('F1：需要，高', 'F2: needed, low — yes'))
    expect(cycle.last!.context).toContain('“F1：需要，高” is not “ID: needed')
    expect(cycle.last!.context).toContain('In full in /reports/debate-1-1.md')
    expect(cycle.last!.context).toContain('F1 · defect · title of F1 · a.js:1')
    expect(cycle.last!.context).not.toContain('body of F1')
  })
})

describe('what Claude is told in a cycle', () => {
  it('has each finding in full once, and the way out once a prompt', () => {
    const cycle = debating(finding('F1'), finding('F2', 'low'))
    const told = [cycle.last!.context!]
    cycle.stop(says('all: needed, low — yes'))
    told.push(cycle.last!.context!)
    expect(told.join('\n').match(/body of F1/g)).toHaveLength(1)
    expect(told.join('\n').match(/COUNTERSIGN=0/g) ?? []).toHaveLength(0)
    expect(told[1]).toContain('F1 title of F1')
    expect(told[1]).toContain('In full: /reports/findings-1.md')
  })
})
