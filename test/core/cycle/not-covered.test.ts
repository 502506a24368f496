import { describe, expect, it } from 'vitest'
import { changedNested, isHeadUnseen, ledgerSide, notCovered } from '../../../src/core/cycle/not-covered.ts'
import { replay } from '../../../src/core/ledger/replay.ts'
import { emptyState } from '../../../src/core/ledger/state.ts'
import { outcomeMessage } from '../../../src/core/messages/outcomes.ts'
import { Cycle, finding, ready, says } from '../../support/cycle/cycle.ts'

const nested = (states: Record<string, string>, changed: string[] = []) => ({ states, changed })
const messages = (cycle: Cycle, kind: string) => cycle.entries.filter(entry => entry.kind === kind)

describe('what the gate does not look at', () => {
  const facts = { session: 's1', partial: false, nested: nested({}) }

  it('is nothing, as a rule, and is not looked for while the gate is paused', () => {
    expect(notCovered(emptyState, facts)).toBeNull()
    expect(
      notCovered({ ...emptyState, paused: true }, { ...facts, partial: true, nested: nested({ sub: 'c1' }) }),
    ).toBeNull()
  })

  it('is told once a session: a repository inside, also after a run that began meanwhile', () => {
    const cycle = new Cycle()
    cycle.unseen = { ...cycle.unseen, partial: true, nested: nested({ sub: 'c1' }) }
    cycle.stop()
    cycle.stop(ready, 't1')
    expect(messages(cycle, 'not-covered')).toMatchObject([{ paths: ['sub'] }])
    cycle.unseen = { ...cycle.unseen, nested: nested({ sub: 'c1', more: 'none' }) }
    cycle.stop()
    expect(messages(cycle, 'not-covered')[1]).toMatchObject({ paths: ['more'] })
    expect(cycle.state.told).toEqual(['sub', 'more'].map(about => ({ session: 's1', what: 'nested', about })))
  })
})

describe('a session that starts', () => {
  const start = (cycle: Cycle, states: Record<string, string>) => {
    cycle.unseen = { ...cycle.unseen, nested: nested(states, changedNested(cycle.state.nested, states)) }
    cycle.start('resume')
    return cycle.state.nested
  }
  it('remembers what the repositories inside hold', () => {
    const cycle = new Cycle()
    expect(start(cycle, {})).toBeUndefined()
    expect(start(cycle, { sub: 'c1' })).toEqual({ sub: 'c1' })
    expect(start(cycle, { sub: 'c2' })).toEqual({ sub: 'c2' })
    const told = () => cycle.entries.filter(({ kind }) => kind === 'not-covered').length
    const before = told()
    start(cycle, { sub: 'c2' })
    start(cycle, {})
    expect(told()).toBe(before)
  })
  it('does so not while a run is on, a turn may be open or the gate is paused', () => {
    const on = new Cycle()
    start(on, { sub: 'c1' })
    on.stop('', 't1')
    expect(start(on, { sub: 'c2' })).toEqual({ sub: 'c1' })
    const open = new Cycle()
    start(open, { sub: 'c1' })
    open.prompt('change it')
    expect(start(open, { sub: 'c2' })).toEqual({ sub: 'c1' })
    open.fire('SessionEnd')
    expect(start(open, { sub: 'c2' })).toEqual({ sub: 'c2' })
    const paused = new Cycle()
    paused.entries.push({ v: 1, at: '', kind: 'paused' })
    expect(start(paused, { sub: 'c1' })).toBeUndefined()
  })
})

describe('at its end, a change', () => {
  it('that touches a repository inside is not countersigned, and what it holds is the next one’s ground', () => {
    const cycle = new Cycle()
    cycle.unseen = { ...cycle.unseen, nested: nested({ sub: 'c2' }, ['sub']) }
    cycle.stop(ready, 't1')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'nested', files: ['sub'] })
    expect(cycle.state).toMatchObject({ nested: { sub: 'c2' }, settled: { tree: 't1' }, limitReached: false })
    expect(cycle.state.run?.status).toBe('over')
  })
  it('neither is it when the user picks none', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1')] })
    cycle.stop(ready, 't1')
    cycle.stop(says('F1: needed, high — yes'))
    cycle.unseen = { ...cycle.unseen, nested: nested({}, ['sub']) }
    cycle.prompt('pick none')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'nested' })
  })
  it('with files changed under `ignore` is signed with them', () => {
    const cycle = new Cycle()
    cycle.unseen = { ...cycle.unseen, beside: { head: [], ignored: ['dist/a.js'] } }
    cycle.stop(ready, 't1')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'countersigned', ignored: ['dist/a.js'] })
  })
  it('with files that a new rule hides is signed with them', () => {
    const cycle = new Cycle()
    cycle.unseen = { ...cycle.unseen, hidden: ['evil.js'] }
    cycle.stop(ready, 't1')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'countersigned', hidden: ['evil.js'] })
  })
})

it('repositories inside differ by what they hold, by being new and by being gone', () => {
  expect(changedNested(undefined, { a: '1' })).toEqual(['a'])
  expect(changedNested({ a: '1', b: '1', c: '1' }, { a: '1', b: '2', d: '1' })).toEqual(['b', 'c', 'd'])
})

