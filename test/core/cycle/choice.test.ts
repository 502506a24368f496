import { describe, expect, it } from 'vitest'
import { choiceEntries, pickInPrompt, questionsFor, readAnswers, readPick } from '../../../src/core/cycle/choice.ts'
import { parsePick, select } from '../../../src/core/cycle/pick.ts'
import type { Question } from '../../../src/model/hook-reply.ts'
import type { Priority } from '../../../src/model/priority.ts'
import { Cycle, debating, finding, ready, says } from '../../support/cycle/cycle.ts'
import { story } from '../../support/cycle/debate.ts'

/** A run at the choice: these priorities agreed in order, and as many disputed after them. */
function atChoice(priorities: Priority[], disputed = 0) {
  const agreed = priorities.map((priority, index) => finding(`F${index + 1}`, priority))
  const open = Array.from({ length: disputed }, (_, index) => finding(`F${agreed.length + index + 1}`, 'low'))
  const cycle = new Cycle()
  cycle.reviews.push({ findings: [...agreed, ...open] })
  const held = Object.fromEntries(open.map(({ id }) => [id, { needed: true }]))
  cycle.rebuttals.push(held, held)
  cycle.stop(ready, 't1')
  const refused = open.map(({ id }) => `${id}: not needed — no`)
  cycle.stop(says(...agreed.map(({ id, priority }) => `${id}: needed, ${priority} — yes`), ...refused))
  if (disputed > 0) cycle.stop(says(...refused))
  expect(cycle.state.run!.stage).toBe('choice')
  return cycle.state.run!
}

/** F1 to F4 agreed, F5 disputed. */
const run = () => atChoice(['critical', 'high', 'high', 'low'], 1)

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
    ['all F5', 'F1 F2 F3 F4 F5'],
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
    expect(labels).toEqual(['F1 critical', 'F3 high', 'F4 low', 'None of these'])
  })
})

it('where there is nothing to name, a pick says so', () =>
  expect(select(parsePick('F1'), { named: [], group: [] })).toEqual({
    problem: 'F1 is not one of the open findings (there are none)',
  }))

describe('a prompt', () => {
  it.each([
    ['pick F1 F3-F5 high', 'F1 F3-F5 high'],
    ['  Pick: all', 'all'],
    ['/pick none', 'none'],
    ['pick F1 and then deploy', 'F1 and then deploy'],
    ['pick a colour for the button', null],
    ['pick', null],
    ['pick F10 first', 'F10 first'],
    ['countersign: pick F1', 'F1'],
    ['/countersign pick high,\nlow ', 'high,\nlow'],
    ['pick high and mighty', null],
    ['pick ,', null],
    ['repick F1', null],
    [`pick F1${' '.repeat(1993)}`, 'F1'],
    [`pick F1${' '.repeat(1994)}`, null],
    ['please pick F1', null],
    [`pick ${'F1 '.repeat(666)}`, null],
  ])('“%s” → %s', (prompt, pick) => expect(pickInPrompt(prompt)).toEqual(pick === null ? null : parsePick(pick)))
})

