import { describe, expect, it } from 'vitest'
import { ownFix } from '../../../src/core/doctor/check.ts'
import { judgeSetup } from '../../../src/core/doctor/index.ts'
import { Config } from '../../../src/model/config.ts'
import type { DoctorFacts, OwnedFile } from '../../../src/model/setup/doctor-facts.ts'
import { judged, soundSetup, stopHook } from '../../support/setup/sound-setup.ts'

const config = (more: object) => ({ is: 'valid' as const, config: Config.parse({ version: 1, ...more }) })
const suite = (name: string, timeoutSeconds: number) => ({ name, command: name, timeoutSeconds })
const file = (path: string, more: Partial<OwnedFile>): OwnedFile => ({
  path,
  state: 'as written',
  problem: null,
  restorable: true,
  original: 'kept',
  ...more,
})
const ours = (...files: OwnedFile[]) => ({ manifest: { version: '1.2.0', files } })
const unread = (more: object) => ({
  manifest: { problem: 'no JSON', newer: null, leadsOutside: false, unmerged: false, ...more },
})
const ledger = (more: object) => ({ ledger: { ...soundSetup().ledger, ...more } })
const sound = soundSetup()
const claude = (more: object) => ({ claude: { ...sound.claude!, ...more } })
const codex = (more: object) => ({ codex: { ...sound.codex!, ...more } })

it('a sound setup passes every check', () => {
  const results = judgeSetup(soundSetup())
  expect(results.filter(({ mark }) => mark !== 'ok')).toEqual([])
  expect(Object.fromEntries(results.map(({ id, says }) => [id, says]))).toMatchObject({
    'claude.login': 'Claude Code is logged in with its own login',
    'codex.login': 'Codex is logged in with a key in the environment',
    'node.version': 'Node 20.19.0',
    'hooks.registered': '8 hooks are registered',
    'hooks.fire': '1 hook commands answer from the root and api, in 0.2 s at most',
    'files.present': 'all 2 managed files are there',
    'files.edited': 'you edited none of them',
    'config.tests': 'npm test',
  })
})

describe('programs', () => {
  const npm = 'npm install --global'
  it.each<[string, Partial<DoctorFacts>, string, string, string | null]>([
    ['claude.found', { claude: null }, 'fault', 'Countersign needs `claude`', `${npm} @anthropic-ai/claude-code`],
    ['claude.version', { claude: null }, 'skipped', '', null],
    ['claude.login', { claude: null }, 'skipped', '', null],
    ['codex.found', { codex: null }, 'fault', 'Countersign needs `codex`', `${npm} @openai/codex`],
    [
      'codex.found',
      { codex: null, hidden: [{ name: 'codex', file: '/opt/bin/codex', by: '.claude/settings.json' }] },
      'fault',
      'which the PATH in .claude/settings.json does not lead to; it is at /opt/bin/codex',
      'Add its directory to `env.PATH` in .claude/settings.json',
    ],
    ['codex.login', { codex: null }, 'skipped', '', null],
    ['node.found', { node: null }, 'fault', 'The gate needs `node`', 'Install Node from'],
    ['claude.version', claude({ version: null }), 'warning', 'does not report its version', 'claude --version'],
    ['claude.version', claude({ version: '2.1.196' }), 'fault', '2.1.196 is too old', 'claude update'],
    ['codex.version', codex({ version: '0.139.9' }), 'fault', 'is too old: 0.140.0', `${npm} @openai/codex`],
    ['claude.login', claude({ login: 'none' }), 'fault', 'is not logged in', 'claude auth login'],
    ['claude.login', claude({ login: 'unknown' }), 'warning', 'does not report whether', 'claude auth status'],
    ['claude.login', claude({ login: 'provider' }), 'ok', 'through a provider of your own', null],
    ['codex.login', codex({ missingKey: 'MY_KEY' }), 'fault', 'from MY_KEY, which is not set', 'export MY_KEY=…'],
    ['codex.login', codex({ login: 'unknown' }), 'warning', 'does not report whether', 'codex login status'],
    ['codex.login', codex({ login: 'none' }), 'fault', 'Codex is not logged in', 'codex login'],
    ['codex.login', codex({ login: 'none', openaiKey: true }), 'fault', 'OPENAI_API_KEY', 'export CODEX_API_KEY='],
  ])('%s %j: %s', (id, facts, mark, says, fix) => {
    const result = judged(id, facts)
    expect(result).toMatchObject({ mark, says: expect.stringContaining(says) })
    expect(result.fix?.startsWith(fix ?? '') ?? null).toBe(fix === null ? null : true)
  })
})

