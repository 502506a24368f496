import { describe, expect, it } from 'vitest'
import { asDeed } from '../../../../src/core/cycle/gate-watch.ts'
import { nothingToDo } from '../../../../src/core/cycle/nothing-to-do.ts'
import { isElsewhere } from '../../../../src/core/cycle/word/own-session.ts'
import { tellingDeeds } from '../../../../src/core/cycle/word/telling-deeds.ts'
import { replay } from '../../../../src/core/ledger/replay.ts'
import { untoldDeeds } from '../../../../src/core/ledger/state-reducer.ts'
import { deedsMessage } from '../../../../src/core/messages/deeds.ts'
import type { HookedEvent } from '../../../../src/model/hooked-events.ts'
import type { Happening, LedgerEntry } from '../../../../src/model/ledger/ledger-entry.ts'
import { Cycle, finding, ready, says } from '../../../support/cycle/cycle.ts'
import { begun, prompted, session, states } from '../../../support/cycle/ledger.ts'

// Sessions that nothing tells from the user's: what is said in one is known in the others.

const choosing = () => {
  const cycle = new Cycle()
  cycle.reviews.push({ findings: [finding('F1')] })
  cycle.start()
  cycle.prompt('add a cart')
  cycle.stop(ready, 't1')
  cycle.stop(says('all: needed, high — yes'))
  return cycle
}
/** Events from now on come from this session, which nobody at work has started. */
const at = (cycle: Cycle, name: string, pid: number, more: Partial<Cycle> = {}) => {
  const ancestors = [{ pid, startedAt: null }]
  Object.assign(cycle, { session: name, pid, ...more })
  cycle.surroundings = { ...cycle.surroundings, claude: pid, parent: pid, ancestors }
}
const add = (cycle: Cycle, entry: Happening) =>
  cycle.entries.push({ v: 1, at: '2026-01-05T10:00:00.000Z', ...entry } as LedgerEntry)
/** What is told at an event, which is written down. */
const told = (cycle: Cycle, name: HookedEvent): string[] | null => {
  const telling = tellingDeeds(cycle.state, cycle.facts(), name)
  if (telling) add(cycle, telling.entry)
  return telling?.deeds.map(({ what, names }) => [what, ...names].join(' ')) ?? null
}
const asks = (cycle: Cycle, prompt: string) => {
  const from = cycle.entries.length
  cycle.prompt(prompt)
  return cycle.entries.slice(from).flatMap(entry => (entry.kind === 'deed' ? [entry.names.join()] : []))
}

describe('a choice by a session that did not put the list', () => {
  it('is told in every session but its own, also when the one at work was over', () => {
    const cycle = choosing()
    cycle.fire('SessionEnd')
    at(cycle, 's2', 8)
    cycle.start()
    cycle.prompt('pick none')
    expect(cycle.state.deeds).toEqual([{ what: 'picked', names: [], by: 'user', signed: true, session: 's2', pid: 8 }])
    expect([told(cycle, 'Stop'), told(cycle, 'UserPromptSubmit')]).toEqual([null, null])
    at(cycle, 's1', 9)
    cycle.start('resume')
    expect([told(cycle, 'SessionEnd'), told(cycle, 'SessionStart'), told(cycle, 'Stop')]).toEqual([
      null,
      ['picked'],
      null,
    ])
    expect([told(cycle, 'UserPromptSubmit'), cycle.state.deeds]).toEqual([[], []])
  })
  it('is none by the session that was begun again, or is another one in name alone', () => {
    const cycle = choosing()
    at(cycle, 'after-clear', 7)
    cycle.prompt('pick F1')
    expect(cycle.state.deeds).toEqual([])
    const facts = () => cycle.facts()
    expect(isElsewhere(cycle.state, cycle.state.run!, facts())).toBe(false)
    // Somebody later got its number.
    cycle.surroundings = { ...cycle.surroundings, ancestors: [{ pid: 7, startedAt: Date.parse('2027-01-01') }] }
    expect(isElsewhere(cycle.state, cycle.state.run!, facts())).toBe(true)
    cycle.surroundings = { ...cycle.surroundings, ancestors: null }
    expect(isElsewhere(cycle.state, cycle.state.run!, facts())).toBe(false)
    const { run } = states(begun({ pid: null }))
    expect(isElsewhere(cycle.state, run!, facts())).toBe(true)
  })
  it('is told on where a session only begins or looks on, and whoever is asked something there is told of too', () => {
    const cycle = choosing()
    cycle.fire('SessionEnd')
    at(cycle, 's2', 8)
    cycle.prompt('pick none')
    at(cycle, 's3', 9)
    expect(told(cycle, 'SessionStart')).toEqual(['picked'])
    at(cycle, 's4', 10)
    expect(told(cycle, 'SessionStart')).toEqual(['picked'])
    expect(asks(cycle, 'hello')).toEqual(['hello'])
    expect(told(cycle, 'UserPromptSubmit')).toEqual([])
    at(cycle, 's1', 11)
    expect(told(cycle, 'SessionStart')).toEqual(['asked hello'])
    const looking = choosing()
    add(looking, asDeed({ kind: 'gate-files', files: {}, changed: ['a'] }, { session: 's1', pid: 7 }))
    at(looking, 's2', 8, { ownerAlive: true })
    expect([told(looking, 'UserPromptSubmit'), told(looking, 'UserPromptSubmit')]).toEqual([['gate-files a'], null])
    expect(untoldDeeds(looking.state.deeds, { session: 's3', pid: 9 })).toHaveLength(1)
  })
  it('of a ledger that names no session is told once', () => {
    const deed: Happening = { kind: 'deed', what: 'paused', names: [], by: 'command' }
    expect(states(deed, { kind: 'deeds-told' }).deeds).toEqual([])
    expect(states(deed, { kind: 'deeds-told', kept: true }).deeds).toEqual([])
    const one: Happening = { ...deed, what: 'picked', session: 's2' }
    expect(states(one, { kind: 'deeds-told', session: 's2' }).deeds).toMatchObject([{ session: 's2', pid: null }])
  })
})

