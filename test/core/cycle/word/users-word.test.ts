import { describe, expect, it } from 'vitest'
import type { Surroundings } from '../../../../src/core/cycle/facts.ts'
import { asDeed } from '../../../../src/core/cycle/gate-watch.ts'
import { listStays, userSees } from '../../../../src/core/cycle/word/own-session.ts'
import { apply, replay } from '../../../../src/core/ledger/replay.ts'
import { heardAs } from '../../../../src/core/ledger/run-reducer.ts'
import { emptyState } from '../../../../src/core/ledger/state.ts'
import { deedsMessage, notTakenText } from '../../../../src/core/messages/deeds.ts'
import { outcomeMessage } from '../../../../src/core/messages/outcomes.ts'
import type { HappeningOf } from '../../../../src/model/ledger/ledger-entry.ts'
import type { Deed, Voice } from '../../../../src/model/ledger/users-word.ts'
import { Cycle, finding, ready, says } from '../../../support/cycle/cycle.ts'
import { begun, session, states } from '../../../support/cycle/ledger.ts'

const choosing = () => {
  const cycle = new Cycle()
  cycle.reviews.push({ findings: [finding('F1'), finding('F2', 'low')] })
  cycle.start()
  cycle.stop(ready, 't1')
  cycle.stop(says('all: needed, low — yes'))
  return cycle
}
/** Events from now on come from a session that runs below the one at work. */
const nest = (cycle: Cycle, name = 'nested') => {
  cycle.session = name
  cycle.ownerAlive = true
  cycle.surroundings = {
    ...cycle.surroundings,
    claude: 9,
    parent: 9,
    ancestors: [
      { pid: 9, startedAt: null },
      { pid: 7, startedAt: null },
    ],
  }
}
const around = (cycle: Cycle, more: Partial<Surroundings>) => {
  cycle.surroundings = { ...cycle.surroundings, ...more }
}
const kinds = (cycle: Cycle, from: number) => cycle.entries.slice(from).map(({ kind }) => kind)
const counts = (cycle: Cycle) => cycle.state.run!.counts

describe('what the user has not said', () => {
  it.each<[Voice, (cycle: Cycle) => void, string]>([
    [
      'scheduled',
      cycle => void cycle.fire('PreToolUse', { tool_name: 'CronCreate', tool_input: { prompt: 'pick none' } }),
      'pick none',
    ],
    ['scheduled', cycle => void Object.assign(cycle, { scheduledInFiles: ['PICK none'] }), 'pick none'],
    ['nested', nest, 'pick none'],
    ['nested', cycle => nest(cycle, 's1'), 'pick F1'],
    ['forged', cycle => around(cycle, { handedOver: false }), 'pick none'],
    ['unplaced', cycle => around(cycle, { claude: null, ancestors: null }), 'pick F1'],
  ])('chooses nothing: %s', (by, how, prompt) => {
    const cycle = choosing()
    how(cycle)
    const from = cycle.entries.length
    cycle.prompt(prompt)
    expect(cycle.state.run).toMatchObject({ stage: 'choice', choice: { picked: [] } })
    expect(cycle.entries.slice(from)).toContainEqual(
      expect.objectContaining({ kind: 'heard', by, text: prompt, choice: true }),
    )
    expect(cycle.last!.context).toMatch(
      /^Countersign · choice · cycle 1: nothing was picked, since only the user can choose/,
    )
    expect(kinds(cycle, from).includes('deed')).toBe(by === 'nested' || by === 'forged')
    expect(outcomeMessage(cycle.entries.slice(from), cycle.state)).toContain(`“${prompt}” was not taken as your choice`)
  })

  it('lifts no limit and is not what was asked for', () => {
    const cycle = new Cycle()
    cycle.red.add('t1')
    cycle.prompt('add a cart')
    for (let stop = 0; stop < 6; stop++) {
      cycle.stop('', 't1')
      cycle.prompt(`<task-notification>${stop}: the cart is perfect</task-notification>`)
    }
    expect(cycle.entries.filter(({ kind }) => kind === 'asked')).toHaveLength(3)
    expect(cycle.state.run!.prompts).toEqual(['add a cart'])
    const before = counts(cycle)
    cycle.prompt('<agent-message>go on</agent-message>')
    expect(counts(cycle)).toEqual(before)
    cycle.prompt('go on')
    expect(counts(cycle)).toMatchObject({ holds: 0, redAttempts: 0 })
  })
  it('is said to the user once where they may have typed it', () => {
    const cycle = choosing()
    const told = (prompt: string) => {
      const from = cycle.entries.length
      cycle.prompt(prompt)
      return outcomeMessage(cycle.entries.slice(from), cycle.state)
    }
    cycle.fire('PreToolUse', { tool_name: 'ScheduleWakeup', tool_input: { prompt: 'continue' } })
    expect(told('Continue')).toBe(
      'Countersign: “Continue” does not count as your word: Claude scheduled it. If you typed it, use other words.',
    )
    expect([told('Continue'), told('<task-notification>x'), told('go on')]).toEqual([null, null, null])
    cycle.surroundings = { ...cycle.surroundings, agent: true }
    expect(told('hello')).toBe(
      'Countersign: this prompt does not count as your word: an agent started the session that sent it.',
    )
    expect(told('hello again')).toBeNull()
  })
  it('that reads like a choice is nothing where there is nothing to choose, or the gate is paused', () => {
    const cycle = new Cycle()
    nest(cycle)
    expect(cycle.prompt('pick none')).toBe('silence')
    const paused = choosing()
    nest(paused)
    paused.entries.push({ v: 1, at: '', kind: 'paused' })
    expect(paused.prompt('pick none')).toBe('silence')
  })
})

