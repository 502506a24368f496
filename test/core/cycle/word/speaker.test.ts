import { describe, expect, it } from 'vitest'
import type { Surroundings } from '../../../../src/core/cycle/facts.ts'
import { hasNewSchedule } from '../../../../src/core/cycle/nothing-to-do.ts'
import { isScheduled, isUsersWord, remember, schedulesOf } from '../../../../src/core/cycle/word/schedules.ts'
import { isTyped, type Place, speakerOf, typedPart, whereFired } from '../../../../src/core/cycle/word/speaker.ts'
import type { HookEvent } from '../../../../src/model/hook-event.ts'
import type { SessionProcess, Voice } from '../../../../src/model/ledger/users-word.ts'

const at = '2026-01-05T10:00:00.000Z'
const before = Date.parse(at) - 1000
const later = Date.parse(at) + 3_600_000
const own: Surroundings = {
  ...{ agent: false, claude: 7, parent: 7, handedOver: true },
  ancestors: [
    { pid: 7, startedAt: before },
    { pid: 3, startedAt: before },
  ],
}
const session = (pid: number, since: string | null = at): SessionProcess => ({ pid, since })

describe('an event is', () => {
  it.each<[string, Place, SessionProcess[], Partial<Surroundings>]>([
    ['the session’s own, fired by its Claude Code', 'own', [session(7)], {}],
    ['the session’s own where none is known yet', 'own', [], {}],
    ['the session’s own beside others that are not above it', 'own', [session(7), session(8)], {}],
    ['the session’s own through a shell that was left out', 'own', [session(7)], { parent: 9 }],
    ['one of a Claude Code that does not give its number', 'own', [session(7)], { claude: null }],
    [
      'the session’s own although an earlier one had the number of a process above',
      'own',
      [session(3, '2020-01-01')],
      {},
    ],
    ['nested, below a session', 'nested', [session(7), session(3)], {}],
    [
      'nested, where the system does not say since when',
      'nested',
      [session(3)],
      {
        ancestors: [
          { pid: 7, startedAt: null },
          { pid: 3, startedAt: null },
        ],
      },
    ],
    [
      'nested, where the ledger does not say since when',
      'nested',
      [session(3, null)],
      {
        ancestors: [
          { pid: 7, startedAt: later },
          { pid: 3, startedAt: later },
        ],
      },
    ],
    ['nested, in the environment of an agent', 'nested', [], { agent: true }],
    [
      'made up, by a program of another than it names',
      'forged',
      [session(7)],
      {
        parent: 9,
        ancestors: [
          { pid: 9, startedAt: before },
          { pid: 7, startedAt: before },
        ],
      },
    ],
    [
      'made up, by a program that names nobody, below a session',
      'nested',
      [session(7)],
      {
        claude: null,
        ancestors: [
          { pid: 9, startedAt: before },
          { pid: 7, startedAt: before },
        ],
      },
    ],
    ['made up, in the place of a shell', 'forged', [session(7)], { handedOver: false }],
    [
      'made up, in the place of a shell, beside another session',
      'forged',
      [session(7), session(8)],
      { handedOver: false },
    ],
    ['not to be placed', 'unplaced', [session(7), session(8)], { ancestors: null }],
    ['not to be placed by an empty list', 'unplaced', [session(7), session(8)], { ancestors: [] }],
  ])('%s', (_, place, processes, more) => expect(whereFired({ processes }, { ...own, ...more })).toBe(place))
})

const who = (event: Partial<HookEvent>, surroundings: Surroundings = own, files: string[] = []): Voice =>
  speakerOf(
    { hook_event_name: 'UserPromptSubmit', session_id: 's1', ...event },
    { processes: [session(7), session(3)], scheduled: ['Say  Cheese', 'password=hunter2!'] },
    { surroundings, scheduledInFiles: files },
  )
const alone: Surroundings = { ...own, ancestors: [{ pid: 7, startedAt: before }] }

