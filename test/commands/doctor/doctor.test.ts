import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import packageJson from '../../../package.json' with { type: 'json' }
import { ownFix } from '../../../src/core/doctor/check.ts'
import { checkGroups } from '../../../src/core/doctor/index.ts'
import { contentHash } from '../../../src/shell/files/content-hash.ts'
import { countersign } from '../../support/programs/cli.ts'
import { buildAnew } from '../../support/programs/gate.ts'
import { doctor, type Healthy, healthy } from '../../support/setup/healthy.ts'

const ids = checkGroups.flatMap(({ checks }) => checks.map(({ id }) => id))
const settings = '.claude/settings.json'
const config = '.claude/countersign.yaml'
const manifest = '.claude/countersign/manifest.json'
const ownVersion = `"${packageJson.version}"`

/** `id mark → fix` of every check that is not ok. */
type Expected = Record<string, [mark: 'fault' | 'warning' | 'skipped', fix: string | null | RegExp]>

const parsed = (text: string) => JSON.parse(text)
const json = (change: (value: ReturnType<typeof parsed>) => void) => (text: string) => {
  const value = parsed(text)
  change(value)
  return JSON.stringify(value, null, 2)
}

const faults: [string, (setup: Healthy) => void, Expected, string?][] = [
  [
    'no programs',
    ({ bin }) => ['claude', 'codex', 'node', 'npm'].map(name => rmSync(join(bin, name))),
    {
      'claude.found': ['fault', 'npm install --global @anthropic-ai/claude-code'],
      'claude.version': ['skipped', null],
      'claude.login': ['skipped', null],
      'codex.found': ['fault', 'npm install --global @openai/codex'],
      'codex.version': ['skipped', null],
      'codex.login': ['skipped', null],
      'node.found': ['fault', /nodejs\.org/],
      'node.version': ['skipped', null],
      'hooks.fire': ['fault', ownFix],
      'hooks.version': ['skipped', null],
      'config.tests-found': ['fault', /^Install npm/],
    },
  ],
  [
    'old programs that are not logged in, in a subdirectory',
    ({ program, env, bin }) => {
      program('claude', `case "$1" in auth) echo '{"loggedIn": false}'; exit 1;; *) echo 2.1.50;; esac`)
      program('codex', 'case "$1" in login) echo "Not logged in" >&2; exit 1;; *) echo codex-cli 0.99.0;; esac')
      rmSync(join(bin, 'node'))
      program('node', `case "$1" in --version) echo v18.20.0;; *) exec "${process.execPath}" "$@";; esac`)
      env.ANTHROPIC_API_KEY = ''
      env.CODEX_API_KEY = ''
    },
    {
      'claude.version': ['fault', 'claude update'],
      'claude.login': ['fault', 'claude auth login'],
      'codex.version': ['fault', 'npm install --global @openai/codex'],
      'codex.login': ['fault', 'codex login'],
      'node.version': ['fault', /nodejs\.org/],
      'settings.place': ['warning', /^cd \//],
    },
    '.claude',
  ],
  [
    'programs that say nothing',
    ({ program, env }) => {
      program('claude', 'exit 0')
      program('codex', 'exit 3')
      env.ANTHROPIC_API_KEY = ''
      env.CODEX_API_KEY = ''
    },
    {
      'claude.version': ['warning', 'claude --version'],
      'claude.login': ['warning', 'claude auth status'],
      'codex.version': ['warning', 'codex --version'],
      'codex.login': ['warning', 'codex login status'],
    },
  ],
  [
    'settings that Claude Code does not take',
    ({ edit, home, env }) => {
      edit(settings, text => text.replace('{', '{\n  // ours'))
      mkdirSync(join(home, '.claude'))
      writeFileSync(join(home, '.claude/settings.json'), '{\n  "model": 5\n}\n')
      env.COUNTERSIGN = '0'
    },
    {
      'settings.project': ['fault', 'Fix .claude/settings.json:2:3'],
      'settings.others': ['warning', 'Fix ~/.claude/settings.json:2:12'],
      'settings.gate-on': ['warning', 'unset COUNTERSIGN COUNTERSIGN_NESTED'],
      'hooks.once': ['skipped', null],
    },
  ],
  [
    'a PATH of the settings that does not lead to Codex',
    ({ repo, bin }) => {
      const few = join(repo.root, '.git/few')
      mkdirSync(few)
      for (const name of ['node', 'git']) symlinkSync(realpathSync(join(bin, name)), join(few, name))
      repo.write('.claude/settings.local.json', JSON.stringify({ env: { PATH: few } }))
    },
    {
      'codex.found': ['fault', 'Add its directory to `env.PATH` in .claude/settings.local.json'],
      'codex.version': ['skipped', null],
      'codex.login': ['skipped', null],
    },
  ],
  [
    'switched off by a stronger layer, and for everybody',
    ({ repo, edit }) => {
      repo.write('.claude/settings.local.json', '{ "disableAllHooks": true }')
      edit(
        settings,
        json(value => Object.assign(value, { disableAllHooks: false, env: { COUNTERSIGN: '0' } })),
      )
    },
    {
      'settings.hooks-on': ['fault', 'Remove "disableAllHooks" from .claude/settings.local.json'],
      'settings.gate-on': ['fault', 'Remove "COUNTERSIGN" from .claude/settings.json'],
    },
  ],
  [
    'entries taken out, doubled, cut short and narrowed',
    ({ edit }) =>
      edit(
        settings,
        json(({ hooks }) => {
          delete hooks.TaskCompleted
          hooks.SessionEnd.push(hooks.SessionEnd[0])
          hooks.Stop[0].hooks[0].timeout = 60
          hooks.PreToolUse[0].matcher = 'Bash'
        }),
      ),
    {
      'hooks.registered': ['fault', ownFix],
      'hooks.once': ['warning', ownFix],
      'hooks.timeouts': ['fault', ownFix],
      'hooks.form': ['warning', ownFix],
      'config.deadlines': ['warning', `Lower timeoutSeconds in ${config}`],
    },
  ],
  [
    'a gate that is gone, and one that can decide nothing',
    ({ repo, edit }) => {
      rmSync(join(repo.root, '.claude/hooks/countersign.cjs'))
      edit(
        settings,
        json(({ hooks }) => Object.assign(hooks.Stop[0].hooks[0], { if: 'Bash(ls)' })),
      )
    },
    {
      'hooks.form': ['fault', ownFix],
      'hooks.fire': ['fault', ownFix],
      'hooks.version': ['skipped', null],
      'files.present': ['warning', ownFix],
    },
  ],
  [
    'a gate of another version',
    ({ repo }) => buildAnew(repo.root, text => text.replaceAll(ownVersion, '"0.0.9"')),
    {
      'hooks.version': ['warning', 'npx countersign upgrade'],
      'files.edited': ['warning', /^git log/],
    },
  ],
  [
    'a gate of two files that were not built together',
    ({ edit }) => edit('.claude/hooks/countersign-full.cjs', text => `${text}// of another version\n`),
    {
      'hooks.fire': ['fault', 'npx countersign upgrade'],
      'hooks.version': ['skipped', null],
      'files.edited': ['warning', /^git log/],
    },
  ],
  [
    'a gate without its second file',
    ({ repo }) => rmSync(join(repo.root, '.claude/hooks/countersign-full.cjs')),
    {
      'hooks.fire': ['fault', ownFix],
      'hooks.version': ['skipped', null],
      'files.present': ['warning', ownFix],
    },
  ],
  [
    'originals that git has marked',
    ({ repo }) => {
      for (const name of readdirSync(join(repo.root, '.claude/countersign/base')))
        repo.write(`.claude/countersign/base/${name}`, '<<<<<<< HEAD\n')
    },
    { 'files.originals': ['warning', ownFix] },
  ],
  [
    'open conflicts, an ignored setup, a configuration with a mistake, no manifest',
    ({ repo, edit }) => {
      repo.write('.claude/countersign/conflicts/.claude/agents/tester.md.merged', 'x')
      repo.write('.claude/countersign/conflicts/.claude/agents/tester.md.theirs', 'x')
      repo.write('.gitignore', '.claude\n')
      repo.git('rm', '-q', '-r', '--cached', '.claude')
      edit(config, text => `${text}\ndebate:\n  rounds: many\n`)
      rmSync(join(repo.root, manifest))
    },
    {
      'files.set-up': ['fault', 'npx countersign init'],
      'files.present': ['skipped', null],
      'files.edited': ['skipped', null],
      'files.originals': ['skipped', null],
      'files.conflicts': ['fault', 'npx countersign resolve .claude/agents/tester.md --mine'],
      'files.shared': ['warning', 'git check-ignore -v .claude/settings.json'],
      'config.valid': ['fault', /^Fix \.claude\/countersign\.yaml:\d+:11$/],
      'config.tests': ['skipped', null],
      'config.tests-found': ['skipped', null],
      'config.deadlines': ['skipped', null],
    },
  ],
  [
    'no configuration, a torn ledger, a lock and a journal left behind, a pause, and no hook that ever fired',
    ({ repo, ledger }) => {
      rmSync(join(repo.root, config))
      writeFileSync(ledger, '{"v":1,"kind":"paused","at":"2026-01-01T00:00:00.000Z"}\n{"v":1,"ki')
      writeFileSync(join(repo.root, '.git/countersign/lock'), '4194303')
      writeFileSync(join(repo.root, '.git/countersign/setup-journal.json'), '{"v":1,"command":"upgrade","pid":4194303}')
    },
    {
      'config.valid': ['warning', `git checkout -- ${config}`],
      'config.tests': ['warning', `Fill in \`tests\` in ${config}`],
      'hooks.last-fired': ['warning', /^Start claude in \/.*; a rehearsal fires hooks in a copy only$/],
      'state.ledger': ['warning', 'npx countersign status'],
      'state.lock': ['warning', ownFix],
      'state.journal': ['warning', 'npx countersign upgrade'],
      'state.paused': ['warning', 'npx countersign resume'],
    },
  ],
]

describe('doctor', { timeout: 60_000 }, () => {
  it('finds nothing wrong with a sound setup, and leaves no trace in the ledger', () => {
    const setup = healthy()
    const before = readFileSync(setup.ledger, 'utf8')
    const { exitCode, checks } = doctor(setup, ['--strict'])
    expect(Object.values(checks).filter(({ mark }) => mark !== 'ok')).toEqual([])
    expect(Object.keys(checks)).toEqual(ids)
    expect(checks['hooks.fire']?.says).toMatch(/^8 hook commands answer from the root and \.claude/)
    expect(exitCode).toBe(0)
    expect(readFileSync(setup.ledger, 'utf8')).toBe(before)
    expect(setup.repo.git('status', '--short')).toBe('')
  })

  it.each(faults)('%s', (_, spoil, expected, folder) => {
    const setup = healthy()
    spoil(setup)
    const { exitCode, checks } = doctor(setup, [], folder)
    const found = Object.values(checks).filter(({ mark }) => mark !== 'ok')
    expect(found.map(({ id, mark }) => `${id} ${mark}`)).toEqual(
      ids.filter(id => expected[id]).map(id => `${id} ${expected[id]![0]}`),
    )
    for (const { id, fix } of found) {
      const [, wanted] = expected[id]!
      if (wanted instanceof RegExp) expect(fix).toMatch(wanted)
      else expect(fix).toBe(wanted)
    }
    expect(exitCode).toBe(found.some(({ mark }) => mark === 'fault') ? 1 : 0)
  })

  it.each(['.claude/hooks/countersign.cjs', '.claude/hooks/countersign-full.cjs'])(
    'sees a gate that was replaced, also when the manifest was made to say the same: %s',
    gate => {
      const setup = healthy()
      const before = contentHash(readFileSync(join(setup.repo.root, gate), 'utf8'))
      setup.edit(gate, text => `${text}// other\n`)
      const after = contentHash(readFileSync(join(setup.repo.root, gate), 'utf8'))
      setup.edit(manifest, text => text.replace(before, after))
      expect(doctor(setup).checks['files.edited']).toMatchObject({ mark: 'warning', details: [gate] })
    },
  )

  it.each<[string, (setup: Healthy) => void, string]>([
    [
      'that a later version wrote is that version to read',
      ({ edit }) => edit(manifest, text => text.replace('"schema": 1', '"schema": 2').replace(ownVersion, '"9.0.0"')),
      'npx countersign@9.0.0 doctor',
    ],
    ['that is torn comes back from git', ({ edit }) => edit(manifest, () => '{'), `git checkout -- ${manifest}`],
    [
      'behind a link is read when that is said',
      ({ repo, home }) => {
        cpSync(join(repo.root, '.claude'), join(home, 'elsewhere'), { recursive: true })
        rmSync(join(repo.root, '.claude'), { recursive: true })
        symlinkSync(join(home, 'elsewhere'), join(repo.root, '.claude'))
      },
      'npx countersign doctor --follow-symlinks',
    ],
  ])('a manifest %s', (_, spoil, fix) => {
    const setup = healthy()
    spoil(setup)
    expect(doctor(setup).checks['files.set-up']).toMatchObject({ mark: 'fault', fix })
  })

  it('--strict fails for a warning', () => {
    const setup = healthy()
    writeFileSync(setup.ledger, '')
    expect(doctor(setup).exitCode).toBe(0)
    expect(doctor(setup, ['--strict']).exitCode).toBe(1)
  })

  it('every failing case together has shown every check that can fail here', () => {
    const shown = new Set(faults.flatMap(([, , expected]) => Object.keys(expected)))
    // Root may write everywhere; what an unwritable ledger comes to is in test/core/doctor/checks.test.ts.
    expect(ids.filter(id => !shown.has(id))).toEqual(['state.writable'])
  })
})

describe('doctor --fix', { timeout: 60_000 }, () => {
  it('restores Countersign’s entries and files, removes a dead lock, and touches nothing else', () => {
    const setup = healthy()
    const { repo, edit } = setup
    const agent = '.claude/agents/tester.md'
    const gate = ['.claude/hooks/countersign-full.cjs', '.claude/hooks/countersign.cjs']
    edit(agent, text => `${text}\nMine.\n`)
    edit(config, text => `${text}# mine\n`)
    rmSync(join(repo.root, '.claude/agents/developer.md'))
    for (const path of gate) rmSync(join(repo.root, path))
    const mine = { type: 'command', command: 'true' }
    edit(
      settings,
      json(value => {
        value.model = 'opus'
        value.hooks.Stop.unshift({ hooks: [mine] })
        value.hooks.Stop[1].hooks[0].timeout = 5
        delete value.hooks.SessionStart
      }),
    )
    writeFileSync(join(repo.root, '.git/countersign/lock'), '4194303')

    const { exitCode, putBack, checks } = doctor(setup, ['--fix'])
    expect(putBack).toEqual(['.claude/agents/developer.md', ...gate, settings, 'the lock'])
    expect(Object.values(checks).filter(({ mark }) => mark !== 'ok')).toEqual([])
    expect(exitCode).toBe(0)
    expect(repo.git('status', '--short').split('\n')).toEqual([`M ${agent}`, ` M ${config}`, ` M ${settings}`])
    const now = parsed(readFileSync(join(repo.root, settings), 'utf8'))
    expect({ model: now.model, first: now.hooks.Stop[0] }).toEqual({ model: 'opus', first: { hooks: [mine] } })
    expect(doctor(setup, ['--fix']).putBack).toEqual([])
  })

  it('sets nothing up where nothing was', async () => {
    const setup = healthy()
    rmSync(join(setup.repo.root, '.claude'), { recursive: true })
    const { exitCode, putBack, checks } = doctor(setup, ['--fix'])
    expect({ exitCode, putBack, fix: checks['files.set-up']?.fix }).toEqual({
      exitCode: 1,
      putBack: [],
      fix: 'npx countersign init',
    })
    expect(existsSync(join(setup.repo.root, '.claude'))).toBe(false)
  })

  it('where nothing was, says nothing of files, hooks and settings that are not there', () => {
    const setup = healthy()
    rmSync(join(setup.repo.root, '.claude'), { recursive: true })
    writeFileSync(setup.ledger, '')
    const { checks } = doctor(setup)
    const problems = Object.values(checks).filter(({ mark }) => mark === 'fault' || mark === 'warning')
    expect(problems.map(({ id, fix }) => [id, fix])).toEqual([['files.set-up', 'npx countersign init']])
    const fine = Object.values(checks).filter(({ id, mark }) => mark === 'ok' && /^(files|hooks|config)\./.test(id))
    expect(fine.map(({ id }) => id)).toEqual(['files.conflicts', 'files.shared'])
  })
})

it('for a person: a line for each group, then the problems, with what to do', { timeout: 60_000 }, async () => {
  const { repo, edit } = healthy()
  edit(config, text => text.replace(/^tests:[\s\S]*?\n\n/m, 'tests: []\n\n'))
  const { stdout } = await countersign(repo.root, 'doctor')
  expect(stdout.indexOf('! Configuration: No test command is configured\n    → Fill in')).toBeGreaterThanOrEqual(0)
  expect(stdout.indexOf('→ Fill in')).toBeGreaterThan(stdout.indexOf('✓ Files: '))
  expect(stdout.indexOf('✓ Files: ')).toBeGreaterThanOrEqual(0)
})