describe('what another session is asked', () => {
  it('is told once a session, with its first words', () => {
    const cycle = choosing()
    at(cycle, 's2', 8, { ownerAlive: true, besideAnother: true })
    expect([asks(cycle, ' '), asks(cycle, 'write\na bridge'), asks(cycle, 'go on')]).toEqual([
      [],
      ['write\na bridge'],
      [],
    ])
    expect(deedsMessage(cycle.state.deeds, null)).toBe(
      '! another session here was asked: “write a bridge”. If that was not you, end it (process 8) and check what it changed with `git diff`.',
    )
    expect(deedsMessage([{ what: 'asked', names: ['x'], by: 'user' }], null)).toContain('end it and check')
    at(cycle, 's1', 8)
    expect([asks(cycle, 'x'), asks(cycle, 'y')]).toEqual([['x'], []])
    at(cycle, 's1', 7)
    expect(asks(cycle, 'mine')).toEqual([])
    expect(states(begun(), { kind: 'deed', what: 'asked', names: ['x'], by: 'user' }).asked).toEqual([''])
  })
  it('where there is no run is told as long as another session is there', () => {
    const cycle = new Cycle()
    expect(asks(cycle, 'alone')).toEqual([])
    at(cycle, 's2', 8, { besideAnother: true })
    expect(asks(cycle, 'beside')).toEqual(['beside'])
    cycle.tree = 't1'
    cycle.stop()
    expect(cycle.state.run!.prompts).toEqual(['alone', 'beside'])
  })
  it('is not what a run of another one is for', () => {
    const cycle = new Cycle()
    cycle.besideAnother = true
    cycle.prompt('add a cart')
    at(cycle, 's2', 8)
    cycle.prompt('say that all is well')
    at(cycle, 's1', 7)
    cycle.stop('', 't1')
    expect(cycle.state.run).toMatchObject({
      prompts: ['add a cart'],
      waiting: [{ session: 's2', text: 'say that all is well' }],
    })
    const from = cycle.entries.findIndex(({ kind }) => kind === 'run-started')
    expect(replay(cycle.entries.slice(from))).toMatchObject({ asked: ['s1', 's2'], prompts: [{ apart: true }] })
  })
  it('lifts no limit of a run before that session takes it over, and then does', () => {
    const cycle = new Cycle()
    cycle.red.add('t1')
    cycle.prompt('add a cart')
    for (let stop = 0; stop < 4; stop++) cycle.stop('', 't1')
    const before = cycle.state.run!
    at(cycle, 's2', 8, { ownerAlive: true, ownerBusy: true })
    cycle.prompt('go on')
    expect(cycle.state.run).toMatchObject({ counts: before.counts, prompts: before.prompts })
    const rests = (name: string) => nothingToDo(cycle.state, { tree: 't1', message: '', session: name, head: 'c0' })
    expect([rests('s1'), rests('s2')]).toEqual([true, false])
    cycle.ownerAlive = false
    cycle.stop('', 't1')
    expect(cycle.entries.slice(-2).map(({ kind }) => kind)).toEqual(['adopted', 'tests-ran'])
    expect(cycle.state.run).toMatchObject({ owner: { session: 's2' }, prompts: ['add a cart', 'go on'], waiting: [] })
  })
  it('leads on where the run was held out, once that session takes it over', () => {
    const cycle = new Cycle({ limits: { holds: 1 } })
    cycle.red.add('t1')
    cycle.stop('', 't1')
    cycle.stop('', 't1')
    expect(cycle.state.run!.counts.heldOut).toBe(true)
    at(cycle, 's2', 8)
    cycle.prompt('go on')
    expect(cycle.state.skipped).toBe('t1')
    expect(cycle.stop('', 't1')).toBe('block tests')
  })
  it('begins a run of its own where a limit has ended the last one, and none of another', () => {
    const over = states(
      begun(),
      { kind: 'let-go', tree: 't1', head: 'c0', why: 'budget' },
      { kind: 'prompted', session: 's2', text: 'x', pid: 2 },
    )
    expect(['s1', 's2'].map(name => nothingToDo(over, { tree: 't2', message: '', session: name, head: 'c0' }))).toEqual(
      [true, false],
    )
    expect(states(begun(), { kind: 'prompted', session: 's2', text: 'x' }).lifted).toEqual([])
  })
  it('by a second process of a session counts once that process has the session to itself', () => {
    const cycle = choosing()
    at(cycle, 's1', 8, { ownerAlive: true })
    cycle.prompt('nothing is wrong')
    expect(cycle.state.run).toMatchObject({ prompts: ['add a cart'], waiting: [{ session: 's1' }] })
    cycle.stop('', 't2')
    expect(cycle.state.run!.owner.pid).toBe(7)
    cycle.ownerAlive = false
    cycle.stop('', 't3')
    expect(cycle.state.run).toMatchObject({ owner: { pid: 8 }, prompts: ['add a cart', 'nothing is wrong'] })
    const again = states(begun(), { kind: 'prompted', session: 's1', text: 'x', pid: 2 }, session('s1', 'started', 3))
    expect(again.run!.waiting).toEqual([])
  })
  it('leaves what the others were asked alone, however much it is', () => {
    const many = Array.from({ length: 20 }, (_, n): Happening => ({ kind: 'prompted', session: 's2', text: `${n}` }))
    expect(states(prompted('add a cart'), ...many).prompts[0]).toMatchObject({ text: 'add a cart' })
  })
})
