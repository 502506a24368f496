import { describe, expect, it } from 'vitest'
import { apply } from '../../../src/core/ledger/replay.ts'
import { finding } from '../../support/cycle/cycle.ts'
import { begun, cannot, entered, part, reviewed, states } from '../../support/cycle/ledger.ts'

describe('a review', () => {
  it('in parts is kept while the tree stays, and its bill with it', () => {
    const two = states(begun(), entered('review'), part(1), part(2))
    expect(two.run!.parts.map(({ paths }) => paths)).toEqual([['1.js'], ['2.js']])
    expect(two.run!.parts[0]).not.toHaveProperty('kind')
    expect(two.run!.bill).toMatchObject({ inputTokens: 10, outputTokens: 6, seconds: 4 })
    expect(apply(two, entered('review')).run!.parts).toHaveLength(2)
    expect(apply(two, entered('review', 't2')).run!.parts).toEqual([])
    expect(apply(two, reviewed()).run!.parts).toEqual([])
  })
  it('that could not be made is owed until one can be', () => {
    const owing = states(begun(), cannot('review', 'timed-out'))
    expect(owing).toMatchObject({ skipped: 't1', run: { owed: { call: 'review', reason: 'timed-out', detail: 'd' } } })
    expect(owing.run!.review).toEqual({
      ...{ result: 'could-not-review', reason: 'timed-out', model: null, summary: 'd' },
      ...{ reviewed: [], notReviewed: [], leftOut: [] },
    })
    expect(apply(owing, reviewed()).run!).toMatchObject({ owed: null, review: { result: 'passed' } })
  })
  it('goes on with what a rebuttal raises besides: nobody debates it, and the user decides', () => {
    const besides = { ...finding('F9', 'critical'), inScope: true }
    const { run } = states(begun(), reviewed(), {
      ...{ kind: 'rebutted', round: 1, last: true, positions: [], findings: [besides] },
      ...{ usage: { inputTokens: 1, outputTokens: 1 }, seconds: 1 },
    })
    expect(run!.findings.at(-1)).toMatchObject({ id: 'F9', outcome: 'disputed', fate: 'pending' })
  })
  it('stands when it is the rebuttal that failed; the thread is given up only when Codex crashed in it', () => {
    const after = (reason: 'crashed' | 'timed-out') => states(begun(), reviewed(), cannot('rebuttal', reason)).run!
    expect(after('crashed')).toMatchObject({
      reviews: { thread: null },
      review: { result: 'passed' },
      owed: { call: 'rebuttal' },
    })
    expect(after('timed-out').reviews.thread).toBe('t')
    expect(states(begun(), reviewed(), cannot('review', 'crashed')).run!.reviews.thread).toBe('t')
  })
  it('is forgotten when the next one begins', () => {
    const before = states(begun(), reviewed())
    expect(apply(before, entered('debate')).run!.review).not.toBeNull()
    expect(apply(before, entered('review')).run!.review).toBeNull()
  })
  it('names what was left out, and what was never sent', () =>
    expect(states(begun(), reviewed({ leftOut: ['.env'], unsent: ['a'] })).run!).toMatchObject({
      review: { leftOut: ['.env'] },
      reviews: { unsent: ['a'] },
    }))
  it('that changes nothing is counted, until one does', () => {
    const resolved = (...all: boolean[]) => ({
      resolved: all.map((one, n) => ({ id: `F${n}`, resolved: one, reason: '' })),
    })
    const unmoved = (...more: object[]) => states(begun(), ...more.map(reviewed)).run!.reviews.unmoved
    expect(unmoved(resolved(false), resolved(false, false))).toBe(2)
    expect(unmoved(resolved(false), resolved(false, true))).toBe(0)
    expect(unmoved(resolved(false), { ...resolved(false), findings: [finding('F9')] })).toBe(0)
    expect(unmoved({ ...resolved(false), findings: [finding('F9', 'low', { inScope: false })] })).toBe(1)
    expect(unmoved(resolved(), resolved())).toBe(0)
  })
})