describe('files', () => {
  it.each<[string, Partial<DoctorFacts>, string, string | null, string[]]>([
    ['files.set-up', { manifest: null }, 'fault', 'npx countersign init', []],
    ['files.set-up', unread({}), 'fault', 'git checkout -- .claude/countersign/manifest.json', []],
    ['files.set-up', unread({ newer: '9.0.0' }), 'fault', 'npx countersign@9.0.0 doctor', []],
    ['files.set-up', unread({ leadsOutside: true }), 'fault', 'npx countersign doctor --follow-symlinks', []],
    ['files.set-up', unread({ unmerged: true }), 'fault', 'npx countersign upgrade', []],
    ['files.present', unread({}), 'skipped', null, []],
    ['files.present', { manifest: null }, 'skipped', null, []],
    ['files.present', ours(file('a', { state: 'missing' }), file('b', {})), 'warning', ownFix, ['a']],
    [
      'files.present',
      ours(file('a', { state: 'missing', restorable: false })),
      'warning',
      'npx countersign upgrade',
      ['a'],
    ],
    [
      'files.present',
      ours(file('a', { state: 'missing', restorable: false }), file('b', { state: 'missing' })),
      'warning',
      ownFix,
      ['a', 'b'],
    ],
    ['files.present', ours(file('a', { state: null, problem: 'EACCES' })), 'warning', ownFix, ['a: EACCES']],
    ['files.edited', { manifest: null }, 'skipped', null, []],
    ['files.edited', ours(file('a.md', { state: 'edited' }), file('b.md', {})), 'ok', null, ['a.md']],
    [
      'files.edited',
      ours(file('a.md', { state: 'edited' }), file('gate.cjs', { state: 'edited' })),
      'warning',
      'git log --patch -- gate.cjs',
      ['gate.cjs'],
    ],
    ['files.originals', { manifest: null }, 'skipped', null, []],
    [
      'files.originals',
      ours(file('a', { original: 'lost' }), file('b', {})),
      'warning',
      'npx countersign upgrade',
      ['a'],
    ],
    [
      'files.originals',
      ours(file('a', { original: 'lost' }), file('b', { original: 'restorable' })),
      'warning',
      ownFix,
      ['a', 'b'],
    ],
    ['files.conflicts', { conflicts: ['a', 'b'] }, 'fault', 'npx countersign resolve a --mine', ['a', 'b']],
    [
      'files.shared',
      {
        ignoredFiles: {
          paths: ['.claude/hooks/countersign.cjs'],
          lines: [{ file: '.gitignore', line: '!/.claude/hooks/' }],
        },
      },
      'fault',
      'Add to the end of .gitignore:\n      !/.claude/hooks/',
      ['.claude/hooks/countersign.cjs'],
    ],
    ['files.shared', { ignoredFiles: { paths: ['a'], lines: [] } }, 'fault', 'Add to the end of .gitignore:', ['a']],
    ['files.shared', { gitIgnoresSetup: true }, 'warning', 'git check-ignore -v .claude/settings.json', []],
  ])('%s %j: %s', (id, facts, mark, fix, details) => expect(judged(id, facts)).toMatchObject({ mark, fix, details }))
})

