import { describe, expect, it } from 'vitest'
import { choiceEntries, readPick } from '../../../src/core/cycle/choice.ts'
import { parsePick, select } from '../../../src/core/cycle/pick.ts'
import { questionsFor } from '../../../src/core/cycle/questions.ts'
import { atChoice, fiveToChoose } from '../../support/cycle/at-choice.ts'
import { debating, finding, says } from '../../support/cycle/cycle.ts'

const run = fiveToChoose

describe('a pick', () => {
  it.each([
    ['F1', 'F1'],
    ['f1, f3', 'F1 F3'],
    ['F3 F1', 'F1 F3'],
    ['F2-F4', 'F2 F3 F4'],
    ['F2–4', 'F2 F3 F4'],
    ['F2..F3 and low', 'F2 F3 F4'],
    ['high', 'F2 F3'],
    ['critical high', 'F1 F2 F3'],
    ['all', 'F1 F2 F3 F4'],
    ['F5', 'F5'],
    ['none', ''],
    [' None\n', ''],
    ['F2 - F4', 'F2 F3 F4'],
    ['F2  -F4', 'F2 F3 F4'],
    ['2-4', 'F2 F3 F4'],
    ['F1;F3 & f4', 'F1 F3 F4'],
    ['F1-F3 and F2', 'F1 F2 F3'],
    ['all high', 'F2 F3'],
    ['all critical, low', 'F1 F4'],
    ['disputed', 'F5'],
    ['low and all disputed', 'F4 F5'],
    ['F1/F2', 'F1 F2'],
    ['F1 to F3', 'F1 F2 F3'],
    ['Please fix just F1 and F3.', 'F1 F3'],
    ['none.', ''],
    [`F1${' '.repeat(1998)}`, 'F1'],
  ])('%s → %s', (text, ids) => expect(readPick(text, run())).toEqual({ ids: ids.split(' ').filter(Boolean) }))

  it.each([
    ['F9', /F9 is not one of F1, F2, F3, F4, F5/],
    ['F7-F9', /covers none/],
    ['medium', /no finding is medium/],
    ['all F5', /“all” cannot be combined with ids/],
    ['F1-F3 all', /“all” cannot be combined with ids/],
    ['F1 none', /“none” cannot be combined/],
    ['none of them', /“none” cannot be combined/],
    ['F2-F4x', /“F2-F4x” is not a finding id/],
    ['xF2-F4', /“xF2-F4” is not a finding id/],
    ['F2-', /“F2-” is not a finding id/],
    ['F10', /F10 is not one of/],
    ['F11-F12', /covers none/],
    ['F1 perhaps', /“perhaps” is not a finding id/],
    ['all but F2', /“but” is not a finding id/],
    [',', /no ids were given/],
    [`${'F1 '.repeat(667)}`, /too long for a choice/],
  ])('%s is refused', (text, problem) =>
    expect(readPick(text, run())).toMatchObject({ problem: expect.stringMatching(problem) }),
  )
})

describe('a pick of a group in which nothing is', () => {
  it('is refused, “all” as well: a choice of nothing would be a signature', () => {
    const disputed = atChoice([], 2)
    expect(readPick('all', disputed)).toEqual({ problem: 'no finding is agreed' })
    expect(readPick('all disputed', disputed)).toEqual({ ids: ['F1', 'F2'] })
    expect(readPick('disputed', atChoice(['high']))).toEqual({ problem: 'no finding is disputed' })
  })

  it('leaves out what was dismissed, which can still be named', () => {
    const some = run()
    some.findings[1]!.fate = 'dismissed'
    some.findings[4]!.fate = 'dismissed'
    expect(['all', 'high', 'disputed', 'F2'].map(text => readPick(text, some))).toEqual([
      { ids: ['F1', 'F3', 'F4'] },
      { ids: ['F3'] },
      { problem: 'no finding is disputed' },
      { ids: ['F2'] },
    ])
    const labels = questionsFor(some).flatMap(({ options }) => options.map(({ label }) => label))
    expect(labels).toEqual(['All agreed (3)', 'F1 critical', 'F3 high', 'F4 low', 'None of these'])
  })
})

it('where there is nothing to name, a pick says so', () =>
  expect(select(parsePick('F1'), { named: [], group: [] })).toEqual({
    problem: 'F1 is not one of the open findings (there are none)',
  }))

describe('a choice in the ledger', () => {
  it('that was made by the command is still to be told to Claude', () =>
    expect((['prompt', 'question', 'command'] as const).map(by => choiceEntries(run(), ['F1'], by, 'c0'))).toEqual([
      [{ kind: 'picked', ids: ['F1'], by: 'prompt', told: true }],
      [{ kind: 'picked', ids: ['F1'], by: 'question', told: true }],
      [{ kind: 'picked', ids: ['F1'], by: 'command', told: false }],
    ]))
  it('of none has to wait while something is debated', () => {
    const cycle = debating(finding('F1'), finding('F2'))
    cycle.rebuttals.push({ cannot: 'crashed' })
    cycle.stop(says('F1: needed, high — yes', 'F2: not needed — no'))
    expect(readPick('none', cycle.state.run!)).toEqual({ problem: 'F2 cannot be left yet: the debate is not over' })
    expect(cycle.prompt('pick none')).toMatch(/^block Nothing picked: F2 cannot be left yet/)
    expect(cycle.prompt('pick F1')).toBe('context fix')
  })
  it('of none is followed by the countersignature, once', () => {
    const entries = choiceEntries(run(), [], 'prompt', 'c0')
    expect(entries).toMatchObject([
      { kind: 'picked', ids: [] },
      { kind: 'countersigned', head: 'c0', cycle: 1 },
    ])
    const over = { ...run(), status: 'over' } as const
    expect(choiceEntries(over, [], 'prompt', 'c0')).toMatchObject([{ kind: 'picked', ids: [] }])
    expect(choiceEntries({ ...over, findings: [] }, [], 'prompt', 'c0')).toEqual([])
  })
})
