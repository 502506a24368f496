import { describe, expect, it } from 'vitest'
import { apply, replay } from '../../src/core/replay.ts'
import { emptyState } from '../../src/core/state.ts'
import type { Happening, LedgerEntry } from '../../src/model/ledger-entry.ts'
import { Cycle, finding, ready, says } from '../support/cycle.ts'

const states = (...entries: Happening[]) => entries.reduce(apply, emptyState)
const session = (name: string, phase: 'started' | 'ended', pid = 1): Happening => ({
  kind: 'session',
  session: name,
  pid,
  phase,
})
const prompted = (text: string): Happening => ({ kind: 'prompted', session: 's1', text })
const begun = (more: object = {}): Happening => ({
  kind: 'run-started',
  run: 'r1',
  session: 's1',
  pid: 1,
  base: 'base',
  tree: 't1',
  prompts: ['add a cart'],
  head: 'c0',
  ...more,
})
const entered = (stage: 'tests' | 'review' | 'debate', tree = 't1'): Happening => ({
  kind: 'entered',
  stage,
  tree,
  cycle: 1,
  round: 0,
})
const asked = (stage: 'tests' | 'self-review' | 'fix'): Happening => ({
  kind: 'asked',
  stage,
  tree: 't1',
  problems: [],
})
const usage = { inputTokens: 5, outputTokens: 3 }
const part = (n: number): Happening => ({
  kind: 'part-reviewed',
  tree: 't1',
  ...{ part: n, of: 3, paths: [`${n}.js`], reviewed: [], notReviewed: [], findings: [], resolved: [], summary: '' },
  ...{ model: null, usage, seconds: 2 },
})
const cannot = (call: 'review' | 'rebuttal', reason: 'crashed' | 'timed-out'): Happening => ({
  kind: 'could-not-review',
  ...{ call, tree: 't1', reason, until: null, detail: 'd', usage, seconds: 2 },
})
const reviewed = (more: object = {}): Happening => ({
  kind: 'reviewed',
  ...{
    tree: 't1',
    verdict: 'approve' as const,
    summary: '',
    reviewed: [],
    notReviewed: [],
    findings: [],
    resolved: [],
  },
  ...{ thread: 't', model: null, usage, seconds: 2 },
  ...more,
})

describe('the ledger', () => {
  it('that is empty is nothing', () =>
    expect(replay([])).toEqual({
      ...{ paused: false, settled: null, skipped: null, prompts: [], gateFiles: null },
      ...{ sessions: [], endedSessions: [], run: null },
    }))
  it('of a newer version is read as far as it is known', () => {
    const newer = { v: 1, at: '', kind: 'sang-a-song', verse: 3 } as unknown as LedgerEntry
    expect(replay([newer, { v: 1, at: '', kind: 'paused' }])).toEqual({ ...emptyState, paused: true })
  })
  it('speaks of a run that is not there without inventing one', () =>
    expect(states(asked('tests'), entered('tests'), reviewed(), prompted('x')).run).toBeNull())
  it('is paused until it is resumed', () =>
    expect([states({ kind: 'paused' }).paused, states({ kind: 'paused' }, { kind: 'resumed' }).paused]).toEqual([
      true,
      false,
    ]))
  it('what was on the disk is no change of state by itself', () => {
    const state = states(begun())
    expect(apply(state, { kind: 'tree-moved', call: 'review', files: ['a'] })).toBe(state)
  })
})

describe('sessions', () => {
  it('are known once each, the latest last, and the ended ones apart', () => {
    const state = states(
      session('a', 'started'),
      session('b', 'started'),
      session('a', 'started'),
      session('b', 'ended'),
    )
    expect([state.sessions, state.endedSessions]).toEqual([['b', 'a'], ['b']])
    expect(apply(apply(state, session('b', 'ended')), session('c', 'ended')).endedSessions).toEqual(['b', 'c'])
    expect(apply(state, session('b', 'started')).endedSessions).toEqual([])
  })
  it('are remembered up to twenty', () => {
    const all = Array.from({ length: 25 }, (_, n) => `s${n}`)
    const state = states(...all.flatMap(name => [session(name, 'started'), session(name, 'ended')]))
    expect([state.sessions, state.endedSessions]).toEqual([all.slice(5), all.slice(5)])
  })
  it('that are not the owner do not take a run over by starting', () => {
    const owner = (name: string) => states(begun(), session(name, 'started', 99)).run!.owner
    expect([owner('s1'), owner('s2')]).toMatchObject([
      { session: 's1', pid: 99 },
      { session: 's1', pid: 1 },
    ])
  })
})