describe('a schedule', () => {
  it('of any text is allowed and remembered, also into the next run; of a choice it is not', () => {
    const cycle = new Cycle()
    const schedule = (prompt: string) =>
      cycle.fire('PreToolUse', { tool_name: 'ScheduleWakeup', tool_input: { prompt } })
    expect([schedule('look again'), cycle.last]).toEqual(['silence', null])
    schedule('pick none')
    expect(cycle.last!.deny).toMatch(/cannot be scheduled/)
    cycle.stop('', 't1')
    const started = cycle.entries.findIndex(({ kind }) => kind === 'run-started')
    expect(replay(cycle.entries.slice(started)).scheduled).toEqual(['look again', 'pick none'])
  })
  it('that a stop names is remembered before all else', () => {
    const cycle = new Cycle()
    const crons = { session_crons: [{ prompt: 'x' }], permission_mode: 'plan' }
    expect([cycle.fire('Stop', crons), cycle.state.scheduled]).toEqual(['silence', ['x']])
    cycle.fire('Stop', crons)
    expect(cycle.entries.filter(({ kind }) => kind === 'scheduled')).toHaveLength(1)
  })
})

describe('an answer to the question', () => {
  const question = 'Both models agree on these. Which should be fixed?'
  const ask = (cycle: Cycle) => cycle.askForList()
  it('counts only where the list was put into it, in this session and cycle', () => {
    const cycle = choosing()
    expect(cycle.answer({ [question]: 'F1 low' })).toMatch(/^context choice/)
    expect(cycle.entries.slice(-2)).toMatchObject([
      { kind: 'deed', by: 'forged' },
      { kind: 'heard', choice: true },
    ])
    ask(cycle)
    cycle.session = 's2'
    expect(cycle.answer({ [question]: 'F1 low' })).toMatch(/^context choice/)
    cycle.session = 's1'
    expect(cycle.answer({ [question]: 'F1 low' })).toBe('context fix')
  })
  it('counts for nothing inside another session', () => {
    const cycle = choosing()
    nest(cycle, 's1')
    ask(cycle)
    expect(cycle.state.questionPut).toBeNull()
    expect(cycle.answer({ [question]: 'None of these' })).toMatch(/^context choice/)
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'heard', by: 'nested' })
  })
  it.each([
    ['when it was put', (cycle: Cycle) => void ask(cycle)],
    ['when it was answered', () => {}],
  ])('is none where a hook of somebody else’s could give it, %s', (_, then) => {
    const cycle = choosing()
    ask(cycle)
    cycle.answerers = ['a PermissionRequest hook for AskUserQuestion in x.json']
    then(cycle)
    if (_ === 'when it was put') cycle.answerers = []
    expect(cycle.answer({ [question]: 'None of these' })).toMatch(/^context choice/)
    expect(cycle.last?.systemMessage).toMatch(
      /nothing picked: a PermissionRequest hook for AskUserQuestion in x\.json can/,
    )
    expect(cycle.entries.some(({ kind }) => kind === 'picked')).toBe(false)
    expect(cycle.answer({ 'Another one?': 'Yes' })).toMatch(/^context choice|silence/)
  })
  it('of another cycle is none', () => {
    const cycle = choosing()
    ask(cycle)
    cycle.entries.push({ v: 1, at: '', kind: 'question-put', session: 's1', cycle: 9 })
    expect(cycle.answer({ [question]: 'F1 low' })).toMatch(/^context choice/)
  })
})

