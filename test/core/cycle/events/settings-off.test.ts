import { describe, expect, it } from 'vitest'
import { openers, whatIsOff } from '../../../../src/core/cycle/settings-off.ts'
import { replay } from '../../../../src/core/ledger/replay.ts'
import { deedsMessage } from '../../../../src/core/messages/deeds.ts'
import type { LayerText } from '../../../../src/model/setup/doctor-facts.ts'
import { Cycle } from '../../../support/cycle/cycle.ts'
import { installedSettings, layer } from '../../../support/setup/sound-setup.ts'

const project = layer('project', installedSettings())
/** The project's settings with its Stop hook made into something else. */
const stop = (change: (handler: Record<string, unknown>, group: Record<string, unknown>) => void) => {
  const settings = installedSettings()
  change(settings.hooks.Stop[0].hooks[0], settings.hooks.Stop[0])
  return layer('project', settings)
}

describe('what switches the gate off in the settings', () => {
  it('is nothing as init writes them, in whatever layer they stand', () => {
    expect(whatIsOff([project])).toEqual([])
    expect(whatIsOff([layer('user', installedSettings())])).toEqual([])
    expect(whatIsOff([layer('plugin', installedSettings())])).toEqual([])
  })
  it.each([
    [
      'all hooks off',
      [layer('local', { disableAllHooks: true }), project],
      ['"disableAllHooks" in .claude/settings.local.json'],
    ],
    [
      'off in the weaker file alone',
      [layer('local', { disableAllHooks: false }), project, layer('user', { disableAllHooks: true })],
      [],
    ],
    [
      'the organisation’s own hooks alone',
      [layer('managed', { allowManagedHooksOnly: true }), project],
      ['"allowManagedHooksOnly" in /etc/claude-code/managed-settings.json'],
    ],
    ['the same by somebody who cannot', [layer('local', { allowManagedHooksOnly: true }), project], []],
    [
      'a variable',
      [layer('local', { env: { COUNTERSIGN: 0 } }), project],
      ['COUNTERSIGN=0 in .claude/settings.local.json'],
    ],
    [
      'a variable that a stronger file sets otherwise',
      [layer('local', { env: { COUNTERSIGN: '1' } }), project, layer('user', { env: { COUNTERSIGN: '0' } })],
      [],
    ],
    [
      'the variable of a nested session',
      [project, layer('user', { env: { COUNTERSIGN_NESTED: '1' } })],
      ['COUNTERSIGN_NESTED in ~/.claude/settings.json'],
    ],
    ['the same, empty', [project, layer('user', { env: { COUNTERSIGN_NESTED: '' } })], []],
    [
      'what a plugin sets is no setting',
      [project, layer('plugin', { disableAllHooks: true, env: { COUNTERSIGN: '0' } })],
      [],
    ],
    [
      'variables that reach Codex, git or Node',
      [
        layer('local', { env: { CODEX_HOME: '/x', NODE_OPTIONS: '--require x', https_proxy: 'y', PORT: '1' } }),
        project,
      ],
      [
        'CODEX_HOME=/x in .claude/settings.local.json',
        'NODE_OPTIONS=--require x in .claude/settings.local.json',
        'https_proxy=y in .claude/settings.local.json',
      ],
    ],
    ['keys, which steer nothing', [layer('local', { env: { OPENAI_API_KEY: 'x', CODEX_API_KEY: 'y' } }), project], []],
    ...['AskUserQuestion', 'Bash|Ask.*', '*', '', undefined, '[', 'x'.repeat(201)].map(
      (matcher): [string, LayerText[], string[]] => [
        `a hook of somebody else's that may answer questions: ${matcher?.slice(0, 20)}`,
        [project, layer('user', { hooks: { PermissionRequest: [{ matcher, hooks: [{ command: 'x' }] }] } })],
        ['a PermissionRequest hook for AskUserQuestion in ~/.claude/settings.json'],
      ],
    ),
    [
      'hooks of others that answer none',
      [
        project,
        layer('local', {
          hooks: { PermissionRequest: [{ matcher: 'Bash', hooks: [{ command: 'x' }] }, { hooks: [] }] },
        }),
        layer('user', { hooks: { PreToolUse: [{ matcher: 'Ask', hooks: [{ command: 'x' }] }] } }),
      ],
      [],
    ],
    [
      'one of a plugin',
      [project, layer('plugin', { hooks: { PreToolUse: [{ hooks: [{ command: 'x' }] }] } })],
      ['a PreToolUse hook for AskUserQuestion in ~/.claude/plugins/cache/twin/hooks/hooks.json'],
    ],
    ['a hook that is gone', [stop((_, group) => Object.assign(group, { hooks: [] }))], ['no Stop hook that works']],
    ['hooks that are no list', [stop((_, group) => Object.assign(group, { hooks: 5 }))], ['no Stop hook that works']],
    [
      'a hook under a condition',
      [stop(handler => Object.assign(handler, { if: 'Bash(x)' }))],
      ['no Stop hook that works'],
    ],
    [
      'a hook that nobody waits for',
      [stop(handler => Object.assign(handler, { async: true }))],
      ['no Stop hook that works'],
    ],
    [
      'a hook without the time to decide',
      [stop(handler => Object.assign(handler, { timeout: 5 }))],
      ['no Stop hook that works'],
    ],
    ['a hook with the default time', [stop(handler => delete handler.timeout)], ['no Stop hook that works']],
    [
      'a hook for other events',
      [stop((_, group) => Object.assign(group, { matcher: 'Nope' }))],
      ['no Stop hook that works'],
    ],
    ['a hook for all of them', [stop((_, group) => Object.assign(group, { matcher: '*' }))], []],
    [
      'another program',
      [stop(handler => Object.assign(handler, { args: ['other.cjs'] }))],
      ['no Stop hook that works'],
    ],
  ])('%s', (_, files, off) => expect(whatIsOff(files)).toEqual(off))
  it('is every hook, where the file is no JSON, or none at all', () => {
    for (const files of [[layer('project', '{ // c\n}')], [layer('project', '5')], []])
      expect(whatIsOff(files)).toHaveLength(8)
  })
})