describe('the question', () => {
  it('says of what is disputed what it is about, and of what is agreed only where it is', () => {
    const cycle = debating(
      finding('F1'),
      finding('F2', 'critical', { body: 'word '.repeat(99), fix: '' }),
      finding('F3'),
    )
    cycle.rebuttals.push({ F2: { needed: false, concession: 'ok' }, F3: { needed: false, concession: 'ok' } })
    cycle.stop(says('F1: needed, high — yes', 'F2, F3: not needed, low — no'))
    const [first, second, third] = questionsFor(cycle.state.run!)[0]!.options.map(({ description }) => description)
    expect(first).toBe('title of F1 (a.js:1)')
    expect(second).toMatch(/^title of F2 \(a\.js:1\) · both now say not needed · critical · (word ){10,}.{0,5}…$/)
    expect(third).toMatch(/ · high · body of F3 · Fix: mend it$/)
  })
  const shape = (count: number) =>
    questionsFor(atChoice(Array(count).fill('low'))).map(({ options }) =>
      options.map(({ label }) => label.split(' ')[0]).join(' '),
    )

  it.each([
    [1, ['F1 None']],
    [3, ['F1 F2 F3 None']],
    [4, ['F1 F2 F3', 'F4 None']],
    [16, ['F1 F2 F3 F4', 'F5 F6 F7 F8', 'F9 F10 F11 F12', 'F13 F14 F15 F16']],
    [17, ['All None']],
  ])('%i findings', (count, expected) => expect(shape(count)).toEqual(expected))

  it.each([1, 2, 4, 5, 8, 9, 12, 13, 15, 16, 17, 40])(
    'stays within 4 questions of 2 to 4 options for %i findings',
    count => {
      const questions = questionsFor(atChoice(Array(count).fill('low')))
      expect(questions.length).toBeLessThanOrEqual(4)
      for (const { options } of questions) expect([2, 3, 4]).toContain(options.length)
      expect(new Set(questions.map(({ question }) => question)).size).toBe(questions.length)
      expect(questions.flatMap(({ options }) => options).filter(({ label }) => /[,"]/.test(label))).toEqual([])
    },
  )

  it('says where each is, and which quote was not found', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1'), finding('F2', 'low', { verified: false, lineStart: null })] })
    cycle.stop(ready, 't1')
    cycle.stop(says('all: needed, low — yes'))
    const [question, ...others] = questionsFor(cycle.state.run!)
    expect(question!.options.map(({ description }) => description)).toEqual([
      'title of F1 (a.js:1)',
      'title of F2 (a.js) · quote not found',
      'Fix none of them and countersign the change as it is.',
    ])
    expect([question!.header, question!.multiSelect, others]).toEqual(['Pick', true, []])
    expect(question!.question).toMatch(/unless marked otherwise\.$/)
  })

  it('counts its parts', () => {
    const parts = questionsFor(atChoice(Array(9).fill('low')))
    expect(parts.map(({ question }) => question.split(' ')[0])).toEqual(['Which', 'And', 'And'])
    expect(parts.map(({ header }) => header)).toEqual(['Pick 1/3', 'Pick 2/3', 'Pick 3/3'])
    expect(parts.map(({ question }) => question.slice(-9))).toEqual(['(1 of 3).', '(2 of 3)?', '(3 of 3)?'])
  })

  it('by priority names the ids of each, and the disputed by themselves', () => {
    const [{ options }] = questionsFor(atChoice([...Array(9).fill('high'), ...Array(8).fill('low')], 1)) as [Question]
    expect(options).toMatchObject([
      { label: 'All high', description: 'F1, F2, F3, F4, F5, F6, F7, F8, F9. To pick single ones, type their ids.' },
      { label: 'All low', description: expect.stringMatching(/F17\. To pick single/) },
      { label: 'All disputed', description: 'F18. To pick single ones, type their ids.' },
      { label: 'None of these' },
    ])
  })

  it('marks what is disputed', () =>
    expect(questionsFor(run()).flatMap(({ options }) => options.map(({ label }) => label))).toEqual([
      'F1 critical',
      'F2 high',
      'F3 high',
      'F4 low',
      'F5 disputed',
      'None of these',
    ]))
})

describe('the answer', () => {
  it.each([
    ['ticks in two questions', ['F1 critical, F3 high', 'F5 disputed'], 'F1 F3 F5'],
    ['a typed range', ['F2-F4 '], 'F2 F3 F4'],
    ['a typed priority', ['high'], 'F2 F3'],
    ['a typed range with blanks', ['F2 – 4'], 'F2 F3 F4'],
    ['a typed “all”', [' all '], 'F1 F2 F3 F4'],
    ['two priorities of the list', ['All  high, all critical'.replace('  ', ' ')], 'F1 F2 F3'],
    ['none', ['None of these'], ''],
    ['a finding and none: the finding', ['F1 critical', 'None of these'], 'F1'],
    ['a typed sentence', ['Please fix only F1 and F3.'], 'F1 F3'],
    ['a typed “none”', ['None.'], ''],
  ])('%s', (_, answers, ids) =>
    expect(readAnswers({ ...answers }, run())).toEqual({ ids: ids.split(' ').filter(Boolean) }),
  )

  it('as a list of ticks, which some versions of Claude Code give', () =>
    expect(readAnswers({ one: ['F1 critical', 'F3 high'], two: { other: 'F2' } }, run())).toEqual({
      ids: ['F1', 'F3'],
    }))

  it('by priority, where there are too many', () => {
    const many = atChoice([...Array(9).fill('high'), ...Array(9).fill('low')])
    const { question } = questionsFor(many)[0]!
    expect(readAnswers({ [question]: 'All low' }, many)).toEqual({
      ids: Array.from({ length: 9 }, (_, n) => `F${n + 10}`),
    })
  })

  it('by priority, where all of them are disputed', () => {
    const many = atChoice([], 17)
    const [{ question, options }] = questionsFor(many) as [Question]
    expect(options.map(({ label }) => label)).toEqual(['All disputed', 'None of these'])
    expect(readAnswers({ [question]: 'All disputed' }, many)).toMatchObject({ ids: { length: 17 } })
  })

  it('by their ids, where too many are there and both settled some that one had called high', () => {
    const many = atChoice(Array(17).fill('low'))
    const gone = { positions: story('codex:high claude:no codex:no!'), outcome: 'not-needed' as const }
    const findings = many.findings.map((finding, at) => (at < 7 ? { ...finding, ...gone } : finding))
    const settled = { ...many, findings }
    const [{ question, options }] = questionsFor(settled) as [Question]
    expect(options.map(({ label }) => label)).toEqual(['All low', 'F1 F2 F3 F4 F5 F6', 'None of these'])
    expect(options[1]!.description).toMatch(/both now say not needed: F1, F2, F3, F4, F5, F6, F7\.$/)
    expect(readAnswers({ [question]: 'F1 F2 F3 F4 F5 F6' }, settled)).toMatchObject({ ids: { length: 6 } })
  })

  it('an id of two digits is one id', () => {
    const many = atChoice(Array(12).fill('low'))
    expect(readAnswers({ one: 'F11 low, F2-F10' }, many)).toEqual(readPick('F2-F11', many))
  })

  it.each([
    'everything but F2',
    'all except F1',
    'F1, not F3',
    'no F1',
    'F1 critical, leave F2',
    'none of these but F1',
  ])('“%s” is refused, since a word in it could turn it round', answer =>
    expect(readAnswers({ answer }, run())).toHaveProperty('problem'),
  )

  it.each([[], [''], [' '], [','], ['none, I think'], ['all right'], ['overall'], ['do what you think is best']])(
    '%j is no choice',
    (...answers) => expect(readAnswers({ ...answers }, run())).toBeNull(),
  )
})

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
