import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, it, onTestFinished } from 'vitest'
import { rawHash } from '../../../src/shell/setup/journal.ts'
import { itNeeds } from '../../support/platform.ts'
import { countersign, countersignWith } from '../../support/programs/cli.ts'
import { repository } from '../../support/repository.ts'
import {
  age,
  bundle,
  has,
  installed,
  manifestIn,
  olderTester,
  read,
  remove,
  tester,
  treeOf,
} from '../../support/setup/aged.ts'

const uninstall = (repo: { root: string }, ...args: string[]) => countersign(repo.root, 'uninstall', ...args)
const original = { 'package.json': '{"scripts":{"test":"node --test"}}\n' }
const settings = '.claude/settings.json'

describe('uninstall', () => {
  it('of an untouched setup leaves the repository as it was, and no state; a second one has nothing to do', async () => {
    const repo = await installed()
    await countersign(repo.root, 'pause')
    const { exitCode, stdout } = await uninstall(repo, '--yes')
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('is removed from this repository'),
    })
    expect(treeOf(repo)).toEqual(original)
    expect({ setup: has(repo, '.claude'), state: has(repo, '.git/countersign') }).toEqual({
      setup: false,
      state: false,
    })
    expect(await uninstall(repo)).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringContaining('nothing of Countersign'),
    })
    expect(has(repo, '.git/countersign')).toBe(false)
  })

  it('after an upgrade with conflicts and bases leaves the user’s version', async () => {
    const repo = await installed()
    const old = olderTester(repo)
    age(repo, { [tester]: old })
    const mine = old.replace('You test.', 'Mine.')
    repo.write(tester, mine)
    await countersign(repo.root, 'upgrade', '--yes')
    await uninstall(repo, '--yes')
    expect(treeOf(repo)).toEqual({ ...original, [tester]: mine })
  })

  it('keeps and lists what was edited, and what others added to Countersign’s directories', async () => {
    const repo = await installed()
    const mine = { [tester]: 'mine\n', 'CLAUDE.md': '# mine\n', '.claude/countersign.yaml': 'version: 1\n' }
    const others = { '.claude/agents/own.md': 'own\n', '.claude/countersign/notes.txt': 'notes\n' }
    const decisions = { '.claude/countersign/decisions.jsonl': '{"title":"no"}\n' }
    for (const [path, text] of Object.entries({ ...mine, ...others, ...decisions })) repo.write(path, text)
    const { stdout } = await uninstall(repo, '--yes', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      written: true,
      kept: expect.arrayContaining(Object.keys({ ...mine, ...decisions })),
    })
    expect(treeOf(repo)).toEqual({ ...original, ...mine, ...others, ...decisions })
  })

  it('--purge removes managed files with their edits, and nothing else', async () => {
    const repo = await installed({ '.claude/agents/architect.md': 'theirs\n' })
    for (const path of [tester, 'CLAUDE.md', '.claude/countersign.yaml', '.claude/agents/own.md'])
      repo.write(path, 'mine\n')
    repo.write('.claude/countersign/decisions.jsonl', '{"title":"no"}\n')
    await uninstall(repo, '--yes', '--purge')
    expect(treeOf(repo)).toEqual({
      ...original,
      'CLAUDE.md': 'mine\n',
      '.claude/agents/architect.md': 'theirs\n',
      '.claude/agents/own.md': 'mine\n',
    })
  })

  it('removes a settings.json that Countersign created, unless the user wrote into it', async () => {
    const repo = await installed()
    repo.write(settings, read(repo, settings).replace(/\n}\n$/, ',\n  "model": "opus"\n}\n'))
    await uninstall(repo, '--yes')
    expect(treeOf(repo)).toEqual({ ...original, [settings]: '{\n  "model": "opus"\n}\n' })
  })

  it('removes it also when it was rewritten on one line since', async () => {
    for (const before of [undefined, { model: 'opus' }]) {
      const repo = await installed(before && { [settings]: JSON.stringify(before, null, 2) })
      repo.write(settings, JSON.stringify(JSON.parse(read(repo, settings))))
      await uninstall(repo, '--yes')
      expect(treeOf(repo)).toEqual({ ...original, ...(before && { [settings]: JSON.stringify(before) }) })
    }
  })

  it('--dry-run and no answer change nothing', async () => {
    const repo = await installed()
    const tree = treeOf(repo)
    expect(await uninstall(repo, '--dry-run')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/× [\s\S]*Nothing was changed/),
    })
    expect(await uninstall(repo)).toMatchObject({ exitCode: 64, stderr: expect.stringContaining('--yes') })
    expect(treeOf(repo)).toEqual(tree)
    expect(has(repo, '.git/countersign/ledger.jsonl')).toBe(true)
  })

  it('without a manifest still removes the hooks', async () => {
    const before = '{ "model": "opus" }\n'
    const repo = await installed({ [settings]: before })
    remove(repo, '.claude/countersign')
    expect((await uninstall(repo, '--yes')).exitCode).toBe(0)
    expect(read(repo, settings)).toBe(before)
  })

  it('is not stopped by a settings.json that is blank', async () => {
    const repo = repository({ ...original, [settings]: '' })
    const { exitCode, stdout } = await uninstall(repo, '--yes')
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('nothing of Countersign') })
    expect(read(repo, settings)).toBe('')
  })

  it('of a settings.json that cannot be read stops before any write, with line and column', async () => {
    const repo = await installed()
    repo.write(settings, '{\n  "hooks": []\n}\n')
    const tree = treeOf(repo)
    expect(await uninstall(repo, '--yes')).toMatchObject({
      exitCode: 65,
      stderr: expect.stringContaining(`${settings}:2:12`),
    })
    expect(treeOf(repo)).toEqual(tree)
  })
})

