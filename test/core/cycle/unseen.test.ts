import { describe, expect, it } from 'vitest'
import { leftAlone } from '../../../src/core/cycle/unseen.ts'
import { replay } from '../../../src/core/ledger/replay.ts'
import { outcomeMessage } from '../../../src/core/messages/outcomes.ts'
import type { Happening, LedgerEntry } from '../../../src/model/ledger/ledger-entry.ts'
import { Cycle, debating, finding, ready, says } from '../../support/cycle/cycle.ts'

const running = (type: string, status = 'running') => ({ background_tasks: [{ type, status }] })

/** What the user reads after one event, in the first words; null for silence. */
function told(cycle: Cycle, fields: object = {}, event: 'Stop' | 'SessionStart' = 'Stop'): string | null {
  const from = cycle.entries.length
  cycle.fire(event, fields)
  const added = cycle.entries.slice(from).filter(({ kind }) => kind === 'told')
  return outcomeMessage(added, cycle.state)?.replace(/^Countersign: ! /, '') ?? null
}

const add = (cycle: Cycle, entry: Happening) => void cycle.entries.push({ v: 1, at: '', ...entry } as LedgerEntry)
const changed = (more: Partial<Cycle> = {}) => Object.assign(new Cycle(), { tree: 't1', ...more })

describe('of what runs in the background, only agents are waited for', () => {
  it.each([
    ['a subagent', running('subagent'), 'agents'],
    ['a workflow that has not begun', running('workflow', 'pending'), 'agents'],
    ['a teammate', running('teammate'), 'agents'],
    [
      'an agent beside a shell',
      { background_tasks: [...running('shell').background_tasks, ...running('teammate').background_tasks] },
      'agents',
    ],
    ['an agent, in plan mode', { ...running('subagent'), permission_mode: 'plan' }, 'agents'],
    ['plan mode', { permission_mode: 'plan' }, 'plan'],
    ['an agent that was killed', running('subagent', 'killed'), null],
    ['a dev server', running('shell'), null],
    ['a monitor', running('monitor'), null],
    ['a kind that nobody knows', running('dream'), null],
    ['a task that is none', { background_tasks: [null] }, null],
    ['no list', { background_tasks: 'none' }, null],
  ])('%s', (_, event, why) => expect(leftAlone(event)).toBe(why))

  it('with a dev server running the change is tested', () => {
    const cycle = changed()
    expect(cycle.fire('Stop', running('shell'))).toBe('context self-review')
    expect(cycle.did).toEqual(['run-tests'])
  })
})

describe('what is not looked at is told once a session, with the way back', () => {
  it.each<[string, () => Cycle, object, RegExp]>([
    [
      'agents at work',
      changed,
      running('subagent'),
      /^this change is not tested or reviewed yet: agents are still .*\n {2}\/tasks$/,
    ],
    ['plan mode', changed, { permission_mode: 'plan' }, /nothing runs in plan mode\. .*Shift\+Tab/],
    [
      'another working tree, the gate’s own at rest',
      () => changed({ tree: 'base', otherTree: '/w/f' }),
      {},
      /^Claude is now in another working tree.*\n {2}cd \/w\/f && claude$/,
    ],
    [
      'the gate paused',
      () => {
        const cycle = changed()
        add(cycle, { kind: 'paused' })
        return cycle
      },
      {},
      /^the gate is paused .*\n {2}npx countersign resume$/,
    ],
    [
      'another session that is in a turn',
      () => {
        const cycle = changed()
        cycle.stop('')
        return Object.assign(cycle, { session: 's2', ownerAlive: true, ownerBusy: true, tree: 't2' })
      },
      {},
      /^nothing was tested or reviewed at this stop: another Claude Code session \(process 7\) .*`pick` works in both/,
    ],
  ])('%s', (_, before, event, line) => {
    const cycle = before()
    const did = [...cycle.did]
    expect(told(cycle, event)).toMatch(line)
    expect([told(cycle, event), cycle.did]).toEqual([null, did])
    cycle.session = 's3'
    expect(told(cycle, event)).toMatch(line)
  })

  it('and the session that was told in an earlier run is not told again', () => {
    const cycle = changed()
    expect(told(cycle, running('subagent'))).not.toBeNull()
    expect(cycle.stop('')).toBe('context self-review')
    const since = cycle.entries.slice(cycle.entries.findIndex(({ kind }) => kind === 'run-started'))
    expect(replay(since).told).toEqual(cycle.state.told)
    cycle.tree = 't2'
    expect(told(cycle, running('subagent'))).toBeNull()
  })

  it('a settled tree leaves nothing to tell, nor does one that waits for the user’s choice', () => {
    expect(told(new Cycle(), running('subagent'))).toBeNull()
    expect(told(debating(finding('F1')), { permission_mode: 'plan' })).toBeNull()
    const untested = new Cycle()
    untested.stop('', 't1')
    expect(told(untested, { permission_mode: 'plan' })).not.toBeNull()
    const takenBack = new Cycle()
    takenBack.stop('', 't1')
    takenBack.tree = 'base'
    expect(told(takenBack, { permission_mode: 'plan' })).toBeNull()
  })

  it('a configuration that cannot be read is told with its places, nested repositories by name', () => {
    const line = (what: 'config' | 'nested', about: string) =>
      outcomeMessage([{ kind: 'told', session: 's', what, about }], new Cycle().state)
    expect(line('config', 'a.yaml:1:2: no')).toMatch(
      /cannot be read, so nothing was tested or reviewed\.\na\.yaml:1:2: no$/,
    )
    expect(line('nested', 'sub')).toMatch(/not looked at: sub\./)
  })

  it('a kind of a newer version is passed over', () =>
    expect(
      outcomeMessage([{ kind: 'told', session: 's', what: 'the-moon' as 'plan', about: '' }], new Cycle().state),
    ).toBeNull())

  it('paused again it is told again', () => {
    const cycle = changed()
    for (const kind of ['paused', 'resumed', 'paused'] as const) {
      add(cycle, { kind })
      if (kind === 'paused') expect(told(cycle)).toMatch(/^the gate is paused/)
    }
  })

  it('a session that starts paused is told, whenever it is opened, and not after a compaction', () => {
    const cycle = changed()
    add(cycle, { kind: 'paused' })
    for (const source of ['startup', 'resume']) expect(told(cycle, { source }, 'SessionStart')).toMatch(/paused/)
    expect(told(cycle, { source: 'compact' }, 'SessionStart')).toBeNull()
    expect(told(cycle)).toBeNull()
  })
})

