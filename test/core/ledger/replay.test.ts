import { describe, expect, it } from 'vitest'
import { apply, replay } from '../../../src/core/ledger/replay.ts'
import { emptyState, signedTree } from '../../../src/core/ledger/state.ts'
import type { Happening, LedgerEntry } from '../../../src/model/ledger/ledger-entry.ts'
import { Cycle, finding, ready, says } from '../../support/cycle/cycle.ts'
import { asked, begun, entered, prompted, reviewed, session, states, usage } from '../../support/cycle/ledger.ts'

describe('the ledger', () => {
  it('that is empty is nothing', () =>
    expect(replay([])).toEqual({
      ...{ paused: false, settled: null, skipped: null, limitReached: false, prompts: [], gateFiles: null },
      ...{
        sessions: [],
        endedSessions: [],
        recorded: [],
        unspoken: [],
        told: [],
        unclear: null,
        suites: {},
        run: null,
      },
      ...{ processes: [], scheduled: [], heard: [], questionPut: null, deeds: [], lifted: [], asked: [] },
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
    expect(apply(state, { kind: 'tree-moved', call: 'review', files: ['a'] })).toEqual(state)
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
    expect(states(...many.map(prompted)).prompts.map(({ text }) => text)).toEqual(many.slice(-6))
    expect(states(prompted('x'), begun()).prompts).toEqual([])
  })
  it('during a run belong to what was asked for, twelve of them', () =>
    expect(states(begun(), ...many.map(prompted)).run!.prompts).toEqual(many.slice(-12)))
  it('after a run do not', () => {
    const over = states(begun(), { kind: 'countersigned', tree: 't1', head: null, cycle: 1 }, prompted('next'))
    expect([over.run!.prompts, over.prompts.map(({ text }) => text)]).toEqual([['add a cart'], ['next']])
  })
  it('give red tests, refused tasks and holds their budget back', () => {
    const before = states(begun(), asked('tests'), { kind: 'task-refused', tree: 't1' })
    expect(before.run!).toMatchObject({ counts: { redAttempts: 1, tasksRefused: 1, holds: 1, asks: 1 } })
    const { counts } = apply(before, prompted('again')).run!
    expect(counts).toEqual({ redAttempts: 0, tasksRefused: 0, holds: 0, heldOut: false, asks: 0 })
  })
  it('do not put the choice, or the task list, once more', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1')] })
    cycle.stop(ready, 't1')
    cycle.stop(says('F1: needed, low — yes'))
    cycle.prompt('hm')
    expect([cycle.state.run!.counts.asks, cycle.stop()]).toEqual([1, 'silence'])
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
    ['where HEAD went', 'b9', { base: { tree: 'b9', head: 'c9' } }, { tree: 'b9', head: 'c9' }],
    [
      'where it did, when HEAD moved by its own commit',
      null,
      { base: { tree: 'base', head: 'c9' } },
      { tree: 'b', head: 'c9' },
    ],
  ])('begins %s', (_, base, run, settled) => {
    const moved: Happening = { kind: 'head-moved', head: 'c9', base, inCycle: true }
    const before = states({ kind: 'baseline', tree: 'b', head: 'c0' }, begun())
    expect(apply(before, moved)).toMatchObject({ run, settled })
    const over = apply(before, { kind: 'countersigned', tree: 't1', head: 'c0', cycle: 1 })
    expect(apply(over, moved).run!).toMatchObject({ base: { tree: 'base', head: 'c0' } })
    expect(apply(emptyState, moved).settled).toBeNull()
  })
  it('carries on what is known of commits, repositories inside, and ignore rules', () => {
    const cycle = new Cycle()
    const at = '2026-01-05T10:00:00.000Z'
    cycle.entries = []
    const baseline = { kind: 'baseline', tree: 'base', head: 'c0', known: 'k1' } as const
    cycle.entries.push({ v: 1, at, ...baseline })
    cycle.entries.push({ v: 1, at, kind: 'not-covered', session: 's1', paths: ['sub'], nested: { sub: 'c1' } })
    cycle.entries.push({ v: 1, at, kind: 'gate-files', files: {}, changed: ['.git/info/exclude'] })
    cycle.stop('', 't1')
    expect(cycle.entries.find(({ kind }) => kind === 'run-started')).toMatchObject({
      ...{ known: 'k1', nested: { sub: 'c1' }, rules: ['.git/info/exclude'], since: at },
      told: [{ session: 's1', what: 'nested', about: 'sub' }],
    })
  })
  it('begins with nothing said, asked or spent', () =>
    expect(states(begun()).run).toEqual({
      ...{
        id: 'r1',
        owner: { session: 's1', pid: 1, since: null },
        prompts: ['add a cart'],
        waiting: [],
        unready: null,
        headMoved: false,
      },
      ...{ status: 'on', stage: 'tests', tree: 't1', cycle: 1, round: 0, left: null },
      base: { tree: 'base', head: 'c0', before: null },
      tests: { ran: new Map(), heardSince: false, most: {}, setAside: [] },
      counts: { asks: 0, holds: 0, heldOut: false, redAttempts: 0, tasksRefused: 0 },
      ...{ review: null, parts: [], owed: null, findings: [], kept: [], across: 'ask' },
      reviews: {
        ...{ trees: [], unmoved: 0, unsent: [], beyond: {}, read: {}, unread: [], unneeded: {} },
        ...{ followUps: { cycle: 1, count: 0 }, thread: null, threadUsage: { inputTokens: 0, outputTokens: 0 } },
      },
      answered: { claude: 0, codex: 0 },
      choice: { picked: [], claudeKnows: false, frozenAt: null, none: false, reminded: false },
      bill: { codexCalls: 0, inputTokens: 0, outputTokens: 0, cachedTokens: 0, rounds: 0, seconds: 0 },
      billBefore: { codexCalls: 0, inputTokens: 0, outputTokens: 0, cachedTokens: 0, rounds: 0, seconds: 0 },
    }))
  it('that was signed has signed the settled tree, unless that is another one by now', () => {
    const end = { kind: 'countersigned', tree: 't1', head: 'c1', cycle: 1 } as const
    expect(signedTree(states(begun(), end))).toBe('t1')
    expect(signedTree(states(begun(), end, { kind: 'baseline', tree: 't2', head: 'c2' }))).toBeNull()
    expect(signedTree(states(begun()))).toBeNull()
  })
  it('that is withdrawn or signed leaves its tree settled', () => {
    const end = { tree: 't1', head: 'c1' }
    expect(states(begun(), { kind: 'withdrawn', ...end })).toMatchObject({ settled: end, run: null, skipped: null })
    expect(states(begun(), { kind: 'countersigned', ...end, cycle: 1 })).toMatchObject({
      settled: end,
      run: { stage: 'countersigned', status: 'over' },
    })
  })
  it('that is over stays over when its tree is put away, and is no run to return to', () => {
    const over = states(begun(), reviewed(), { kind: 'countersigned', tree: 't1', head: 'c1', cycle: 1 })
    const away = apply(over, { kind: 'withdrawn', tree: 'base', head: 'c1' })
    expect([away, apply(away, { kind: 'returned', head: 'c2' })].map(({ run }) => run)).toEqual([over.run, over.run])
  })
  it('counts what each kind of asking costs', () => {
    const { run } = states(begun(), asked('tests'), asked('self-review'), asked('tests'))
    expect(run!).toMatchObject({ counts: { asks: 3, holds: 3, redAttempts: 2 }, choice: { claudeKnows: false } })
    const told = apply({ ...emptyState, run }, asked('fix'))
    expect([told, apply(told, asked('tests'))].map(after => after.run!.choice.claudeKnows)).toEqual([true, true])
  })
  it('that was tested counts as tested with what the tests left behind', () => {
    const ran = (tree: string, after: string | null): Happening => ({
      kind: 'tests-ran',
      ...{ tree, after, result: 'green', seconds: 3, suites: [] },
    })
    const { run } = states(begun(), ran('t1', 't1+snapshots'), ran('t2', null))
    expect([...run!.tests.ran.keys()]).toEqual(['t1', 't1+snapshots', 't2'])
    expect(run!.bill.seconds).toBe(6)
    expect(run!.tests.ran.get('t1')).toEqual({ result: 'green', seconds: 3, suites: [], moved: [] })
    expect(run!.tests.ran.get('t1+snapshots')).toEqual(run!.tests.ran.get('t1'))
  })
  it('that is let go in mid-cycle waits at that tree; one handed over is settled', () => {
    const letGo = (why: 'red' | 'cycles' | 'unsent' | 'withheld') =>
      states(begun(), { kind: 'let-go', tree: 't1', head: 'c1', why })
    expect(letGo('red')).toMatchObject({ skipped: 't1', settled: null, run: { status: 'on' } })
    for (const why of ['cycles', 'unsent', 'withheld'] as const)
      expect(letGo(why)).toMatchObject({ skipped: null, settled: { tree: 't1', head: 'c1' }, run: { status: 'over' } })
  })
  it('that a bound has ended is followed by none before the user has said something', () => {
    const ended = (why: 'cycles' | 'budget' | 'unsent' | 'withheld') =>
      states(begun(), { kind: 'let-go', tree: 't1', head: 'c1', why })
    expect((['cycles', 'budget', 'unsent', 'withheld'] as const).map(why => ended(why).limitReached)).toEqual([
      ...[false, true, true, false],
    ])
    const words: Happening[] = [prompted('x'), { kind: 'picked', ids: [], by: 'prompt', told: true }, begun()]
    for (const word of words) expect(apply(ended('budget'), word).limitReached).toBe(false)
  })
  it('that the user picks from counts its bill from there only when it was over', () => {
    const pick: Happening = { kind: 'picked', ids: ['F1'], by: 'prompt', told: true }
    const before = states(begun(), { kind: 'codex-called', call: 'review', tree: 't1', cycle: 1, round: 0 })
    expect(apply(before, pick).run!.billBefore.codexCalls).toBe(0)
    const over = apply(before, { kind: 'let-go', tree: 't1', head: 'c1', why: 'budget' })
    expect(apply(over, pick).run!.billBefore.codexCalls).toBe(1)
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
