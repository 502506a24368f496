import { describe, expect, it } from 'vitest'
import { readDebateAnswer } from '../../../../src/core/cycle/answers/debate-answer.ts'
import { Cycle, debating, finding, outcomes, says } from '../../../support/cycle/cycle.ts'

// Whatever shape an answer has: what it says is read, or it is asked for again. It never comes out as something else.

const ids = ['F1', 'f1', '`F1`', '[F1]', '(F1)', '**F1**', 'Ｆ１', 'Finding F1', '#F1', 'F1 (a.js:1)', '"F1"']
const dividers = [': ', '：', ' — ', ' - ', ' | ', ' = ', ':']
const verdicts = [
  ['needed, high', '+high'],
  ['Needed (HIGH)', '+high'],
  ['needed，high', '+high'],
  ['**needed**, `high`', '+high'],
  ['needed | high', '+high'],
  ['not needed', '-'],
  ['NOT_NEEDED', '-'],
  ['not-needed, low', '-'],
  ['not needed [low]', '-'],
  ['*not needed* — low', '-'],
] as const
const starts = ['', '- ', '* ', '1. ', '> ', '### ', '| ', '✅ ', '  ']
const reasons = [' — it is so', '：it is so', ' | it is so |', ' - it is so', ': it is so']

/** Every id, divider and verdict with each other; beginnings and reasons in turn. */
const right = ids.flatMap((id, a) =>
  dividers.flatMap((divider, b) =>
    verdicts.map(([verdict, says], c): [string, string] => [
      `${starts[(a + b + c) % starts.length]}${id}${divider}${verdict}${reasons[(a * 3 + b + c) % reasons.length]}`,
      says,
    ]),
  ),
)

const wrongVerdicts = [
  ...['not strictly needed, high', 'no longer needed', 'hardly needed, high', 'needed?', 'needed or not needed'],
  ...['needed, not needed', 'not needed, needed', 'needed, high or low', 'needed, high/low', 'needed, urgent'],
  ...['needed', 'needed, P1', 'not really needed', 'unneeded', 'needed not, high', 'neither needed nor wanted'],
  ...['needed-ish, high', 'need, high', 'needed, high -> low', 'needed, high, critical', 'yes', 'agreed', 'pick', ''],
  ...[
    'is needed, high',
    'I think needed, high',
    'not not needed',
    'nicht nötig',
    '需要，高',
    'none',
    '{"needed":true}',
  ],
]
const wrongIds = [
  'F2',
  'F01x',
  'F1a',
  'F9',
  'F1 F9',
  'F0',
  'F1-high',
  'none',
  'F1 high',
  'all F1',
  'FI',
  'F1 not F2',
  'F1?',
]

/** Right shapes that say nothing usable of F1. */
const wrong = [
  ...wrongVerdicts.flatMap(verdict =>
    ['F1: ', '- **F1**: ', '| F1 | ', 'F1 — '].map(start => `${start}${verdict} — it is so`),
  ),
  ...wrongIds.flatMap(id => [`${id}: needed, high — it is so`, `${id}: not needed — it is so`]),
  ...['~~F1: needed, high — it is so~~', '<!-- F1: needed, high — it is so -->', '// F1: needed, high — it is so'],
  ...['F1: needed, high — reason: path:line `quote`', 'not F1: needed, high — it is so', 'If F1: needed, high — so'],
]

const open = [{ id: 'F1', priority: 'high' as const }]
const read = (message: string) => readDebateAnswer(message, 1, open, [])

it(`there are more than 200 of each: ${right.length} right, ${wrong.length} wrong`, () => {
  expect(right.length).toBeGreaterThan(200)
  expect(wrong.length).toBeGreaterThan(150)
})

describe('a right answer in an odd shape', () => {
  it.each(['```countersign', '~~~Countersign', '   ```countersign', '> ````countersign'])('in %s', fence => {
    const sign = fence.replace(/\s*countersign$/i, '')
    const misread = right.flatMap(([line, expected]) => {
      const { positions, problems } = read(`So:\r\n${fence}\r\n${line}\r\n${sign}\r\nDone.`)
      const said = positions.map(({ needed, priority }) => (needed ? `+${priority}` : '-')).join()
      return said === expected && problems.length === 0 ? [] : [`${line} → ${said} ${problems.join()}`]
    })
    expect(misread).toEqual([])
  })
})

describe('a wrong answer in a right shape', () => {
  it.each(wrong)('“%s” is no answer, and is asked for again with a word on it', line => {
    const { positions, unanswered, problems } = read(says(line))
    expect([positions, unanswered]).toEqual([[], ['F1']])
    expect(problems.length).toBeGreaterThan(0)
  })

  it('comes out as no agreement, no pick, no signature and no dropped finding, however often it is given', () => {
    for (const line of wrong.filter((_, at) => at % 7 === 0)) {
      const cycle = debating(finding('F1'), finding('F2', 'low'))
      cycle.rebuttals.push({ F1: { needed: false, concession: 'x' }, F2: { needed: true } })
      for (let n = 0; n < 4; n++) cycle.stop(says(line, 'F2: needed, low — yes'))
      expect(outcomes(cycle)[0], line).toMatch(/^F1 disputed/)
      expect(cycle.entries.some(({ kind }) => kind === 'picked' || kind === 'countersigned')).toBe(false)
    }
  })
})

describe('what only looks like a block', () => {
  it.each([
    'F1: not needed — it is so',
    '```\nF1: not needed — it is so\n```',
    '```text\nF1: not needed — it is so\n```',
    '````md\n```countersign\nF1: not needed — it is so\n```\n````',
    'see ```countersign F1: not needed — it is so```',
    '```countersigned\nF1: not needed — it is so\n```',
    '```countersign\n```',
    '```countersign\nF1: needed, high — x\n```\n```countersign\nself-review: ready\n```',
  ])('%j is no answer', message => expect(read(message).positions).toEqual([]))

  it('nor is a self-review that was asked for before', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    cycle.stop(says('F1: needed, high — x'))
    expect(cycle.state.run!.stage).toBe('self-review')
  })
})
