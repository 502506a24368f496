import { describe, expect, it } from 'vitest'
import type { Course, Run } from '../../../src/core/ledger/state.ts'
import { nextPart, splitByFile, wholeReview } from '../../../src/core/review/review-parts.ts'
import type { ReviewedPart } from '../../../src/model/ledger/fields.ts'
import { Cycle, finding, ready, says } from '../../support/cycle/cycle.ts'

const file = (path: string, bytes = 60) => ({ path, bytes })
const files = ['a', 'b', 'c', 'd', 'e'].map(path => file(path))
const bounds = { promptBytes: 100, callsLeft: 20, reserved: 2 }

const run = (more: Partial<Course> = {}): Run => {
  const cycle = new Cycle()
  cycle.stop('', 't1')
  return { ...cycle.state.run!, ...more }
}
const part = (paths: string[], ids: string[] = []): ReviewedPart => ({
  part: 1,
  of: 5,
  paths,
  reviewed: paths,
  notReviewed: [],
  findings: ids.map(id => finding(id)),
  resolved: [],
  summary: 's',
  model: null,
  usage: { inputTokens: 1, outputTokens: 1 },
  seconds: 1,
})

describe('a change is split by file', () => {
  it.each([
    ['what fits stays whole', [30, 30, 40], [[30, 30, 40]]],
    ['in order, as many as fit', [60, 30, 20, 90], [[60, 30], [20], [90]]],
    ['a file too large by itself is alone', [30, 500, 30], [[30], [500], [30]]],
    ['nothing is nothing', [], []],
  ])('%s', (_, sizes, expected) =>
    expect(
      splitByFile(
        sizes.map(bytes => file('x', bytes)),
        100,
      ).map(group => group.map(({ bytes }) => bytes)),
    ).toEqual(expected),
  )
})

describe('the next part', () => {
  it('of a change that fits is all of it, in one call', () =>
    expect(nextPart(run(), files.slice(0, 1), null, bounds)).toMatchObject({ number: 1, of: 1, files: [file('a')] }))
  it('is the first that is not reviewed yet', () =>
    expect(nextPart(run({ parts: [part(['a']), part(['b'])] }), files, null, bounds)).toMatchObject({
      number: 3,
      of: 5,
      files: [file('c')],
    }))
  it('leaves the calls that the debate may need, and says what was never sent', () =>
    expect(nextPart(run({ parts: [part(['a'])] }), files, null, { ...bounds, callsLeft: 2 })).toEqual({
      unsent: ['b', 'c', 'd', 'e'],
    }))
  it('is nothing when all are done', () =>
    expect(nextPart(run({ parts: files.map(({ path }) => part([path])) }), files, null, bounds)).toEqual({
      unsent: [],
    }))
})

describe('the next part of a later cycle', () => {
  const later = () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1', 'high', { file: 'b' }), finding('F2', 'high', { file: 'gone' })] })
    cycle.stop(ready, 't1')
    cycle.stop(says('all: needed, low — yes'))
    cycle.prompt('pick all')
    return cycle.state.run!
  }
  it('is what changed since, what is to be checked, and what was never sent', () => {
    const [first, second] = [
      later(),
      { ...later(), parts: [part(['b'])], reviews: { ...later().reviews, unsent: ['e'] } },
    ]
    expect(nextPart(first, files, new Set(['d']), bounds)).toMatchObject({ files: [file('b')], of: 2 })
    expect(nextPart(second, files, new Set(['d']), bounds)).toMatchObject({ files: [file('d')], of: 3 })
  })
  it('asks for each earlier finding once: with its file, or first of all', () => {
    const checks = (parts: ReviewedPart[]) => {
      const next = nextPart({ ...later(), parts }, files, new Set(['a', 'd']), bounds)
      return 'checks' in next ? next.checks.map(({ id }) => id) : []
    }
    expect([checks([]), checks([part(['a'])]), checks([part(['a']), part(['b'])])]).toEqual([['F2'], ['F1'], []])
  })
  it('of a change that fits is no more either', () =>
    expect(nextPart(later(), [file('a', 50), file('c', 50)], new Set(['c']), bounds)).toMatchObject({
      files: [{ path: 'c' }],
    }))
})