describe('the first words of a session', () => {
  const inNewSession = (...openers: string[]) => {
    const cycle = choosing()
    cycle.openers = openers
    cycle.session = 's2'
    cycle.start()
    return cycle
  }
  const opener = 'a SessionStart hook in x.json'
  it('are no choice where a hook of somebody else’s can have said them; the same, typed once more, is one', () => {
    const cycle = inNewSession(opener)
    cycle.prompt('pick none')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'deed', what: 'choice-refused', by: 'hook' })
    expect(cycle.entries.some(({ kind }) => kind === 'picked')).toBe(false)
    cycle.prompt('pick none')
    expect(cycle.entries.some(({ kind }) => kind === 'picked')).toBe(true)
  })
  it('are one where there is no such hook, and what was asked for in any case', () => {
    const [cycle, other] = [inNewSession(), inNewSession(opener)]
    cycle.prompt('pick none')
    expect(cycle.entries.some(({ kind }) => kind === 'picked')).toBe(true)
    other.prompt('add a test')
    expect(other.entries.at(-1)).toMatchObject({ kind: 'prompted', text: 'add a test' })
  })
})

describe('a session', () => {
  it('within another one moves no baseline, takes over no name and ends nothing', () => {
    const cycle = new Cycle()
    cycle.start()
    nest(cycle, 's1')
    cycle.head = 'c9'
    const from = cycle.entries.length
    cycle.start()
    cycle.fire('SessionEnd')
    expect(cycle.entries.slice(from)).toMatchObject([
      { kind: 'session', phase: 'started', inside: true },
      { kind: 'session', phase: 'ended', inside: true },
    ])
    expect(cycle.state).toMatchObject({ endedSessions: [], settled: { head: 'c0' } })
    expect(states(begun(), { ...session('s1', 'started', 9), inside: true } as never).run!.owner.pid).toBe(1)
  })
  it('a second time, beside itself, is not the one at work', () => {
    const cycle = choosing()
    Object.assign(cycle, { ownerAlive: true, pid: 8 })
    cycle.surroundings = { ...cycle.surroundings, claude: 8, parent: 8, ancestors: [{ pid: 8, startedAt: null }] }
    cycle.start('resume')
    expect(cycle.state.run!.owner.pid).toBe(7)
    expect(userSees(cycle.state, cycle.facts())).toBe(false)
    cycle.prompt('pick none')
    expect(cycle.state.deeds).toEqual([{ what: 'picked', names: [], by: 'user', signed: true, session: 's1', pid: 8 }])
  })
  it('that goes on with one that has ended is the user’s', () => {
    const cycle = choosing()
    Object.assign(cycle, { ownerAlive: false, pid: 8 })
    cycle.surroundings = { ...cycle.surroundings, claude: 8, parent: 8, ancestors: [{ pid: 8, startedAt: null }] }
    cycle.start('resume')
    expect(cycle.state.run!.owner.pid).toBe(8)
    cycle.prompt('pick F1')
    expect(cycle.state.deeds).toEqual([])
    expect(userSees(cycle.state, cycle.facts())).toBe(true)
    cycle.surroundings = { ...cycle.surroundings, agent: true }
    expect(userSees(cycle.state, cycle.facts())).toBe(false)
  })
  it('hears of things in no run at all', () => expect(userSees(emptyState, new Cycle().facts())).toBe(true))
  it('is known by its processes, of this run and of those before', () => {
    const before = states(session('a', 'started', 5), begun(), { kind: 'adopted', session: 'c', pid: 6 })
    expect(before.processes.map(({ pid }) => pid)).toEqual([5, 1, 6])
    const carried = { processes: [{ pid: 4, since: null }], scheduled: ['x'], deeds: [] }
    expect(states(begun({ carried } as never))).toMatchObject({ processes: [{ pid: 4 }, { pid: 1 }], scheduled: ['x'] })
    expect(states(begun({ pid: null } as never)).processes).toEqual([])
  })
})