describe('a settings change that switches the gate off', () => {
  const off = ['"disableAllHooks" in .claude/settings.json']
  const change = (more: Partial<Cycle>, source = 'project_settings') => {
    const cycle = Object.assign(new Cycle(), more)
    cycle.fire('ConfigChange', { source })
    return cycle
  }
  const added = (cycle: Cycle) => cycle.entries.slice(1).map(({ kind }) => kind)
  /** What the user reads at the next event. */
  const next = (cycle: Cycle) => deedsMessage(cycle.state.deeds, null)

  it('is refused while Claude is working, and told', () => {
    const cycle = change({ inTurn: true, settingsOff: { now: off, before: [] } })
    expect(cycle.last).toEqual({ block: expect.stringContaining('refused while Claude is working') })
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'deed', what: 'settings-refused', names: off })
    expect(next(cycle)).toMatch(
      /refused while Claude was working: "disableAllHooks" in \.claude\/settings\.json\. The file still has it/,
    )
  })
  it('between two turns is the user’s own, and told', () => {
    const cycle = change({ settingsOff: { now: off, before: [] } })
    expect([cycle.last, cycle.entries.at(-1)]).toMatchObject([null, { what: 'settings-off' }])
    expect(next(cycle)).toMatch(/between two turns switches the gate off or steers it: "disableAllHooks"/)
  })
  it('is not ours to refuse where the organisation makes it', () =>
    expect(change({ inTurn: true, settingsOff: { now: off, before: [] } }, 'policy_settings').last).toBeNull())
  it('is nothing new where it was off before', () =>
    expect(added(change({ inTurn: true, settingsOff: { now: off, before: off } }))).toEqual([]))
  it('is told although a run has started meanwhile', () => {
    const cycle = change({ inTurn: true, settingsOff: { now: off, before: [] } })
    cycle.tree = 't1'
    cycle.complete()
    const since = cycle.entries.slice(cycle.entries.findIndex(({ kind }) => kind === 'run-started'))
    expect(replay(since).deeds).toMatchObject([{ what: 'settings-refused', names: off }])
  })
  it('and another one after it are told together', () => {
    const cycle = change({ inTurn: true, settingsOff: { now: off, before: [] } })
    cycle.settingsOff = { now: [...off, 'no Stop hook that works'], before: [] }
    cycle.fire('ConfigChange', { source: 'local_settings' })
    expect(next(cycle)).toMatch(/settings\.json; no Stop hook that works\. The file/)
  })
})

describe('hooks that can say the first words of a session', () => {
  const layer = (hooks: unknown) => ({ layer: 'local' as const, path: 'x.json', text: JSON.stringify({ hooks }) })
  it.each([
    ['are none of ours', { SessionStart: [{ hooks: [{ command: 'node .claude/hooks/countersign.cjs' }] }] }, []],
    [
      'are those of others',
      { SessionStart: [{ hooks: [{ command: 'node h.js' }] }] },
      ['a SessionStart hook in x.json'],
    ],
    ['are none at other events', { Stop: [{ hooks: [{ command: 'node h.js' }] }] }, []],
  ])('%s', (_, hooks, found) => expect(openers([layer(hooks)])).toEqual(found))
})
