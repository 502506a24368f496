import { describe, expect, it } from 'vitest'
import { readDebateAnswer } from '../../src/core/debate-answer.ts'
import { readSelfReview } from '../../src/core/self-review.ts'

const open = [
  { id: 'F1', priority: 'high' as const },
  { id: 'F2', priority: 'low' as const },
  { id: 'F4', priority: 'low' as const },
]
const settled = [{ id: 'F3', priority: 'medium' as const }]
const fence = (...lines: string[]) => ['Here is what I think.', '```countersign', ...lines, '```'].join('\n')

/** Each position in one word: F1+high, F2-, with ! for a concession. */
const read = (...lines: string[]) => {
  const { positions, unanswered, problems } = readDebateAnswer(fence(...lines), 1, open, settled)
  const short = positions.map(p => `${p.id}${p.needed ? `+${p.priority}` : '-'}${p.concession ? '!' : ''}`).sort()
  return { short: short.join(' '), unanswered: unanswered.join(' '), problems }
}

describe("Claude's answer in the debate", () => {
  it.each([
    [
      'the plain form',
      ['F1: needed, high — an empty list', 'F2, F4: not needed — the term is right'],
      'F1+high F2- F4-',
    ],
    ['hyphen, en dash and colon', ['F1: needed, low - x', 'F2: not needed – y', 'F4: not needed: z'], 'F1+low F2- F4-'],
    ['case, bullets, bold, spaces', ['- **f1**:  NEEDED , High — x', '* F2 F4 : Not Needed — y'], 'F1+high F2- F4-'],
    ['a range', ['F1-F4: not needed — none is reachable'], 'F1- F2- F4-'],
    ['a priority as ids', ['high: needed, medium — x', 'low: not needed — y'], 'F1+medium F2- F4-'],
    ['all', ['all: not needed — a prototype'], 'F1- F2- F4-'],
    [
      'a concession',
      ['F1: needed, low — conceded: the caller does pass it', 'F2,F4: not needed — y'],
      'F1+low! F2- F4-',
    ],
    ['needed without a reason', ['F1: needed, high', 'F2,F4: not needed — y'], 'F1+high F2- F4-'],
    [
      'an answer to a settled finding is passed over',
      ['F1: needed, high — x', 'F2-F4: not needed — y'],
      'F1+high F2- F4-',
    ],
  ])('%s', (_, lines, short) => expect(read(...lines)).toEqual({ short, unanswered: '', problems: [] }))

  it.each([
    ['an unknown id', ['F1-F4: not needed — x', 'F9: needed, low — y'], '', /F9 is not one of/],
    ['a missing id', ['F1: needed, high — x'], 'F2 F4', /no usable answer for F2, F4/],
    ['no priority', ['F1: needed — x', 'F2,F4: not needed — y'], 'F1', /“needed” wants a priority/],
    ['no reason for “not needed”', ['F1: not needed', 'F2,F4: not needed — y'], 'F1', /wants a reason/],
    ['no verdict', ['F1: maybe', 'F2,F4: not needed — y'], 'F1', /neither/],
  ])('%s is asked for again', (_, lines, unanswered, problem) => {
    const answer = read(...lines)
    expect(answer.unanswered).toBe(unanswered)
    expect(answer.problems.join('\n')).toMatch(problem)
  })

  it('quotes a long line only as far as it helps', () => {
    const line = (length: number) => `F1: ${'x'.repeat(length - 4)}`
    expect(read(line(80)).problems[0]).toContain(`“${line(80)}”`)
    expect(read(line(81)).problems[0]).toContain(`“${line(81).slice(0, 77)}…”`)
  })

  it('goes on with the reason on the next line', () => {
    const { positions } = readDebateAnswer(
      fence('all: not needed — the term', 'is the one the field uses'),
      1,
      open,
      settled,
    )
    expect(positions[0]!.reason).toBe('the term\nis the one the field uses')
  })

  it('takes the last block, and one whose fence was never closed', () => {
    const message = `${fence('all: needed, low — x')}\nOn second thoughts:\n~~~Countersign\nall: not needed — y`
    expect(readDebateAnswer(message, 1, open, settled).positions.map(p => p.needed)).toEqual([false, false, false])
  })

  it('says when there is no block at all', () =>
    expect(readDebateAnswer('I agree with F1.', 1, open, settled)).toEqual({
      positions: [],
      unanswered: ['F1', 'F2', 'F4'],
      problems: ['there is no fenced block with the info string `countersign`'],
    }))
})

describe('the self-review', () => {
  it.each([
    ['self-review: ready', true],
    ['self-review: not ready', false],
    ['- **Self-Review**: Ready', true],
    ['self-review: ready — checked the callers', true],
  ])('%s', (line, ready) => expect(readSelfReview(fence(line, 'and more'))?.ready).toBe(ready))

  it.each(['self-review: done', 'ready', ''])('“%s” is no answer', line =>
    expect(readSelfReview(fence(line))).toBeNull(),
  )

  it('outside a fence it is no answer', () => expect(readSelfReview('self-review: ready')).toBeNull())
})
