import { describe, expect, it } from 'vitest'
import { readPick } from '../../../src/core/cycle/choice.ts'
import { questionsFor, readAnswers } from '../../../src/core/cycle/questions.ts'
import { offered } from '../../../src/core/ledger/lists.ts'
import type { Run } from '../../../src/core/ledger/state.ts'
import { atChoice, fiveToChoose } from '../../support/cycle/at-choice.ts'
import { story } from '../../support/cycle/debate.ts'

const run = fiveToChoose
/** The pages of the question: title and labels. */
const pages = (of: Run) => questionsFor(of).map(({ header, options }) => [header, ...options.map(({ label }) => label)])
/** The run with what both withdrew: the first `count`, which one had called high. */
function withdrawn(from: Run, count: number): Run {
  const gone = { positions: story('codex:high claude:no! codex:no!'), outcome: 'not-needed' as const }
  return { ...from, findings: from.findings.map((finding, at) => (at < count ? { ...finding, ...gone } : finding)) }
}

describe('the question', () => {
  it('has the most urgent first, “all agreed” before them, then the disputed, then what both withdrew', () => {
    const some = withdrawn(atChoice(['low', 'medium', 'low', 'critical', 'high'], 2), 1)
    expect(pages(some)).toEqual([
      ['Agreed', 'All agreed (4)', 'F4 critical', 'F5 high'],
      ['Agreed', 'F2 medium', 'F3 low'],
      ['Disputed', 'F6 disputed', 'F7 disputed', 'Leave the 1 that both withdrew', 'None of these'],
    ])
    expect(offered(some).map(({ id }) => id)).toEqual(['F4', 'F5', 'F2', 'F3', 'F6', 'F7', 'F1'])
  })

  it.each<[string, Run, string[][]]>([
    ['one finding', atChoice(['low']), [['Agreed', 'F1 low', 'None of these']]],
    ['two', atChoice(['low', 'high']), [['Agreed', 'All agreed (2)', 'F2 high', 'F1 low', 'None of these']]],
    [
      'three',
      atChoice(['low', 'low', 'low']),
      [
        ['Agreed', 'All agreed (3)', 'F1 low', 'F2 low'],
        ['Agreed', 'F3 low', 'None of these'],
      ],
    ],
    ['one disputed', atChoice([], 1), [['Disputed', 'F1 disputed', 'None of these']]],
    ['one of each', atChoice(['low'], 1), [['Findings', 'F1 low', 'F2 disputed', 'None of these']]],
    [
      'one agreed and three disputed',
      atChoice(['low'], 3),
      [
        ['Agreed', 'F1 low', 'None of these'],
        ['Disputed', 'F2 disputed', 'F3 disputed', 'F4 disputed', 'None of these'],
      ],
    ],
    [
      'only what both withdrew',
      withdrawn(atChoice(['low', 'low', 'low']), 3),
      [['Withdrawn', 'F1 not needed', 'F2 not needed', 'Leave the 3 that both withdrew', 'None of these']],
    ],
    [
      'too many for one by one',
      withdrawn(atChoice([...Array(9).fill('high'), ...Array(8).fill('low')], 1), 2),
      [
        ['Findings', 'All agreed (15)', 'All high', 'All low'],
        ['Findings', 'All disputed', 'Leave the 2 that both withdrew', 'None of these'],
      ],
    ],
    [
      'a page for the end alone',
      withdrawn(atChoice(['low', 'low', 'low', 'low']), 1),
      [
        ['Agreed', 'All agreed (3)', 'F2 low', 'F3 low', 'F4 low'],
        ['Withdrawn', 'Leave the 1 that both withdrew', 'None of these'],
      ],
    ],
  ])('for %s', (_, of, expected) => expect(pages(of)).toEqual(expected))

  it('takes ten findings in three pages', () => {
    const ten = pages(withdrawn(atChoice(['critical', 'high', 'high', 'medium', 'low', 'low', 'low'], 3), 1))
    expect(ten.map(([title, ...labels]) => `${title} ${labels.length}`)).toEqual([
      'Agreed 4',
      'Agreed 3',
      'Disputed 3',
      'Withdrawn 2',
    ])
  })

  it.each([1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 40])(
    'stays within 4 questions of 2 to 4 options for %i findings',
    count => {
      const half = Math.floor(count / 2)
      const lists = [
        atChoice(Array(count).fill('low')),
        atChoice(Array(half).fill('low'), count - half),
        withdrawn(atChoice(Array(count).fill('low'), half), half),
      ]
      for (const questions of lists.map(questionsFor)) {
        expect(questions.length).toBeLessThanOrEqual(4)
        for (const { options, header } of questions) {
          expect([2, 3, 4]).toContain(options.length)
          expect(new Set(options.map(({ label }) => label)).size).toBe(options.length)
          expect(header.length).toBeLessThanOrEqual(12)
        }
        expect(new Set(questions.map(({ question }) => question)).size).toBe(questions.length)
        const labels = questions.flatMap(({ options }) => options.map(({ label }) => label))
        expect(labels).toContain('None of these')
        expect(labels.filter(label => /[,"]/.test(label))).toEqual([])
      }
    },
  )

  it('shows both arguments of what is disputed, and the quote that decided what was withdrawn', () => {
    const some = withdrawn(atChoice(['low', 'low'], 1), 1)
    const said = questionsFor(some).flatMap(({ options }) => options.map(({ description }) => description))
    expect(said).toEqual([
      'title of F2 (a.js:1)',
      'title of F3 (a.js:1) · high · body of F3 · Fix: mend it · Codex: needed, high, r · Claude: not needed, no',
      'F1 high: title of F1 (b.js:1002 `line 1002`). To fix one, type its id.',
      'Fix none of them and countersign the change as it is.',
    ])
  })

  it('says which quote was not found', () => {
    const one = atChoice(['low'])
    const unverified = { ...one, findings: one.findings.map(finding => ({ ...finding, verified: false })) }
    expect(questionsFor(unverified)[0]!.options[0]!.description).toBe('title of F1 (a.js:1) · quote not found')
  })
})

describe('the answer', () => {
  it.each([
    ['ticks in two questions', ['F1 critical, F3 high', 'F5 disputed'], 'F1 F3 F5'],
    ['all agreed', ['All agreed (4)'], 'F1 F2 F3 F4'],
    ['all agreed, and a disputed one', ['All agreed (4)', 'F5 disputed'], 'F1 F2 F3 F4 F5'],
    ['all agreed, and one that is typed', ['All agreed (4), F5'], 'F1 F2 F3 F4 F5'],
    ['a typed range', ['F2-F4 '], 'F2 F3 F4'],
    ['a typed priority', ['high'], 'F2 F3'],
    ['a typed range with blanks', ['F2 – 4'], 'F2 F3 F4'],
    ['a typed “all”', [' all '], 'F1 F2 F3 F4'],
    ['two priorities of the list', ['All high, All critical'], 'F1 F2 F3'],
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

  it('leaving what both withdrew is a choice where nothing else is offered, and beside other ticks', () => {
    const leave = 'Leave the 2 that both withdrew'
    const only = withdrawn(atChoice(['low', 'low']), 2)
    const more = withdrawn(atChoice(['low', 'low', 'low']), 2)
    expect([
      readAnswers({ one: leave }, only),
      readAnswers({ one: leave }, more),
      readAnswers({ one: `F3 low, ${leave}` }, more),
      readAnswers({ one: `None of these, ${leave}` }, more),
      readAnswers({ one: `F1, ${leave}` }, more),
    ]).toEqual([{ ids: [] }, null, { ids: ['F3'] }, { ids: [] }, { ids: ['F1'] }])
  })

  it('by priority, where there are too many', () => {
    const many = atChoice([...Array(9).fill('high'), ...Array(9).fill('low')])
    expect(readAnswers({ one: 'All low' }, many)).toEqual({ ids: Array.from({ length: 9 }, (_, n) => `F${n + 10}`) })
    expect(readAnswers({ one: 'All disputed' }, atChoice([], 17))).toMatchObject({ ids: { length: 17 } })
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
    'F1 critical, none',
    'F1 critical, F9',
  ])('“%s” is refused, since a word in it could turn it round', answer =>
    expect(readAnswers({ answer }, run())).toHaveProperty('problem'),
  )

  it.each([[], [''], [' '], [','], ['none, I think'], ['all right'], ['overall'], ['do what you think is best']])(
    '%j is no choice',
    (...answers) => expect(readAnswers({ ...answers }, run())).toBeNull(),
  )
})