describe('two sessions in one working tree', () => {
  /** The first is at its choice, and its process lives; the second stops. */
  const atChoice = () => {
    const cycle = debating(finding('F1'))
    cycle.stop(says('F1: needed, high — yes'))
    return Object.assign(cycle, { session: 's2', ownerAlive: true })
  }
  it('the second, having changed something while the first waits, is served: red tests hold it', () => {
    const cycle = atChoice()
    cycle.red.add('t2')
    expect(cycle.stop('', 't2')).toBe('block tests')
    expect(cycle.state.run!).toMatchObject({ owner: { session: 's2' }, stage: 'tests', left: { stage: 'choice' } })
  })
  it('the second, having changed nothing, is told where the change stands; the list stays the first one’s, and both can pick', () => {
    const cycle = atChoice()
    expect(told(cycle)).toMatch(/another Claude Code session/)
    expect(cycle.state.run!.owner.session).toBe('s1')
    expect(cycle.prompt('pick F1')).toBe('context fix')
  })
  it('the first, stopping with a change of its own once the second is idle, has it back', () => {
    const cycle = atChoice()
    cycle.stop('', 't2')
    cycle.session = 's1'
    expect(cycle.stop(ready, 't3')).not.toBe('silence')
    expect(cycle.state.run!.owner.session).toBe('s1')
  })
  it('an answer to the list that a change has overtaken picks nothing, and says so', () => {
    const cycle = atChoice()
    cycle.askForList()
    const { question } = cycle.last!.ask!.input!.questions[0]!
    cycle.stop('', 't2')
    expect(cycle.answer({ [question]: 'F1 high' })).toBe('context self-review')
    expect(cycle.last).toMatchObject({
      systemMessage: expect.stringMatching(/^Countersign: ! nothing picked: files changed/),
    })
    expect(cycle.answer({ 'Which colour?': 'red' })).toBe('silence')
    expect(cycle.state.run!.choice.picked).toEqual([])
  })
  it('a session that does not say its process is told of without it', () => {
    const cycle = atChoice()
    const [started] = cycle.entries.filter(({ kind }) => kind === 'run-started')
    Object.assign(started!, { pid: null })
    expect(told(cycle)).toMatch(/another Claude Code session has the change/)
  })
})

describe('a setup below the root', () => {
  it('says once a session, at its start, that nothing else is looked at', () => {
    const cycle = new Cycle()
    cycle.home = 'pk'
    const told = (source = 'startup') => {
      const from = cycle.entries.length
      cycle.start(source)
      return outcomeMessage(cycle.entries.slice(from), cycle.state)
    }
    expect(told()).toBe(
      'Countersign: only pk/ is tested and reviewed. Changes outside of it are not looked at in this session.',
    )
    expect([told('compact'), told('resume')]).toEqual([null, null])
    cycle.session = 's2'
    expect(told()).toContain('only pk/')
    Object.assign(cycle, { home: '', session: 's3' })
    expect(told()).toBeNull()
  })
})
