import { describe, expect, it } from 'vitest'
import { replay } from '../../../src/core/ledger/replay.ts'
import { emptyState } from '../../../src/core/ledger/state.ts'
import { findingsJson } from '../../../src/core/report/json.ts'
import { lastSandbox } from '../../../src/core/report/ledger-notes.ts'
import { doingNow } from '../../../src/core/report/now.ts'
import { statusText } from '../../../src/core/report/status.ts'
import { findingsText } from '../../../src/core/report/text.ts'
import { localTime } from '../../../src/core/text/local-time.ts'
import type { Happening, LedgerEntry } from '../../../src/model/ledger/ledger-entry.ts'
import { Cycle, debating, finding, ready } from '../../support/cycle/cycle.ts'
import { cannot, reviewed } from '../../support/cycle/ledger.ts'

const began = '2026-01-05T12:00:00.000Z'
const holder = { pid: 41, since: began }
const later = (happening: Happening, at = '2026-01-05T12:00:05.000Z'): LedgerEntry => ({ v: 1, at, ...happening })
const called = (call: 'review' | 'rebuttal'): Happening => ({
  ...{ kind: 'codex-called', call, tree: 't1', cycle: 1, round: 1 },
})
const entered = (stage: 'tests' | 'review'): Happening => ({ kind: 'entered', stage, tree: 't1', cycle: 1, round: 0 })
const paused: Happening = { kind: 'paused' }

describe('what is being done at this moment', () => {
  const now = (...since: LedgerEntry[]) => {
    const cycle = debating(finding('F1'))
    return doingNow(cycle.state, [...cycle.entries, ...since], holder)
  }
  it('is the call of Codex that has been begun, whatever a command writes meanwhile', () => {
    const since = '2026-01-05T12:00:05.000Z'
    expect(now(later(called('review')))).toEqual({ what: 'review', since, detail: 'cycle 1, process 41' })
    expect(now(later(called('rebuttal')), later(paused))).toEqual({
      ...{ what: 'rebuttal', since, detail: 'cycle 1, round 1, process 41' },
    })
  })
  it('is the tests, once they have been begun', () => {
    expect(now(later(entered('tests')))).toMatchObject({ what: 'tests', since: '2026-01-05T12:00:05.000Z' })
    const cycle = new Cycle()
    cycle.now = began
    cycle.stop('', 't1')
    const upTo = cycle.entries.slice(0, 1 + cycle.entries.findIndex(({ kind }) => kind === 'run-started'))
    expect(doingNow(cycle.state, upTo, holder)).toMatchObject({ what: 'tests', since: began })
  })
  it('is some event where nothing says more: what was begun before that event is over', () => {
    const event = { what: 'event', since: began, detail: 'cycle 1, process 41' }
    for (const since of [[], [later(called('review'), '2026-01-05T11:59:59.999Z')], [later(entered('review'))]])
      expect(now(...since)).toEqual(event)
    expect(now(later(called('review')), later(cannot('review', 'crashed')))).toEqual(event)
  })
  it('is nothing while nobody holds the lock, and before there is a run', () => {
    const cycle = debating(finding('F1'))
    expect(doingNow(cycle.state, [...cycle.entries, later(called('review'))], null)).toBe(null)
    expect(doingNow(emptyState, [], holder)).toBe(null)
  })
  it('stands in the status, with the time where the reader is', () => {
    const cycle = new Cycle()
    cycle.stop(ready, 't1')
    const now = { what: 'rebuttal', since: began, detail: 'cycle 1, round 1, process 41' } as const
    expect(statusText(cycle.state, undefined, now).split('\n')[1]).toBe(
      `Now       Codex answers Claude, since ${localTime(began)} (cycle 1, round 1, process 41)`,
    )
  })
})

describe('what a report takes from the lines of a run', () => {
  it('is the sandbox of the last review, and none while the latest try came to nothing', () => {
    const profile = later(reviewed({ sandbox: 'profile' }))
    expect([lastSandbox([profile]), lastSandbox([profile, later(reviewed())]), lastSandbox([])]).toEqual([
      ...['profile', null, null],
    ])
    const cycle = debating(finding('F1'))
    const entries = cycle.entries.map(entry =>
      entry.kind === 'reviewed'
        ? { ...entry, sandbox: 'profile' as const, usage: { ...entry.usage, cachedTokens: 8 } }
        : entry,
    )
    const { review, bill } = findingsJson({ state: replay(entries), entries })
    expect([review.sandbox, bill.codexCachedTokens]).toEqual(['profile', 8])
    expect(findingsText(replay(entries).run)).toContain('100 tokens in (8 cached), 10 out')
    const failed = new Cycle()
    failed.reviews.push({ cannot: 'crashed' })
    failed.stop(ready, 't1')
    expect(findingsJson({ state: failed.state, entries: [profile, ...failed.entries] }).review.sandbox).toBe(null)
  })
})