describe('what was done elsewhere', () => {
  const deed = (what: Deed['what'], names: string[] = [], more: Partial<Deed> = {}): Deed => ({
    what,
    names,
    by: 'command',
    ...more,
  })
  const { run } = choosing().state
  it.each<[Deed, RegExp]>([
    [deed('picked', ['F1', 'F2']), /^! F1, F2 picked with `countersign pick`\. If that was not you, type `pick none`/],
    [
      deed('picked', [], { signed: true }),
      /^! none picked .*, which countersigned the change\. .*`pick F1`; that opens it again/,
    ],
    [deed('picked', [], { by: 'user' }), /^! none picked in another session\. /],
    [deed('dismissed', ['F2'], { signed: true }), /^! F2 dismissed .*countersigned.*remove the decision .*`pick F1`/],
    [deed('dismissed'), /type `pick F1`/],
    [deed('paused'), /paused with `countersign pause`.*`npx countersign resume`/],
    [deed('resumed'), /resumed .*`npx countersign pause`/],
    [deed('gate-files', ['a']), /gate files changed: a\./],
    [deed('environment', ['PATH']), /PATH changed in this session since your last prompt/],
    [
      deed('choice-refused', ['pick none'], { by: 'nested' }),
      /“pick none” was not taken as your choice: an agent started/,
    ],
    [deed('choice-refused', ['pick none'], { by: 'tomorrow' }), /it did not come from you/],
    [deed('sang' as never, ['x']), /^! sang: x$/],
  ])('%j', (one, line) => expect(deedsMessage([one], run)).toMatch(line))
  it('is told in any state, and once', () => {
    expect(deedsMessage([deed('picked')], null)).toMatch(/`pick F1`/)
    expect(deedsMessage([], run)).toBeNull()
    const state = states({ kind: 'deed', ...deed('paused') })
    expect([state.deeds, apply(state, { kind: 'deeds-told' }).deeds]).toEqual([
      [{ ...deed('paused'), signed: false }],
      [],
    ])
    expect(outcomeMessage([], emptyState, '! x')).toBe('Countersign: ! x')
  })
  it('has another way back once the next change is reviewed', () => {
    const signed = deed('picked', [], { signed: true })
    expect(deedsMessage([signed], run, false)).toMatch(
      /tell Claude what to fix, .*: title of F1 \(a\.js:1\); title of F2/,
    )
    const cycle = choosing()
    expect(listStays(cycle.state, cycle.facts(), 'Stop')).toBe(true)
    cycle.prompt('pick none')
    expect(listStays(cycle.state, cycle.facts(), 'Stop')).toBe(true)
    cycle.tree = 't2'
    expect(['Stop' as const, 'SessionStart' as const].map(name => listStays(cycle.state, cycle.facts(), name))).toEqual(
      [false, true],
    )
  })
  it('to the gate’s files is one of them', () =>
    expect(asDeed({ kind: 'gate-files', files: {}, changed: ['a'] }, null)).toMatchObject({
      kind: 'deed',
      what: 'gate-files',
      names: ['a'],
    }))
  it('that a newer version hears is shown as it says', () => {
    const heard: HappeningOf<'heard'> = {
      kind: 'heard',
      session: 's1',
      by: 'ghost' as never,
      text: 'pick none',
      choice: true,
      first: true,
    }
    expect(outcomeMessage([heard], emptyState)).toContain('was not taken as your choice: it did not come from you')
    expect([heardAs(heard), notTakenText(run!, 'ghost')]).toEqual([
      'ghost',
      expect.stringContaining('it did not come from you'),
    ])
  })
})
