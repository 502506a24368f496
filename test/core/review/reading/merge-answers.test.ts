import { describe, expect, it } from 'vitest'
import { keptOf, readFromKept } from '../../../../src/core/review/reading/kept-answer.ts'
import { withMore } from '../../../../src/core/review/reading/merge-answers.ts'
import { type ReadAnswer, readAnswer } from '../../../../src/core/review/reading/read-answer.ts'

const finding = (title: string, more: object = {}) => ({
  ...{
    title,
    body: 'b',
    kind: 'defect',
    priority: 'high',
    file: 'a.js',
    line_start: 1,
    line_end: 1,
    quote: 'q',
    fix: 'f',
  },
  ...more,
})
const said = (more: object): ReadAnswer => readAnswer([JSON.stringify({ reviewed: [], findings: [], ...more })])
const after = (before: ReadAnswer, more: ReadAnswer, asked = false) =>
  withMore(before, more, { isKnown: id => id !== 'F9', isQuoteAsked: () => asked })
const prose = readAnswer(['I did.'])

describe('an answer after one that nobody could read', () => {
  const approves = said({ verdict: 'approve', reviewed: ['a.js'] })
  it.each([
    ['with a finding cut off', '{"verdict":"findings","findings":[{"title":"SQL'],
    ['with a quote that ends the text', '{"findings":[{"title":"A","quote":"say("no")"}]}'],
    ['in words', 'Critical: any name is run.'],
  ])('%s approves nothing until something is raised again', (_, text) => {
    const first = readAnswer([text])
    expect([first.unreadable === null, after(first, approves).lost.length]).toEqual([false, 1])
    expect(after(first, said({ verdict: 'findings', findings: [finding('A')] }))).toMatchObject({
      findings: [{ title: 'A' }],
      lost: [],
    })
  })
  it('counts as it is where that raised nothing', () => expect(after(prose, approves)).toEqual(approves))
})

describe('an answer with what was asked for after it', () => {
  it('keeps its findings, and takes what is new', () =>
    expect(
      after(
        said({ verdict: 'findings', findings: [finding('A')] }),
        said({ verdict: 'findings', findings: [finding('A'), finding('B')] }),
      ),
    ).toMatchObject({ verdict: 'findings', findings: [{ title: 'A' }, { title: 'B' }] }))
  it('takes back nothing by approving later', () =>
    expect(after(said({ verdict: 'findings', findings: [finding('A')] }), said({ verdict: 'approve' }))).toMatchObject({
      verdict: 'approve',
      findings: [{ title: 'A' }],
    }))
  it('has what was read in both', () =>
    expect(after(said({ verdict: 'approve', reviewed: ['a.js'] }), said({ reviewed: ['b.js'] }))).toMatchObject({
      verdict: 'approve',
      reviewed: ['a.js', 'b.js'],
    }))
  it('has read nothing of what one of them could not review', () => {
    const failed = said({ verdict: 'could-not-review', reviewed: ['a.js'], summary: 'no' })
    expect(after(failed, said({ verdict: 'approve', reviewed: ['b.js'] }))).toMatchObject({
      reviewed: ['b.js'],
      verdict: 'approve',
    })
    expect(after(said({ verdict: 'approve', reviewed: ['b.js'] }), failed)).toMatchObject({
      reviewed: ['b.js'],
      verdict: 'approve',
    })
    expect(after(said({ verdict: null, summary: 's' }), failed)).toMatchObject({
      verdict: 'could-not-review',
      summary: 'no',
    })
    expect(after(failed, failed)).toMatchObject({ reviewed: ['a.js'], verdict: 'could-not-review' })
  })
  it('is the later one where the first could not be read, and the first where the later cannot', () => {
    const whole = said({ verdict: 'approve', reviewed: ['a.js'] })
    expect([after(prose, whole), after(whole, prose), after(prose, prose)]).toEqual([whole, whole, prose])
  })
})

describe('a finding that could not be read', () => {
  const lost = said({ verdict: 'findings', findings: [finding('A'), finding('B', { priority: '?' }), 'C'] })
  it('is there once it is given again under its title, or, without one, once something new is', () => {
    expect(after(lost, said({ findings: [finding('b'), finding('D')] }))).toMatchObject({ lost: [] })
    expect(after(lost, said({ findings: [finding('b')] })).lost).toMatchObject([{ title: '' }])
  })
  it('is still missing when only what was there is said again, or when it cannot be read again', () => {
    expect(after(lost, said({ verdict: 'approve', findings: [finding('A')] })).lost).toHaveLength(2)
    expect(after(lost, said({ findings: [finding('B', { kind: '?' })] })).lost).toHaveLength(2)
  })
})

describe('a finding that is given again for its quote', () => {
  const before = said({ findings: [finding('A', { quote: 'wrong' })] })
  it('has the new quote, and never a lower priority', () => {
    const more = said({ findings: [finding('a', { quote: 'right', priority: 'low' })] })
    expect(after(before, more, true).findings).toMatchObject([{ title: 'a', quote: 'right', priority: 'high' }])
    expect(after(before, said({ findings: [finding('A', { quote: ' ' })] }), true).findings).toMatchObject([
      { quote: 'wrong' },
    ])
  })
  it('stays as it was where it was not asked for, or where another is called alike', () => {
    const more = said({ findings: [finding('A', { quote: 'right' })] })
    expect(after(before, more).findings).toMatchObject([{ quote: 'wrong' }])
    const two = said({ findings: [finding('A'), finding('A', { line_start: 9 })] })
    expect(after(two, more, true).findings).toHaveLength(2)
    expect(after(before, said({ findings: [finding('A'), finding('A')] }), true).findings).toMatchObject([
      { quote: 'wrong' },
    ])
    expect(after(before, said({ findings: [finding('A', { file: 'b.js' })] }), true).findings).toHaveLength(2)
  })
})

describe('words about earlier findings', () => {
  it('the stricter of two holds, else the later', () => {
    const entry = (id: string, resolved: boolean, reason: string) => ({ id, resolved, reason })
    const first = said({ resolved: [entry('F1', false, 'open'), entry('F2', true, 'early')] })
    const later = said({ resolved: [entry('F1', true, 'fixed'), entry('F2', true, 'late')] })
    expect(after(first, later).resolved).toEqual([entry('F1', false, 'open'), entry('F2', true, 'late')])
  })
  it('and so in a rebuttal', () => {
    const entry = (id: string, needed: boolean) => ({ id, needed, priority: 'low', reason: 'r' })
    const first = said({ positions: [entry('F1', true), entry('F2', false)] })
    const later = said({ positions: [entry('F1', false), entry('F3', false)] })
    expect(after(first, later).positions.map(({ id, needed }) => [id, needed])).toEqual([
      ['F1', true],
      ['F2', false],
      ['F3', false],
    ])
  })
  it('of a finding that does not exist only the later counts', () => {
    const stray = said({ verdict: 'approve', resolved: [{ id: 'F9', resolved: false, reason: 'r' }] })
    expect(after(stray, said({ verdict: 'approve' })).resolved).toEqual([])
    expect(after(said({ verdict: 'approve' }), stray).resolved).toMatchObject([{ id: 'F9' }])
  })
})

it('what is kept in the ledger is the same answer again', () => {
  const answer = said({ verdict: 'findings', findings: [finding('A'), 'B'], positions: [{ id: 'F1', needed: true }] })
  const talk = { thread: 't', threadUsage: { inputTokens: 1, outputTokens: 1 }, opened: ['a.js'] }
  expect(readFromKept(keptOf(answer, talk))).toEqual(answer)
})