describe('the configuration', () => {
  const problems = [
    { file: '.claude/countersign.yaml', line: 3, column: 1, problem: 'unknown key' },
    { file: '.claude/countersign.yaml', line: 9, column: 5, problem: 'no number' },
  ]
  it('that is invalid is a fault, and skips its other checks', () => {
    const facts = { config: { is: 'invalid' as const, problems } }
    expect(judged('config.valid', facts)).toMatchObject({
      mark: 'fault',
      fix: 'Fix .claude/countersign.yaml:3:1',
      details: ['.claude/countersign.yaml:3:1: unknown key', '.claude/countersign.yaml:9:5: no number'],
    })
    for (const id of ['config.tests', 'config.tests-found', 'config.deadlines'])
      expect(judged(id, facts).mark).toBe('skipped')
  })
  it('that is missing where nothing is set up is not checked, and no command is offered for it', () => {
    const facts = { config: { ...config({}), is: 'missing' as const }, manifest: null }
    for (const id of ['config.valid', 'config.tests', 'config.tests-found', 'config.deadlines'])
      expect(judged(id, facts)).toMatchObject({ mark: 'skipped', fix: null })
    expect(judged('config.tests', { ...facts, config: config({}) }).mark).toBe('warning')
  })
  it('that is missing is a warning', () =>
    expect(judged('config.valid', { config: { ...config({}), is: 'missing' } })).toMatchObject({ mark: 'warning' }))
  it('without a test command is a warning', () =>
    expect(judged('config.tests', { config: config({}) })).toMatchObject({ mark: 'warning' }))
  it('with a program that was not found is a fault', () =>
    expect(judged('config.tests-found', { missingTestPrograms: [{ suite: 'unit', program: 'gradle' }] })).toMatchObject(
      { mark: 'fault', fix: expect.stringContaining('Install gradle'), details: ['unit: gradle'] },
    ))

  const tests = (...seconds: number[]) => config({ tests: seconds.map((each, at) => suite(`s${at}`, each)) })
  it.each<[string, Partial<DoctorFacts>, string | null]>([
    ['suites that just fit', { config: tests(1500, 1500, 540) }, null],
    ['suites that take a second more', { config: tests(1500, 1500, 541) }, 'The test suites may take 3541 s together'],
    [
      'a review longer than a shorter stop',
      {
        config: config({ review: { timeoutSeconds: 900 } }),
        ...stopHook(hook => Object.assign(hook, { timeout: 600 })),
      },
      'A Codex call may take 900 s, but a stop has only 540 s',
    ],
    [
      'a stop with Claude Code’s own limit',
      { config: tests(541), ...stopHook(hook => delete hook.timeout) },
      'a stop has only 540 s',
    ],
    ['no stop hook at all', { config: tests(1500, 1500, 1500), layers: [] }, null],
  ])('compares its time limits with that of a stop: %s', (_, facts, says) => {
    const result = judged('config.deadlines', facts)
    expect(result).toMatchObject(
      says ? { mark: 'warning', says: expect.stringContaining(says) } : { mark: 'ok', fix: null },
    )
  })
})

describe('the state', () => {
  const journal = (alive: boolean) => ({ journal: { command: 'upgrade', alive } })
  it.each<[string, Partial<DoctorFacts>, string, string, string | null]>([
    ['state.writable', ledger({ writable: false }), 'fault', 'cannot be written', 'chmod -R u+rwX'],
    [
      'state.ledger',
      ledger({ torn: 1 }),
      'warning',
      '1 line of the ledger cannot be read because of a crash; the cycle continues without it',
      'npx',
    ],
    [
      'state.ledger',
      ledger({ torn: 2 }),
      'warning',
      '2 lines of the ledger cannot be read because of a crash; the cycle continues without them',
      'npx',
    ],
    ['state.lock', { lock: { pid: 7, alive: true } }, 'ok', 'running now (process 7)', null],
    ['state.lock', { lock: { pid: 7, alive: false } }, 'warning', 'left its lock', ownFix],
    ['state.journal', journal(true), 'ok', '`upgrade` is changing the setup now', null],
    ['state.journal', journal(false), 'warning', '`upgrade` was interrupted', 'npx countersign upgrade'],
    ['state.paused', ledger({ paused: true }), 'warning', 'is paused', 'npx countersign resume'],
  ])('%s %j: %s', (id, facts, mark, says, fix) => {
    const result = judged(id, facts)
    expect(result).toMatchObject({ mark, says: expect.stringContaining(says) })
    expect(result.fix?.startsWith(fix ?? '') ?? null).toBe(fix === null ? null : true)
  })
})
