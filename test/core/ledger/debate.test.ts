import { describe, expect, it } from 'vitest'
import {
  agreedBy,
  bringsNews,
  highestHeld,
  isPriorityAsked,
  isUrgent,
  marksOf,
  outcome,
  support,
} from '../../../src/core/ledger/debate.ts'
import { finding } from '../../support/cycle/cycle.ts'
import { story } from '../../support/cycle/debate.ts'

const debate = (said: string, more: Parameters<typeof finding>[2] = {}) => ({
  ...finding('F1', 'high', more),
  history: [],
  positions: story(said),
})
const end = (said: string, more: Parameters<typeof finding>[2] = {}, spent = false) => {
  const result = outcome(debate(said, more), spent)
  return result.outcome === 'agreed' ? `agreed ${result.priority}` : result.outcome
}

describe('two models’ positions on one finding', () => {
  it.each([
    ['codex:high', 'open'],
    ['codex:medium claude:medium', 'agreed medium'],
    ['codex:medium claude:no', 'open'],
    ['codex:medium claude:no codex:no!', 'not-needed'],
    ['codex:medium claude:no codex:medium', 'open'],
    ['codex:medium claude:no codex:medium claude:low!', 'agreed low'],
    ['codex:no', 'open'],
    ['claude:no', 'open'],
    ['claude:high', 'open'],
  ])('%s → %s', (said, expected) => expect(end(said)).toBe(expected))

  it.each([
    ['codex:medium claude:no codex:no', 'open'],
    ['codex:medium claude:no codex:no?', 'open'],
    ['codex:medium claude:no codex:medium claude:low', 'open'],
    ['codex:medium claude:no codex:medium claude:low?', 'open'],
  ])('a change of mind without a quote that was found changes nothing: %s → %s', (said, expected) =>
    expect(end(said)).toBe(expected),
  )

  it.each([
    ['codex:low claude:no', 'low'],
    ['codex:low claude:no codex:medium', 'medium'],
    ['codex:medium claude:no codex:critical', 'medium'],
    ['codex:medium claude:no codex:critical!', 'critical'],
    ['claude:high', null],
  ])('what is open stands at the reviewer’s latest priority that counts: %s → %s', (said, priority) =>
    expect(outcome(debate(said), false)).toEqual({ outcome: 'open', priority }),
  )

  it.each([
    ['codex:high claude:no codex:high claude:no codex:high', 'disputed'],
    ['codex:medium claude:no codex:no', 'disputed'],
    ['codex:high', 'disputed'],
    ['codex:medium claude:low', 'agreed low'],
    ['codex:medium claude:no codex:no!', 'not-needed'],
  ])('when the debate is over: %s → %s', (said, expected) => expect(end(said, {}, true)).toBe(expected))
})

describe('what is urgent', () => {
  it.each([
    ['a defect that Codex called high', 'codex:high claude:no', {}, true],
    ['a gap that Claude alone called critical', 'codex:low claude:critical', { kind: 'gap' }, true],
    ['something needless', 'codex:critical', { kind: 'excess' }, false],
    ['a defect whose quote is nowhere', 'codex:critical', { verified: false }, false],
    ['a defect that nobody called more than medium', 'codex:medium claude:low', {}, false],
  ] as const)('%s: %s %o %s', (_, said, more, expected) => expect(isUrgent(debate(said, more))).toBe(expected))

  it('is never settled by talk: when both withdraw it, the user decides', () => {
    const said = 'codex:critical claude:no! codex:no!'
    expect([end(said), marksOf({ ...debate(said), outcome: 'disputed' })]).toEqual(['disputed', ['both-withdrew']])
    expect(end('codex:medium claude:no! codex:medium claude:critical! codex:no! claude:no!')).toBe('disputed')
    expect(end('codex:high claude:no codex:no!', { kind: 'excess' })).toBe('not-needed')
  })
  it('says so of two who say it without showing why, too', () =>
    expect(marksOf({ ...debate('codex:critical claude:no codex:no'), outcome: 'disputed' })).toEqual(['both-withdrew']))
  it('stays so in later cycles', () => {
    const later = { ...debate('codex:low claude:no! codex:no!'), history: story('codex:high') }
    expect(outcome(later, false).outcome).toBe('disputed')
  })
  it.each([
    ['codex:high claude:no codex:no!', 'disputed'],
    ['codex:high claude:no! codex:no!', 'not-needed'],
    ['codex:medium claude:no codex:no!', 'not-needed'],
  ])('but for a quote that is nowhere both have to show why it is not needed: %s → %s', (said, expected) =>
    expect(end(said, { verified: false })).toBe(expected),
  )
})

