import { describe, expect, it } from 'vitest'
import { ownFix } from '../../../src/core/doctor/check.ts'
import { hooks } from '../../../src/core/doctor/hooks.ts'
import { isPluginOn, pathSetBy, readLayers } from '../../../src/core/doctor/layers.ts'
import type { DoctorFacts } from '../../../src/model/setup/doctor-facts.ts'
import { installedSettings, judged, layer, soundSetup, stopHook } from '../../support/setup/sound-setup.ts'

const sound = soundSetup()
const withoutEvents = (...events: string[]) => {
  const settings = installedSettings()
  for (const event of events) delete settings.hooks[event]
  return { layers: [layer('project', settings)] }
}

describe('settings', () => {
  it('are read only from the directory that claude is started in', () =>
    expect(judged('settings.place', { cwd: '/repo/api/src' })).toMatchObject({
      mark: 'warning',
      says: expect.stringContaining('You are in api/src, but'),
      fix: 'cd /repo',
    }))

  const withComment = '{\n  "model": "opus" // mine\n}'
  it('that Claude Code ignores are a fault in the project and a warning elsewhere', () => {
    expect(judged('settings.project', { layers: [layer('project', withComment)] })).toMatchObject({
      mark: 'fault',
      says: expect.stringContaining('the whole file'),
      fix: 'Fix .claude/settings.json:2:19',
      details: ['.claude/settings.json:2:19: a comment is not allowed here'],
    })
    const elsewhere = { layers: [...sound.layers, layer('user', withComment)] }
    expect(judged('settings.project', elsewhere).mark).toBe('ok')
    expect(judged('settings.others', elsewhere)).toMatchObject({
      mark: 'warning',
      fix: 'Fix ~/.claude/settings.json:2:19',
    })
  })
  it('that are not there are not read', () =>
    expect(judged('settings.project', { layers: [layer('user', '{}')] }).mark).toBe('skipped'))
  it('of which only a hook entry is ignored say so', () =>
    expect(judged('settings.project', { layers: [layer('project', { hooks: { Stop: [5] } })] })).toMatchObject({
      mark: 'fault',
      says: expect.stringContaining('a hook entry'),
    }))

  const off = { disableAllHooks: true }
  it.each<[string, object[], string | null]>([
    ['nowhere', [], null],
    ['in the project', [layer('project', off)], 'Remove "disableAllHooks" from .claude/settings.json'],
    ['by the user alone', [layer('user', off)], 'Remove "disableAllHooks" from ~/.claude/settings.json'],
    ['by the user, on again in the project', [layer('user', off), layer('project', { disableAllHooks: false })], null],
    ['in a file of which an entry is dropped', [layer('user', { ...off, hooks: { Stop: [5] } })], 'Remove "disable'],
    ['in a file that does not count', [layer('user', '{ "disableAllHooks": true, }')], null],
    ['by the organisation', [layer('managed', { allowManagedHooksOnly: true })], 'Ask whoever manages /etc'],
    ['by the organisation, not really', [layer('managed', { allowManagedHooksOnly: 'no' })], null],
    ['by a key of the organisation’s in the project', [layer('project', { allowManagedHooksOnly: true })], null],
  ])('that switch hooks off: %s', (_, layers, fix) => {
    const result = judged('settings.hooks-on', { layers: layers as DoctorFacts['layers'] })
    expect({ mark: result.mark, fix: result.fix?.slice(0, fix?.length) }).toEqual(
      fix ? { mark: 'fault', fix } : { mark: 'ok', fix: undefined },
    )
  })

  it.each<[string, Partial<DoctorFacts>, string, string | null]>([
    [
      'COUNTERSIGN is "0" in a layer',
      { layers: [...sound.layers, layer('user', { env: { COUNTERSIGN: 0 } })] },
      'fault',
      'Remove "COUNTERSIGN" from ~/.claude/settings.json',
    ],
    [
      'COUNTERSIGN_NESTED is set in a layer',
      { layers: [layer('local', { env: { COUNTERSIGN_NESTED: '1' } })] },
      'fault',
      'Remove "COUNTERSIGN_NESTED" from .claude/settings.local.json',
    ],
    [
      'a stronger layer switches it on again',
      { layers: [layer('user', { env: { COUNTERSIGN: '0' } }), layer('project', { env: { COUNTERSIGN: '1' } })] },
      'ok',
      null,
    ],
    [
      'a file that does not count says so',
      { layers: [layer('user', '{ "env": { "COUNTERSIGN": "0" }, }')] },
      'ok',
      null,
    ],
    ['a variable is no text', { layers: [layer('user', { env: { COUNTERSIGN: null, A: {} } })] }, 'ok', null],
    ['the terminal has it', { offInEnvironment: true }, 'warning', 'unset COUNTERSIGN COUNTERSIGN_NESTED'],
  ])('that switch the gate off: %s', (_, facts, mark, fix) =>
    expect(judged('settings.gate-on', facts)).toMatchObject({ mark, fix }),
  )
})