describe('a settings.json from before Countersign is restored byte for byte', () => {
  it.each([
    [
      'one-line style',
      '{"model":"opus","permissions":{"allow":["Bash(ls)"]},"hooks":{"Stop":[{"hooks":[{"type":"command","command":"say"}]}]}}',
    ],
    [
      'odd indents and no final newline',
      '{\n   "model" : "opus",\n "hooks" : {\n      "Stop": [ { "hooks": [] } ] } }',
    ],
    [
      'comments, tabs, trailing commas and CRLF',
      '{\r\n\t// mine\r\n\t"model": "opus", // keep\r\n\t"hooks": {\r\n\t\t"Stop": [],\r\n\t},\r\n}\r\n',
    ],
    ['a byte order mark', '\uFEFF{\n  "env": {}\n}\n'],
  ])('%s', async (_, before) => {
    const repo = await installed({ [settings]: before })
    const after = read(repo, settings)
    expect(after).not.toBe(before)
    expect(after.split('countersign.cjs')).toHaveLength(9)
    expect((await countersign(repo.root, 'upgrade', '--check')).exitCode).toBe(0)
    await uninstall(repo, '--yes')
    expect(read(repo, settings)).toBe(before)
  })
})

describe('an interrupted run', () => {
  it.each(['init', 'upgrade', 'resolve', 'uninstall', 'status'])('is finished by %s, which says so', async command => {
    const repo = await installed()
    const newest = read(repo, tester)
    const write = { path: tester, text: 'half way\n', before: rawHash(newest) }
    repo.write(
      '.git/countersign/setup-journal.json',
      JSON.stringify({ v: 1, command: 'upgrade', version: '0.1.0', pid: 1, writes: [write] }),
    )
    repo.write('.git/countersign/setup-journal.json.tmp', '{"torn')
    const args = { resolve: [tester, '--mine'], status: [] }[command as 'status'] ?? ['--yes']
    const { stderr } = await countersign(repo.root, command, ...args)
    expect(stderr).toContain(
      'An earlier `countersign upgrade` (version 0.1.0, process 1) was interrupted. It is finished now.',
    )
    expect(read(repo, tester)).toBe('half way\n')
    expect(has(repo, '.git/countersign/setup-journal.json')).toBe(false)
  })

  it('is only mentioned by --dry-run', async () => {
    const repo = await installed()
    repo.write(
      '.git/countersign/setup-journal.json',
      JSON.stringify({ v: 1, command: 'init', version: '0.1.0', pid: 1, writes: [] }),
    )
    for (const command of ['init', 'upgrade'])
      expect((await countersign(repo.root, command, '--dry-run')).stdout).toContain('An earlier run was interrupted')
    expect(has(repo, '.git/countersign/setup-journal.json')).toBe(true)
  })
})