describe('prompts', () => {
  const many = Array.from({ length: 14 }, (_, n) => `p${n}`)
  it('before a run are kept, six of them, and begin anew with it', () => {
    expect(states(...many.map(prompted)).prompts).toEqual(many.slice(-6))
    expect(states(prompted('x'), begun()).prompts).toEqual([])
  })
  it('during a run belong to what was asked for, twelve of them', () =>
    expect(states(begun(), ...many.map(prompted)).run!.prompts).toEqual(many.slice(-12)))
  it('after a run do not', () => {
    const over = states(begun(), { kind: 'countersigned', tree: 't1', head: null, cycle: 1 }, prompted('next'))
    expect([over.run!.prompts, over.prompts]).toEqual([['add a cart'], ['next']])
  })
  it('give red tests, refused tasks and holds their budget back', () => {
    const before = states(begun(), asked('tests'), { kind: 'task-refused', tree: 't1' })
    expect(before.run!).toMatchObject({ redAttempts: 1, tasksRefused: 1, holds: 1, asks: 1 })
    expect(apply(before, prompted('again')).run!).toMatchObject({ redAttempts: 0, tasksRefused: 0, holds: 0, asks: 0 })
  })
  it('do not put the choice, or the task list, once more', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1')] })
    cycle.stop(ready, 't1')
    cycle.stop(says('F1: needed, low — yes'))
    cycle.prompt('hm')
    expect([cycle.state.run!.asks, cycle.stop()]).toEqual([1, 'silence'])
  })
})