describe('hooks', () => {
  it('that are missing are named, and --fix restores them', () =>
    expect(judged('hooks.registered', withoutEvents('Stop', 'SessionEnd'))).toMatchObject({
      mark: 'fault',
      fix: ownFix,
      details: ['Stop', 'SessionEnd'],
    }))
  it('must be in the project: elsewhere they reach nobody else', () => {
    const elsewhere = { layers: [{ ...sound.layers[0]!, layer: 'user' as const }] }
    expect(judged('hooks.registered', elsewhere)).toMatchObject({
      mark: 'fault',
      details: expect.arrayContaining(['Stop']),
    })
  })
  it('that are there in part are checked, even without a manifest', () =>
    expect(judged('hooks.registered', { ...withoutEvents('Stop'), manifest: null })).toMatchObject({
      details: ['Stop'],
    }))
  it('are not checked where nothing is set up', () => {
    const nothing = { layers: [], firings: [], manifest: null, ledger: { ...sound.ledger, lastFired: null } }
    for (const { id } of hooks.checks) expect({ id, ...judged(id, nothing) }).toMatchObject({ id, mark: 'skipped' })
    expect(judged('hooks.registered', { layers: [] })).toMatchObject({ mark: 'fault' })
    expect(judged('hooks.last-fired', { ...nothing, firings: sound.firings })).toMatchObject({ mark: 'warning' })
  })

  it('registered twice are fixed by --fix in the project, and by the user elsewhere', () => {
    const twice = installedSettings()
    twice.hooks.Stop.push(twice.hooks.Stop[0])
    expect(judged('hooks.once', { layers: [layer('project', twice)] })).toMatchObject({
      mark: 'warning',
      fix: ownFix,
      details: ['Stop in .claude/settings.json', 'Stop in .claude/settings.json'],
    })
    const { Stop } = installedSettings().hooks
    for (const where of ['user', 'local'] as const) {
      const path = layer(where, {}).path
      expect(judged('hooks.once', { layers: [...sound.layers, layer(where, { hooks: { Stop } })] })).toMatchObject({
        mark: 'warning',
        fix: `Remove the entries of .claude/hooks/countersign.cjs from ${path}`,
      })
    }
  })
  it('of a plugin beside the repository’s are named with it, and it is the plugin that goes', () => {
    const { Stop } = installedSettings().hooks
    const args = ['$CLAUDE_PLUGIN_ROOT/countersign.cjs']
    const twin = layer('plugin', { hooks: { Stop: [{ hooks: [{ ...Stop[0].hooks[0], args }] }] } })
    expect(judged('hooks.once', { layers: [...sound.layers, twin] })).toMatchObject({
      mark: 'warning',
      says: 'Hooks are registered more than once; one of them answers each event',
      fix: `Disable the plugin (/plugin) that has ${twin.path}`,
      details: ['Stop in .claude/settings.json', `Stop in ${twin.path}`],
    })
    const others = layer('plugin', { hooks: { Stop: [{ hooks: [{ type: 'command', command: 'say done' }] }] } })
    expect(judged('hooks.once', { layers: [...sound.layers, others] }).mark).toBe('ok')
    const noSettings = layer('plugin', { env: { COUNTERSIGN: '0' }, disableAllHooks: true })
    expect(judged('settings.gate-on', { layers: [...sound.layers, noSettings] }).mark).toBe('ok')
    expect(judged('settings.hooks-on', { layers: [...sound.layers, noSettings] }).mark).toBe('ok')
  })
  it('a plugin is on unless the strongest file that names it switches it off', () => {
    const read = readLayers([
      layer('user', { enabledPlugins: { a: false, b: false } }),
      layer('project', { enabledPlugins: { a: true } }),
    ])
    expect(['a', 'b', 'c'].map(name => isPluginOn(read, name))).toEqual([true, false, true])
  })
  it('are switched off by any file of the organisation’s, the last of which decides', () => {
    const more = {
      ...layer('managed', { allowManagedHooksOnly: true }),
      path: '/etc/claude-code/managed-settings.d/10.json',
    }
    const first = layer('managed', { allowManagedHooksOnly: false })
    const check = (...files: (typeof more)[]) => judged('settings.hooks-on', { layers: [...files, ...sound.layers] })
    expect(check(more, first)).toMatchObject({ mark: 'fault', fix: `Ask whoever manages ${more.path}` })
    expect(check(first, more).mark).toBe('ok')
  })
  it('in a file that Claude Code ignores do not run twice', () => {
    const passedOver = { ...layer('user', ''), text: `// c\n${sound.layers[0]!.text}` }
    expect(judged('hooks.once', { layers: [...sound.layers, passedOver] }).mark).toBe('ok')
  })
  it('of other people, and shell lines without the gate’s script, are not Countersign’s', () =>
    expect(
      judged('hooks.registered', {
        layers: [layer('project', { hooks: { Stop: [{ hooks: [{ type: 'command', command: 'say done' }] }] } })],
      }).details,
    ).toContain('Stop'))
  it('written as a shell line are Countersign’s too', () => {
    const { layers } = stopHook(hook => {
      hook.command = 'node "$CLAUDE_PROJECT_DIR"/.claude/hooks/countersign.cjs'
      delete hook.args
    })
    expect(judged('hooks.registered', { layers }).mark).toBe('ok')
    const nameless = stopHook(hook => delete hook.command)
    expect(judged('hooks.registered', nameless).mark).toBe('ok')
    const prompt = stopHook(hook => Object.assign(hook, { type: 'prompt' }))
    expect(judged('hooks.registered', prompt).details).toEqual(['Stop'])
  })

  it.each<[string, unknown, string, string[]]>([
    ['less than meant', 60, 'fault', ['Stop: 60 s instead of 3600 s']],
    ['none, which means 600', undefined, 'fault', ['Stop: 600 s instead of 3600 s']],
    ['more than meant', 7200, 'warning', ['Stop: 7200 s instead of 3600 s']],
    ['as meant', 3600, 'ok', []],
  ])('with a time limit of %s', (_, timeout, mark, details) => {
    const facts = stopHook(hook => {
      hook.timeout = timeout
    })
    expect(judged('hooks.timeouts', facts)).toMatchObject({ mark, details })
  })

  it('of which one has too little time are a fault, whatever the limits of the others', () => {
    const settings = installedSettings()
    settings.hooks.Stop[0].hooks[0].timeout = 60
    settings.hooks.SessionEnd[0].hooks[0].timeout = 99
    expect(judged('hooks.timeouts', { layers: [layer('project', settings)] }).mark).toBe('fault')
  })
  it('that run in the background, or only sometimes, decide nothing', () =>
    expect(
      judged(
        'hooks.form',
        stopHook(hook => Object.assign(hook, { async: true, if: 'x' })),
      ),
    ).toMatchObject({
      mark: 'fault',
      details: ['Stop: if, async'],
    }))
  it('that fire for the wrong tools are a warning', () => {
    const settings = installedSettings()
    settings.hooks.PreToolUse[0].matcher = 'Bash'
    delete settings.hooks.PostToolUse[0].matcher
    settings.hooks.Stop[0].matcher = 'Edit'
    expect(judged('hooks.form', { layers: [layer('project', settings)] })).toMatchObject({
      mark: 'warning',
      details: [
        'PreToolUse: Bash instead of AskUserQuestion|Edit|MultiEdit|Write|NotebookEdit|ScheduleWakeup|CronCreate',
        'PostToolUse: any instead of AskUserQuestion',
        'Stop: Edit instead of any',
      ],
    })
  })
  it('for events of a later version are not judged', () => {
    const settings = installedSettings()
    settings.hooks.AfterLunch = settings.hooks.Stop
    const facts = { layers: [layer('project', settings)] }
    for (const id of ['hooks.timeouts', 'hooks.form'])
      expect({ id, ...judged(id, facts) }).toMatchObject({ id, mark: 'ok' })
  })

  const [answering] = sound.firings
  it('that do not answer are named with the directory', () => {
    const silent = { ...answering!, from: 'api', answer: null, problem: 'exit 1' }
    expect(judged('hooks.fire', { firings: [answering!, silent, { ...silent, from: '.' }] })).toMatchObject({
      mark: 'fault',
      fix: ownFix,
      details: ['Stop from api: exit 1', 'Stop from the root: exit 1'],
    })
    expect(judged('hooks.fire', { firings: [silent], manifest: null }).fix).toBe(ownFix)
    expect(judged('hooks.fire', { firings: [] }).mark).toBe('skipped')
  })
  it('that do not answer since their file was replaced are left to an upgrade, which asks', () => {
    const { version, files } = sound.manifest as Extract<typeof sound.manifest, { files: unknown }>
    const replaced = { ...files[0]!, path: '.claude/hooks/countersign.cjs', state: 'edited' as const }
    const silent = { ...answering!, answer: null, problem: 'exit 1' }
    expect(judged('hooks.fire', { firings: [silent], manifest: { version, files: [replaced] } })).toMatchObject({
      mark: 'fault',
      fix: 'npx countersign upgrade',
    })
  })
  it.each([
    ['1.1.0', '1.2.0', 'npx countersign upgrade'],
    ['1.3.0', '1.2.0', 'npx countersign@1.3.0 doctor'],
    ['1.2.0-rc.1', '1.2.0', 'npx countersign upgrade'],
    ['1.2.0', '1.2.0-rc.1', 'npx countersign@1.2.0 doctor'],
    ['1.2.0-rc.2', '1.2.0-rc.1', 'npx countersign@1.2.0-rc.2 doctor'],
    ['1.2.0+build', '1.2.0', 'npx countersign upgrade'],
  ])('of version %s beside version %s', (gate, version, fix) => {
    const firings = [version, gate].map(one => ({ ...answering!, answer: { ...answering!.answer!, version: one } }))
    expect(judged('hooks.version', { version, firings })).toMatchObject({ mark: 'warning', fix })
  })
  it('that never answered have no version', () =>
    expect(judged('hooks.version', { firings: [{ ...answering!, answer: null }] }).mark).toBe('skipped'))
  it('that have never fired here have not been seen at work, rehearsed or not', () =>
    expect(judged('hooks.last-fired', { ledger: { ...sound.ledger, lastFired: null } })).toMatchObject({
      mark: 'warning',
      fix: 'Start claude in /repo; a rehearsal fires hooks in a copy only',
    }))
})

it('the PATH of hooks is set by the strongest file that has one, and by no file that only looks like it', () => {
  const by = (...layers: Parameters<typeof readLayers>[0]) => pathSetBy(readLayers(layers))
  const path = { env: { PATH: '/bin' } }
  expect(by(layer('project', { env: { PATH: 7 } }), layer('user', path))).toBe('~/.claude/settings.json')
  expect(by(layer('local', path), layer('project', path))).toBe('.claude/settings.local.json')
  expect(by(layer('project', {}), layer('plugin', path))).toBe(null)
})