describe('two at once', () => {
  it('one is refused with 75, the process of the other and its age', async () => {
    const repo = await installed()
    age(repo, { [tester]: olderTester(repo) })
    const holder = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'])
    onTestFinished(() => {
      holder.kill('SIGKILL')
    })
    repo.write('.git/countersign/setup-lock', String(holder.pid))
    const tree = treeOf(repo)
    for (const command of ['init', 'upgrade', 'uninstall']) {
      const { exitCode, stderr } = await countersign(repo.root, command, '--yes')
      expect(exitCode).toBe(75)
      expect(stderr).toMatch(new RegExp(`Process ${holder.pid} has been changing this setup for \\d+ s`))
    }
    expect(treeOf(repo)).toEqual(tree)

    const ended = new Promise(resolve => holder.once('exit', resolve))
    holder.kill('SIGKILL')
    await ended
    expect((await countersign(repo.root, 'upgrade', '--yes')).exitCode).toBe(0)
  })

  it('the second one finds the work done', async () => {
    const repo = repository(original)
    const runs = await Promise.all([1, 2, 3].map(() => countersign(repo.root, 'init', '--yes')))
    const codes = runs.map(({ exitCode }) => exitCode)
    expect(codes).toContain(0)
    expect(codes.filter(code => code !== 0 && code !== 75)).toEqual([])
    expect((await countersign(repo.root, 'upgrade', '--check')).exitCode).toBe(0)
  })
})

describe('links', () => {
  it.runIf(process.platform !== 'win32')(
    'a directory of Countersign’s that is a link to outside stops upgrade and uninstall before any write',
    async () => {
      const repo = await installed()
      const outside = repository({ 'tester.md': 'theirs\n' })
      remove(repo, '.claude/agents')
      symlinkSync(outside.root, join(repo.root, '.claude/agents'))
      for (const command of ['upgrade', 'uninstall'])
        expect(await countersign(repo.root, command, '--yes')).toMatchObject({
          exitCode: 73,
          stderr: expect.stringContaining(outside.root),
        })
      expect(treeOf(outside)).toEqual({ 'tester.md': 'theirs\n' })
      expect(manifestIn(repo).files).toHaveProperty([tester])
    },
  )

  itNeeds('POSIX')('a settings.json that is a link inside the repository stays one', async () => {
    const before = '{ "model": "opus" }\n'
    const repo = repository({ ...original, 'config/claude.json': before })
    mkdirSync(join(repo.root, '.claude'))
    symlinkSync('../config/claude.json', join(repo.root, settings))
    await countersign(repo.root, 'init', '--yes')
    expect(read(repo, 'config/claude.json')).toContain('countersign.cjs')
    await uninstall(repo, '--yes')
    expect(read(repo, 'config/claude.json')).toBe(before)
    expect(readdirSync(join(repo.root, '.claude'))).toEqual(['settings.json'])
  })
})

it('a Claude session at work in this tree cannot uninstall the gate', async () => {
  const repo = await installed()
  const input = JSON.stringify({ hook_event_name: 'SessionStart', source: 'startup', session_id: 's1', cwd: repo.root })
  await execa('node', [join(repo.root, bundle)], { cwd: repo.root, input })
  const tree = treeOf(repo)
  const { exitCode, stderr } = await countersignWith({ CLAUDE_CODE_SESSION_ID: 's1' }, repo.root, 'uninstall', '--yes')
  expect({ exitCode, stderr }).toEqual({
    exitCode: 77,
    stderr: expect.stringContaining('Only you can run `uninstall`'),
  })
  expect(treeOf(repo)).toEqual(tree)
})