describe('a run', () => {
  it('remembers the gate’s files it began with, or those last seen', () => {
    const seen: Happening = { kind: 'gate-files', files: { a: '1' }, changed: [] }
    expect(states(seen).gateFiles).toEqual({ a: '1' })
    expect(states(seen, begun()).gateFiles).toEqual({ a: '1' })
    expect(states(seen, begun({ gate: { a: '2' } })).gateFiles).toEqual({ a: '2' })
  })
  it('begins with what was asked for, and with the gate’s files as they were seen', () => {
    const cycle = new Cycle()
    cycle.entries.push({ v: 1, at: '', kind: 'gate-files', files: { a: '1' }, changed: [] })
    cycle.prompt('add a cart')
    cycle.stop('', 't1')
    expect(cycle.entries.find(({ kind }) => kind === 'run-started')).toMatchObject({
      ...{ run: 'r1', session: 's1', pid: 7, base: 'base', tree: 't1', head: 'c0', prompts: ['add a cart'] },
      gate: { a: '1' },
    })
  })
  it.each([
    ['where HEAD went', 'b9', { base: 'b9', baseHead: 'c9' }, { tree: 'b9', head: 'c9' }],
    [
      'where it did, when HEAD moved by its own commit',
      null,
      { base: 'base', baseHead: 'c9' },
      { tree: 'b', head: 'c9' },
    ],
  ])('begins %s', (_, base, run, settled) => {
    const moved: Happening = { kind: 'head-moved', head: 'c9', base, inCycle: true }
    const before = states({ kind: 'baseline', tree: 'b', head: 'c0' }, begun())
    expect(apply(before, moved)).toMatchObject({ run, settled })
    const over = apply(before, { kind: 'countersigned', tree: 't1', head: 'c0', cycle: 1 })
    expect(apply(over, moved).run!).toMatchObject({ base: 'base', baseHead: 'c0' })
    expect(apply(emptyState, moved).settled).toBeNull()
  })
  it('counts what each kind of asking costs', () => {
    const { run } = states(begun(), asked('tests'), asked('self-review'), asked('tests'))
    expect(run!).toMatchObject({ asks: 3, holds: 3, redAttempts: 2, told: false })
    expect(apply({ ...emptyState, run }, asked('fix')).run!.told).toBe(true)
    expect(apply({ ...emptyState, run: { ...run!, told: true } }, asked('tests')).run!.told).toBe(true)
  })
  it('that was tested counts as tested with what the tests left behind', () => {
    const ran = (tree: string, after: string | null): Happening => ({
      kind: 'tests-ran',
      ...{ tree, after, result: 'green', seconds: 3, suites: [] },
    })
    const { run } = states(begun(), ran('t1', 't1+snapshots'), ran('t2', null))
    expect([...run!.tests.keys()]).toEqual(['t1', 't1+snapshots', 't2'])
    expect(run!.bill.seconds).toBe(6)
  })
  it('that is let go in mid-cycle waits at that tree; one handed over is settled', () => {
    const letGo = (why: 'red' | 'cycles' | 'unsent' | 'withheld') =>
      states(begun(), { kind: 'let-go', tree: 't1', head: 'c1', why })
    expect(letGo('red')).toMatchObject({ skipped: 't1', settled: null, run: { open: true } })
    for (const why of ['cycles', 'unsent', 'withheld'] as const)
      expect(letGo(why)).toMatchObject({ skipped: null, settled: { tree: 't1', head: 'c1' }, run: { open: false } })
  })
  it('goes on where it waited as soon as something moves', () => {
    const waiting = states(begun(), { kind: 'let-go', tree: 't1', head: 'c1', why: 'red' })
    const moves: Happening[] = [
      entered('tests'),
      reviewed(),
      { kind: 'rebutted', round: 1, last: false, positions: [], usage, seconds: 1 },
      { kind: 'picked', ids: [], by: 'prompt', told: true },
      { kind: 'baseline', tree: 'b', head: null },
      begun(),
    ]
    for (const move of moves) expect(apply(waiting, move).skipped).toBeNull()
    for (const [ready, skipped] of [
      [true, null],
      [false, 't1'],
    ] as const)
      expect(apply(waiting, { kind: 'self-reviewed', tree: 't1', ready, text: '' }).skipped).toBe(skipped)
  })
})

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
    expect(owing.run!.review).toMatchObject({ result: 'could-not-review', reason: 'timed-out', summary: 'd' })
    expect(apply(owing, reviewed()).run!).toMatchObject({ owed: null, review: { result: 'passed' } })
  })
  it('stands when it is the rebuttal that failed; the thread is given up only when Codex crashed in it', () => {
    const after = (reason: 'crashed' | 'timed-out') => states(begun(), reviewed(), cannot('rebuttal', reason)).run!
    expect(after('crashed')).toMatchObject({ thread: null, review: { result: 'passed' }, owed: { call: 'rebuttal' } })
    expect(after('timed-out').thread).toBe('t')
    expect(states(begun(), reviewed(), cannot('review', 'crashed')).run!.thread).toBe('t')
  })
  it('is forgotten when the next one begins', () => {
    const before = states(begun(), reviewed())
    expect(apply(before, entered('debate')).run!.review).not.toBeNull()
    expect(apply(before, entered('review')).run!.review).toBeNull()
  })
  it('names what was left out, and what was never sent', () =>
    expect(states(begun(), reviewed({ leftOut: ['.env'], unsent: ['a'] })).run!).toMatchObject({
      review: { leftOut: ['.env'] },
      unsent: ['a'],
    }))
  it('that changes nothing is counted, until one does', () => {
    const resolved = (...all: boolean[]) => ({
      resolved: all.map((one, n) => ({ id: `F${n}`, resolved: one, reason: '' })),
    })
    const unmoved = (...more: object[]) => states(begun(), ...more.map(reviewed)).run!.unmoved
    expect(unmoved(resolved(false), resolved(false, false))).toBe(2)
    expect(unmoved(resolved(false), resolved(false, true))).toBe(0)
    expect(unmoved(resolved(false), { ...resolved(false), findings: [finding('F9')] })).toBe(0)
    expect(unmoved({ ...resolved(false), findings: [finding('F9', 'low', { inScope: false })] })).toBe(1)
    expect(unmoved(resolved(), resolved())).toBe(0)
  })
})