describe('a prompt is spoken by', () => {
  it.each<[Voice, string, Partial<HookEvent>]>([
    ['user', 'what is typed', { prompt: 'pick F1' }],
    ['user', 'nothing at all', {}],
    ['user', 'a program of the user’s', { prompt: 'pick F1', source: 'sdk' }],
    ['user', 'a feed that somebody pastes', { prompt: '<channel><title>News</title></channel>' }],
    ['user', 'a slash command', { prompt: '<command-message>feature</command-message>' }],
    ['scheduled', 'the text of a schedule', { prompt: ' say cheese\n' }],
    ['scheduled', 'a text that the ledger keeps masked', { prompt: 'password=hunter2!' }],
    ['scheduled', 'the loop', { prompt: '# Autonomous loop check\n\nYou are …' }],
    ['scheduled', 'a wakeup, as a newer version says', { prompt: 'pick F1', source: 'loop_wakeup' }],
    ['notification', 'a task that has ended', { prompt: '<task-notification>\n<task-id>1</task-id>' }],
    ['notification', 'the system', { prompt: '[SYSTEM NOTIFICATION - NOT USER INPUT]\npick none' }],
    ['notification', 'the system, as a newer version says', { prompt: 'pick F1', source: 'system' }],
    ['agent', 'a teammate', { prompt: '<teammate-message teammate_id="x">pick none</teammate-message>' }],
    ['agent', 'another session', { prompt: '\n<cross-session-message from="x">pick none' }],
    ['agent', 'a channel', { prompt: '<channel source="x">pick none</channel>' }],
    ['agent', 'a subagent', { prompt: 'pick none', agent_id: 'a1' }],
  ])('%s: %s', (speaker, _, event) => expect(who(event, alone)).toBe(speaker))

  it('whoever the place says, and files have schedules too', () => {
    expect(who({ prompt: 'pick none' })).toBe('nested')
    expect(who({ prompt: 'pick none' }, { ...own, ancestors: null })).toBe('unplaced')
    expect(who({ prompt: 'From a FILE' }, alone, ['from a file'])).toBe('scheduled')
  })

  it('the user up to where a notification was added', () => {
    expect(typedPart('go on\n<task-notification>pick none')).toBe('go on')
    expect(typedPart('what is a <task-notification>?')).toBe('what is a <task-notification>?')
  })
})

describe('schedules', () => {
  const event = (more: object) => ({ hook_event_name: 'Stop', session_id: 's1', ...more }) as HookEvent
  it('are read from the tool and from what a stop says', () => {
    expect(schedulesOf(event({ hook_event_name: 'PreToolUse', tool_input: { prompt: 'x' } }))).toEqual(['x'])
    expect(schedulesOf(event({ hook_event_name: 'PreToolUse' }))).toEqual([])
    expect(schedulesOf(event({ session_crons: [{ prompt: 'x' }, { prompt: ' ' }, {}] }))).toEqual(['x'])
    expect(schedulesOf(event({}))).toEqual([])
  })
  it('are remembered once', () => {
    expect(remember({ scheduled: ['a b'] }, ['A  b', 'c'])).toEqual([{ kind: 'scheduled', texts: ['c'] }])
    expect(remember({ scheduled: ['a b'] }, ['A  b'])).toEqual([])
    expect(isScheduled('', [''])).toBe(false)
  })
  it.each([
    [{ session_crons: [{ prompt: 'new' }] }, true],
    [{ session_crons: [{ prompt: 'old' }, {}] }, false],
    [{ session_crons: [null] }, false],
    [{ session_crons: 'x' }, false],
    [{}, false],
  ])('of %j are news: %s', (stop, isNew) => expect(hasNewSchedule({ scheduled: ['old'] }, stop)).toBe(isNew))
  it.each([
    ...['pick none', ' Pick  F1 ', '/countersign: pick all', 'pick F1-F3 high', 'countersign pause', 'dismiss F1'],
    ...[
      'npx countersign pick none',
      '!countersign pick none',
      'please run countersign dismiss F1 --reason no',
      'pause',
    ],
  ])('%s is the user’s word', text => expect(isUsersWord(text)).toBe(true))
  it.each(['pick a colour', 'check the deploy', 'pause the music', 'countersign status', 'say what F1 is about'])(
    '%s is not',
    text => expect(isUsersWord(text)).toBe(false),
  )
})

it('a prompt is typed where it is the user’s, whatever came with it on its way', () => {
  const isUsers = (prompt?: string, around: Partial<Surroundings> = {}) =>
    isTyped(
      { hook_event_name: 'UserPromptSubmit', session_id: 's1', prompt },
      { processes: [session(7)], scheduled: ['go on'] },
      { surroundings: { ...own, ...around }, scheduledInFiles: [] },
    )
  expect([isUsers('do it'), isUsers('do it\n<task-notification>x'), isUsers()]).toEqual([true, true, true])
  expect([isUsers('go on'), isUsers('<task-notification>x'), isUsers('do it', { agent: true })]).toEqual([
    false,
    false,
    false,
  ])
})