describe('the whole review', () => {
  const last = { ...part(['b'], ['F2']), verdict: 'findings' as const, thread: 't9' }
  it('holds every finding, and what was not reviewed and why', () =>
    expect(
      wholeReview(run({ parts: [{ ...part(['a'], ['F1']), notReviewed: ['x'] }] }), last, {
        unsent: ['c'],
        leftOut: ['.env'],
      }),
    ).toMatchObject({
      verdict: 'findings',
      findings: [{ id: 'F1' }, { id: 'F2' }],
      reviewed: ['a', 'b'],
      notReviewed: ['x', 'c', '.env'],
      unsent: ['c'],
      leftOut: ['.env'],
      parts: 2,
      thread: null,
    }))
  it('says how many findings no part could raise', () => {
    const parts = [{ ...part(['a']), tooMany: 3 }]
    expect(wholeReview(run({ parts }), { ...last, tooMany: 2 }, { unsent: [], leftOut: [] }).tooMany).toBe(5)
    expect(wholeReview(run(), last, { unsent: [], leftOut: [] })).not.toHaveProperty('tooMany')
  })
  it('of one part keeps its thread for the debate', () =>
    expect(wholeReview(run(), last, { unsent: [], leftOut: [] })).toMatchObject({ thread: 't9', parts: 1 }))
})

describe('what is left over', () => {
  it('of a later change where nothing of it is concerned any more: the first part is looked at all the same', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    expect(nextPart(cycle.state.run!, files, new Set(), bounds)).toMatchObject({ files: [file('a')], number: 1, of: 1 })
    expect(nextPart(cycle.state.run!, [], new Set(), bounds)).toEqual({ unsent: [] })
  })
  it('the first part is sent even when the debate may need every call', () => {
    expect(nextPart(run(), files, null, { ...bounds, callsLeft: 1 })).toMatchObject({ number: 1, of: 5 })
    expect(nextPart(run({ parts: [part(['a'])] }), files, null, { ...bounds, callsLeft: 3 })).toMatchObject({
      number: 2,
    })
  })
})

describe('the verdict of several parts', () => {
  const judged = (more: object) => ({ ...part(['b']), verdict: 'approve' as const, thread: 't9', ...more })
  const whole = (parts: ReviewedPart[], last: ReturnType<typeof judged> | null) =>
    wholeReview(run({ parts }), last, { unsent: [], leftOut: [] })
  const unresolved = [{ id: 'F1', resolved: false, reason: 'no' }]
  it('approves when nothing is raised and all is mended', () => {
    const mended = [{ id: 'F1', resolved: true, reason: 'yes' }]
    expect(whole([part(['a'])], judged({ resolved: mended })).verdict).toBe('approve')
    expect(whole([part(['a'])], judged({ resolved: unresolved })).verdict).toBe('findings')
    expect(whole([part(['a'], ['F1'])], judged({})).verdict).toBe('findings')
  })
  it.each([
    [['profile', 'profile'], 'profile'],
    [['profile', 'read-only'], 'read-only'],
    [['read-only', 'profile'], 'read-only'],
    [[undefined, 'profile'], 'profile'],
  ] as const)('ran in the weakest of its parts’ sandboxes: %j', ([first, last], weakest) =>
    expect(whole([{ ...part(['a']), sandbox: first }], judged({ sandbox: last })).sandbox).toBe(weakest),
  )

  it('has the words and the model of the one part, or of the last', () => {
    expect(whole([], judged({ model: 'm1' }))).toMatchObject({ summary: 's', model: 'm1', thread: 't9' })
    expect(whole([part(['a'])], judged({ model: 'm2' }))).toMatchObject({ summary: '', model: 'm2', thread: null })
  })
  it('has what two parts raise once, as the more urgent one', () => {
    const [one, other] = [finding('F1', 'low'), finding('F2', 'critical', { title: 'Title of  F1' })]
    const findings = whole([{ ...part(['a']), findings: [one] }], judged({ findings: [other] })).findings
    expect(findings).toMatchObject([{ id: 'F1', priority: 'critical' }])
  })
  it('counts what its parts left out', () => {
    const over = (beyond: Record<string, number>) => ({ tooMany: 2, beyond })
    const parts = [{ ...part(['a']), ...over({ low: 2 }) }]
    expect(whole(parts, judged(over({ low: 1, high: 1 })))).toMatchObject({ tooMany: 4, beyond: { low: 3, high: 1 } })
  })
  it('of parts that are all recorded costs nothing more', () =>
    expect(whole([part(['a'])], null)).toMatchObject({
      parts: 1,
      thread: null,
      summary: 's',
      usage: { inputTokens: 0, outputTokens: 0 },
      seconds: 0,
    }))
  it('of nothing at all has read nothing', () =>
    expect(whole([], null)).toMatchObject({ verdict: 'approve', reviewed: [], parts: 0, model: null, summary: '' }))
})
