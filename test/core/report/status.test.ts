import { describe, expect, it } from 'vitest'
import { emptyState, type State } from '../../../src/core/ledger/state.ts'
import { statusJson, statusText } from '../../../src/core/report/status.ts'
import { Cycle, finding, ready, says } from '../../support/cycle/cycle.ts'
import { debating, owing, signed } from '../../support/cycle/reported.ts'

describe('the status', () => {
  const rows = (cycle: Cycle) =>
    Object.fromEntries(
      statusText(cycle.state)
        .split('\n')
        .map(row => [row.slice(0, 9).trim(), row.slice(10)]),
    )
  it('says that nothing has happened yet, or that the gate is paused', () => {
    expect(statusText(emptyState)).toMatch(/^Idle: /)
    expect(statusText({ ...emptyState, paused: true })).toMatch(/^Paused: .*npx countersign resume/)
    expect(statusJson(emptyState)).toEqual({
      ...{ version: 2, stage: 'idle', cycle: 0, round: 0, fingerprint: null, owed: null },
      ...{ tests: { result: null, seconds: 0 }, open: 0, agreed: 0, disputed: 0, picked: 0, paused: false, now: null },
    })
    expect(statusJson(new Cycle().state).fingerprint).toBe('base')
  })
  it('says when it is not about the tree that is there', () => {
    const about = (state: State, tree?: string | null) => statusText(state, undefined, null, tree)
    const changed = /The tree has changed since: what is there now has not been tested or reviewed\./
    const { state } = signed().cycle
    const [base, open, paused] = [new Cycle().state, debating(finding('F1')).state, { ...state, paused: true }]
    for (const one of [state, base, open, paused]) expect(about(one, 'other')).toMatch(changed)
    expect(about(state, null)).toMatch(/^Tree +Whether the tree has changed since cannot be told/m)
    for (const text of [
      about(state, state.settled!.tree),
      about(open, open.run!.tree),
      about(state),
      about(emptyState, 't'),
    ])
      expect(text).not.toMatch(/since/)
  })
  it('says that the tests have not run', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    cycle.entries.push({ v: 1, at: '', kind: 'entered', stage: 'tests', tree: 't2', cycle: 1, round: 0 })
    expect(rows(cycle).Tests).toBe('The tests have not run.')
    expect(statusJson(cycle.state).tests).toEqual({ result: null, seconds: 0 })
  })
  it('shows red tests and who fixes them', () => {
    const cycle = new Cycle()
    cycle.red.add('t1')
    cycle.stop('', 't1')
    expect(rows(cycle)).toEqual({
      Stage: 'tests · cycle 1',
      Tests: 'The tests are red (`npm test`).',
      Bill: '0 Codex calls, 1 s',
      Next: 'Claude fixes what makes the tests red; they run again when it stops.',
    })
  })
  it('says that the self-review comes next', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    expect(rows(cycle).Next).toMatch(/self-review: ready/)
  })
  it('shows a pending review as no review', () =>
    expect(rows(owing())).toMatchObject({
      Stage: 'review · cycle 1',
      Review: 'none by Codex yet; only the tests and Claude’s self-review so far',
      Pending: 'could not review (rate-limited until about 14:00)',
      Next: 'Codex reviews when Claude next stops.',
    }))
  it('shows the review while a rebuttal is pending', () => {
    const cycle = debating(finding('F1'))
    cycle.rebuttals.push({ cannot: 'crashed' })
    cycle.stop(says('F1: not needed — no'))
    expect(rows(cycle)).toMatchObject({ Review: 'findings, 1 file read', Pending: 'could not review (crashed)' })
  })
  it('shows the user’s last choice, and that it was none', () => {
    const cycle = debating(finding('F1'))
    cycle.stop(says('F1: needed, high — yes'))
    cycle.prompt('pick F1')
    expect(rows(cycle).Picked).toBe('F1')
    cycle.prompt('pick none')
    expect(rows(cycle).Picked).toBe('none')
  })
  it('shows that none was picked after something that was acted upon', () => {
    const cycle = debating(finding('F1'))
    cycle.stop(says('F1: needed, high — yes'))
    cycle.prompt('pick F1')
    cycle.reviews.push({ resolved: { F1: false } })
    cycle.stop(ready, 't2')
    cycle.stop(says('F1: needed, high — yes'))
    cycle.prompt('pick none')
    expect(rows(cycle).Picked).toBe('none, after F1')
  })
  it('counts the open findings in the debate', () => {
    const cycle = debating(finding('F1'), finding('F2'))
    expect(rows(cycle)).toMatchObject({ Stage: 'debate · cycle 1 · round 1', Findings: '2 open' })
    expect(statusJson(cycle.state)).toMatchObject({ open: 2, round: 1 })
    expect(rows(cycle).Next).toMatch(/then Codex replies/)
  })
  it('names what was picked, and later how much of it is resolved', () => {
    const cycle = debating(finding('F1'), finding('F2', 'low'))
    cycle.stop(says('all: needed, low — yes'))
    cycle.prompt('pick all')
    expect(rows(cycle)).toMatchObject({ Picked: 'F1, F2', Next: 'Claude fixes F1, F2; then the cycle runs again.' })
    cycle.reviews.push({ resolved: { F1: true, F2: false } })
    cycle.stop(ready, 't2')
    expect(rows(cycle).Picked).toBe('F1, F2 (1 of 2 resolved)')
    expect(statusJson(cycle.state).picked).toBe(2)
  })
  it('says how a run ended', () => {
    const { cycle, run } = signed()
    expect(rows(cycle)).toMatchObject({ Stage: 'countersigned in cycle 2', Review: 'findings, 1 file read' })
    expect(rows(debating())).toMatchObject({ Stage: 'countersigned in cycle 1', Review: 'approved, 1 file read' })
    expect(rows(cycle).Next).toBeUndefined()
    expect(statusText({ ...cycle.state, run })).toContain('findings, 1 file read, 3 not read')
    const spent = new Cycle({ limits: { cycles: 1 } })
    spent.reviews.push({ findings: [finding('F1')] })
    spent.stop(ready, 't1')
    spent.stop(says('F1: needed, low — yes'))
    spent.prompt('pick F1')
    spent.stop(ready, 't2')
    expect(rows(spent).Stage).toBe('ended in cycle 1, not countersigned')
  })
  it('says at a limit what is pending and what starts a new run', () => {
    const cycle = new Cycle({ limits: { codexCalls: 1 } })
    cycle.reviews.push({ findings: [finding('F1')] })
    cycle.stop(ready, 't1')
    cycle.stop('', 't2')
    expect(rows(cycle)).toMatchObject({
      Stage: 'ended in cycle 1, not countersigned',
      Pending: 'could not review (budget): run limit of 1 Codex call reached (`limits.codexCalls`)',
      Next: 'A change after your next prompt starts a new run with new limits.',
    })
  })
})