describe('of two priorities', () => {
  it.each([
    ['codex:critical claude:high', 'high'],
    ['codex:low claude:medium', 'low'],
  ])('on one side of the high | medium line the lower counts: %s → %s', (said, priority) =>
    expect(end(said)).toBe(`agreed ${priority}`),
  )
  it.each([
    ['codex:critical claude:low', 'critical'],
    ['codex:critical claude:low!', 'critical'],
    ['codex:medium claude:high', 'medium'],
    ['codex:high claude:no codex:low claude:low!', 'high'],
    ['codex:high claude:low codex:medium!', 'high'],
    ['codex:high claude:low! codex:medium', 'high'],
    ['codex:high claude:low! codex:medium!', 'low'],
    ['codex:high claude:critical codex:medium!', 'high'],
  ])('across it the reviewer’s counts, unless both show why it is the lower: %s → %s', (said, priority) =>
    expect(end(said)).toBe(`agreed ${priority}`),
  )
  it.each([
    ['lower', 'low'],
    ['higher', 'critical'],
  ] as const)('the configuration can say that the %s counts', (across, priority) =>
    expect(outcome(debate('codex:critical claude:low'), false, across)).toEqual({ outcome: 'agreed', priority }),
  )
  it.each([
    ['codex:high claude:low!', true],
    ['codex:high claude:low', false],
    ['codex:high claude:critical!', false],
    ['codex:low claude:medium!', false],
    ['codex:high', false],
  ])('a rebuttal asks about a lower one that the author has shown alone: %s → %s', (said, asked) => {
    const now = outcome(debate(said), false).outcome
    expect(isPriorityAsked({ ...debate(said), outcome: now })).toBe(asked)
  })
  it('the highest that anybody ever gave is known, counted or not', () =>
    expect([highestHeld(debate('codex:low claude:critical')), highestHeld({ history: [], positions: [] })]).toEqual([
      'critical',
      null,
    ]))
})

describe('how it was agreed', () => {
  const agreed = (said: string) => ({ ...debate(said), outcome: 'agreed' as const })
  it.each([
    ['codex:high claude:high', 'at-once'],
    ['codex:high claude:no codex:high claude:high!', 'conceded'],
    ['codex:high', 'conceded'],
  ])('%s: %s', (said, how) => expect(agreedBy(agreed(said))).toBe(how))
  it('is nothing where it was not', () => expect(agreedBy({ ...debate('codex:high'), outcome: 'disputed' })).toBeNull())
  it.each([
    ['codex:high claude:high!', 'own-quote'],
    ['codex:high claude:high', 'none'],
    ['codex:high claude:no!', 'none'],
    ['codex:high', 'none'],
  ])('and whether Claude shows code for it: %s → %s', (said, expected) => expect(support(debate(said))).toBe(expected))
  it('with what is odd about it', () =>
    expect(marksOf({ ...agreed('codex:high'), verified: false, again: 'F0' })).toEqual(['raised-again', 'unverified']))
})

describe('another round', () => {
  it.each([
    ['shows code that nobody has shown', 'codex:high claude:no codex:high!', true],
    ['repeats itself', 'codex:high claude:no codex:high', false],
    ['gives a quote that is nowhere', 'codex:high claude:no codex:high?', false],
    ['shows what Claude has shown', 'codex:high claude:no= codex:high=', false],
    ['shows what it has shown before', 'codex:high claude:no codex:high= claude:no codex:high=', false],
    ['gives in', 'codex:high claude:no codex:no!', false],
    ['has not answered', 'codex:high claude:no!', false],
  ])('%s: %s → %s', (_, said, expected) => expect(bringsNews(debate(said))).toBe(expected))

  const last = (place: { file: string; lineStart: number; lineEnd: number; quote: string }) => ({
    ...debate('codex:high claude:no codex:high!'),
    positions: story('codex:high claude:no codex:high!').map((position, at) =>
      at === 2 ? { ...position, cited: [place] } : position,
    ),
  })
  it('does not follow from the finding’s own lines', () => {
    const own = { file: 'a.js', lineStart: 1, lineEnd: 1, quote: 'x / y' }
    expect(bringsNews(last(own))).toBe(false)
    expect(bringsNews({ ...last(own), lineStart: null, lineEnd: null })).toBe(true)
    expect(bringsNews({ ...last(own), lineEnd: null })).toBe(false)
    expect(bringsNews({ ...last({ ...own, lineStart: 2, lineEnd: 3 }) })).toBe(true)
  })
  it('follows from another sentence of the request, not from the same', () => {
    const place = (quote: string) => ({ file: '', lineStart: 1, lineEnd: 1, quote })
    const said = last(place('in whole cents'))
    const before = [{ ...said.positions[1]!, cited: [place('in whole cents')] }]
    expect([bringsNews(said), bringsNews({ ...said, history: before })]).toEqual([true, false])
    expect(bringsNews({ ...last(place('every order')), history: before })).toBe(true)
  })
  it('does not follow from what an earlier version wrote', () => {
    const { cited: _, ...older } = last({ file: 'b.js', lineStart: 1, lineEnd: 1, quote: 'q' }).positions[2]!
    expect(bringsNews({ ...debate('codex:high'), positions: [older] })).toBe(false)
  })
})