describe('a base is seen through today’s globs', () => {
  const under = (globs: string[]) => {
    const cycle = new Cycle({ ignore: ['docs/**'] })
    cycle.entries = [{ v: 1, at: '', kind: 'baseline', tree: 'base', head: 'c0', globs }]
    return cycle
  }
  it.each([
    [['docs/**'], 'base', false],
    [[], 'base seen through', true],
    [['other/**'], 'base seen through', true],
  ])('a tree taken under %j', (globs, base, seen) => {
    const cycle = under(globs)
    cycle.stop('', 't1')
    expect([cycle.did.includes('see-through'), cycle.state.run!.base.tree]).toEqual([seen, base])
    expect(cycle.state.globs).toEqual(['docs/**'])
  })
  it('and so is that of a run that is on, but not of one that is over', () => {
    const cycle = under(['docs/**'])
    cycle.stop('', 't1')
    Object.assign(cycle.config, { ignore: [] })
    cycle.stop('', 't2')
    expect(cycle.state.run!.base.tree).toBe('base seen through')
    cycle.stop(ready)
    expect(cycle.state.run!.status).toBe('over')
    Object.assign(cycle.config, { ignore: ['x'] })
    const before = cycle.state.run!.base.tree
    cycle.entries.push({ v: 1, at: '', kind: 'globs-changed', globs: ['x'], base: 'b2' })
    expect([cycle.state.run!.base.tree, cycle.state.settled?.tree]).toEqual([before, 'b2'])
  })
  it('an entry before anything is settled settles nothing', () =>
    expect(replay([{ v: 1, at: '', kind: 'globs-changed', globs: [], base: 'b' }]).settled).toBeNull())
})

it('ignore rules that changed outside the tree are remembered until something is settled', () => {
  const cycle = new Cycle()
  const look = (...changed: string[]) => cycle.entries.push({ v: 1, at: '', kind: 'gate-files', files: {}, changed })
  look('.git/info/exclude', '.claude/settings.json')
  look('global gitignore')
  expect(cycle.state.rules).toEqual(['.git/info/exclude', 'global gitignore'])
  cycle.stop('', 't1')
  expect(cycle.state.rules).toEqual(['.git/info/exclude', 'global gitignore'])
  cycle.stop(ready)
  expect(cycle.state.rules).toBeUndefined()
})

describe('what lies beside the tree', () => {
  const evil = { head: ['a.js'], staged: [], unlisted: ['.GIT/x.js'] }

  it('keeps a change from being signed, and both are said', () => {
    const cycle = new Cycle()
    cycle.unseen = { ...cycle.unseen, beside: evil }
    cycle.stop(ready, 't1')
    expect(cycle.entries.at(-1)).toMatchObject({
      ...{ kind: 'let-go', why: 'beside', beside: { head: ['a.js'], unlisted: ['.GIT/x.js'] } },
    })
    expect(cycle.state).toMatchObject({ settled: { tree: 't1' }, limitReached: false })
    expect(outcomeMessage(cycle.entries.slice(-1), cycle.state)).toBe(
      'Countersign: ! HEAD holds other content than the working tree for: a.js.\n! not looked at, since git adds nothing of it: .GIT/x.js.\n! the review is about the working tree alone. This change is not countersigned. It is yours to judge.',
    )
  })

  it('is said beside another reason', () => {
    const cycle = new Cycle()
    cycle.unseen = { ...cycle.unseen, beside: evil, nested: nested({ sub: 'c2' }, ['sub']) }
    cycle.stop(ready, 't1')
    expect(cycle.entries.at(-1)).toMatchObject({ why: 'nested', beside: { head: ['a.js'] } })
    expect(outcomeMessage(cycle.entries.slice(-1), cycle.state)).toMatch(/HEAD holds[\s\S]*submodule/)
  })

  it('is looked for once where HEAD has moved and nothing else has', () => {
    const cycle = new Cycle()
    cycle.stop(ready, 't1')
    expect(isHeadUnseen(cycle.state, { tree: 't1', head: 'c0' })).toBe(false)
    const before = cycle.entries.length
    cycle.head = 'c1'
    expect(isHeadUnseen({ ...cycle.state, paused: true }, { tree: 't1', head: 'c1' })).toBe(false)
    expect(isHeadUnseen(cycle.state, { tree: 't2', head: 'c1' })).toBe(false)
    expect(isHeadUnseen(emptyState, { tree: 't2', head: 'c1' })).toBe(false)
    cycle.stop()
    cycle.stop()
    const looked = cycle.entries.slice(before)
    expect(looked).toMatchObject([{ kind: 'looked', head: 'c1', beside: {} }])
    expect(outcomeMessage(looked, cycle.state)).toBeNull()
    const told = { kind: 'looked' as const, head: 'c1', beside: { head: ['a.js'], later: ['x'] } }
    expect(outcomeMessage([told], cycle.state)).toMatch(/for: a\.js\. No countersignature covers that\.$/)
  })

  it('is told from the base of an open run, and from the settled tree where none is', () => {
    const cycle = new Cycle()
    expect(ledgerSide(cycle.state, 'base')).toMatchObject({ base: 'base', signed: null })
    cycle.stop('', 't1')
    expect(ledgerSide(cycle.state, 't1')).toMatchObject({ base: 'base' })
  })
})
