import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { execaSync } from 'execa'
import { describe, expect, it } from 'vitest'
import { rawHash } from '../../../src/shell/setup/journal.ts'
import { describeNeeds } from '../../support/platform.ts'
import { countersign } from '../../support/programs/cli.ts'
import { repository, repositoryAt, type TestRepository, temporaryDirectory } from '../../support/repository.ts'
import { age, bundle, gateAtStart, has, olderTester, read, remove, tester, treeOf } from '../../support/setup/aged.ts'

const project = { 'package.json': '{"scripts":{"test":"node --test"}}\n' }
const settings = '.claude/settings.json'
const follow = '--follow-symlinks'
const link = (repo: TestRepository, path: string, target: string) => symlinkSync(target, join(repo.root, path))

/** A repository whose `.claude` is a link to a directory elsewhere, in which somebody keeps a file. */
function linkedOut() {
  const repo = repository(project)
  const outside = repositoryAt(join(temporaryDirectory(), 'dotfiles'))
  outside.write('own.md', 'own\n')
  link(repo, '.claude', outside.root)
  return { repo, outside }
}

describeNeeds('POSIX')('a .claude that is a link out of the repository', () => {
  it.each([['init'], ['upgrade'], ['uninstall'], ['resolve', tester, '--mine']])(
    'is refused by %s before any write',
    async (...args) => {
      const { repo, outside } = linkedOut()
      const { exitCode, stdout, stderr } = await countersign(
        repo.root,
        ...args,
        ...(args[0] === 'resolve' ? [] : ['--yes']),
      )
      expect({ exitCode, stdout, stderr }).toEqual({
        exitCode: 73,
        stdout: '',
        stderr: `.claude is a link to ${outside.root}, outside the repository. Nothing was written. If that is intended, run the command again with --follow-symlinks (init, upgrade, resolve, uninstall, doctor).`,
      })
      expect(treeOf(outside)).toEqual({ 'own.md': 'own\n' })
      expect(treeOf(repo)).toEqual(project)
    },
  )

  it('is followed from init to uninstall with --follow-symlinks', async () => {
    const { repo, outside } = linkedOut()
    const first = await countersign(repo.root, 'init', '--yes', follow)
    expect(first).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringContaining('Git ignores .claude here'),
    })
    expect(readlinkSync(join(repo.root, '.claude'))).toBe(outside.root)
    expect(has(outside, 'hooks/countersign.cjs')).toBe(true)
    expect(gateAtStart(repo)).toContain('Countersign · idle')

    const newest = read(repo, tester)
    age(repo, { [tester]: olderTester(repo) })
    expect((await countersign(repo.root, 'upgrade', '--yes')).exitCode).toBe(73)
    expect(await countersign(repo.root, 'upgrade', '--yes', follow)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(read(repo, tester)).toBe(newest)

    remove(repo, tester)
    const { putBack, checks } = JSON.parse((await countersign(repo.root, 'doctor', '--fix', '--json', follow)).stdout)
    expect(putBack).toEqual([tester])
    expect(checks.find(({ id }: { id: string }) => id === 'files.present').mark).toBe('ok')

    expect(await countersign(repo.root, 'uninstall', '--yes', follow)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(treeOf(outside)).toEqual({ 'own.md': 'own\n' })
    expect(treeOf(repo)).toEqual(project)
    expect(readlinkSync(join(repo.root, '.claude'))).toBe(outside.root)
  })

  it('is followed by the command that finishes a run with --follow-symlinks', async () => {
    const { repo, outside } = linkedOut()
    const write = { path: '.claude/own.md', text: 'half way\n', before: rawHash('own\n') }
    const journal = { v: 1, command: 'init', version: '0.1.0', pid: 1, writes: [write] }
    repo.write('.git/countersign/setup-journal.json', JSON.stringify(journal))
    expect((await countersign(repo.root, 'status')).exitCode).toBe(73)
    expect(read(outside, 'own.md')).toBe('own\n')
    repo.write('.git/countersign/setup-journal.json', JSON.stringify({ ...journal, followLinks: true }))
    expect((await countersign(repo.root, 'status')).stderr).toContain('It is finished now')
    expect(read(outside, 'own.md')).toBe('half way\n')
  })

  it('no flag lets a manifest name paths outside', async () => {
    const repo = repository(project)
    await countersign(repo.root, 'init', '--yes')
    const manifest = '.claude/countersign/manifest.json'
    repo.write(manifest, read(repo, manifest).replace('.claude/agents/tester.md', '../tester.md'))
    for (const command of ['upgrade', 'uninstall'])
      expect(await countersign(repo.root, command, '--yes', follow)).toMatchObject({
        exitCode: 73,
        stderr: expect.not.stringContaining(follow),
      })
  })
})

describeNeeds('POSIX')('a link inside the repository', () => {
  it.each([
    ['.claude', '.claude', 'config/claude'],
    ['a directory of ours', '.claude/agents', '../shared/agents'],
  ])('%s stays one from init to uninstall', async (_, path, target) => {
    const repo = repository(project)
    mkdirSync(join(repo.root, dirname(path), target), { recursive: true })
    mkdirSync(join(repo.root, dirname(path)), { recursive: true })
    link(repo, path, target)
    expect(await countersign(repo.root, 'init', '--yes')).toMatchObject({ exitCode: 0, stderr: '' })
    const newest = read(repo, tester)
    const old = olderTester(repo)
    age(repo, { [tester]: old })
    repo.write(tester, `${old}\nMine.\n`)
    expect(await countersign(repo.root, 'upgrade', '--yes')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(read(repo, tester)).toBe(`${newest}\nMine.\n`)
    repo.write(tester, newest)
    expect(await countersign(repo.root, 'uninstall', '--yes')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(treeOf(repo)).toEqual(project)
    expect(readlinkSync(join(repo.root, path))).toBe(target)
    expect(readdirSync(join(repo.root, path))).toEqual([])
  })

  it('may be CLAUDE.md: to another file, or broken', async () => {
    const repo = repository({ ...project, 'AGENTS.md': 'Be kind.\n' })
    link(repo, 'CLAUDE.md', 'AGENTS.md')
    expect((await countersign(repo.root, 'init', '--yes')).exitCode).toBe(0)
    expect(readlinkSync(join(repo.root, 'CLAUDE.md'))).toBe('AGENTS.md')
    expect(read(repo, 'AGENTS.md')).toBe('Be kind.\n')
  })
})

describe.skipIf(process.platform === 'win32')('what is not a regular file stops init before any write', () => {
  const put: [string, (repo: TestRepository) => void, string][] = [
    ['a broken link', repo => link(repo, '.claude', 'missing'), '.claude'],
    ['a link to itself', repo => link(repo, '.claude', '.claude'), '.claude'],
    [
      'links that lead to each other',
      repo => {
        mkdirSync(join(repo.root, '.claude'))
        link(repo, settings, 'other.json')
        link(repo, '.claude/other.json', 'settings.json')
      },
      settings,
    ],
    ['a dangling CLAUDE.md', repo => link(repo, 'CLAUDE.md', 'missing.md'), 'CLAUDE.md'],
  ]

  it.each(put)('%s', async (_, prepare, path) => {
    const repo = repository(project)
    prepare(repo)
    const names = readdirSync(repo.root, { recursive: true })
    for (const more of [[], [follow]]) {
      const { exitCode, stdout, stderr } = await countersign(repo.root, 'init', '--yes', ...more)
      expect({ exitCode, stdout, stderr }).toEqual({
        exitCode: 73,
        stdout: '',
        stderr: expect.stringMatching(
          new RegExp(`^\\S*${path.replaceAll('.', '\\.')}\\S* has to be a file, but a broken link is in the way`),
        ),
      })
    }
    const after = readdirSync(repo.root, { recursive: true }).filter(name => !/^\.git\/countersign/.test(String(name)))
    expect(after).toEqual(names)
  })

  it.each([settings, 'CLAUDE.md', bundle])(
    'a pipe in the place of %s, without waiting for its other end',
    async path => {
      const repo = repository(project)
      mkdirSync(join(repo.root, path, '..'), { recursive: true })
      execaSync('sh', ['-c', 'mkfifo "$0"', join(repo.root, path)])
      const { exitCode, stderr } = await countersign(repo.root, 'init', '--yes')
      expect({ exitCode, stderr }).toEqual({
        exitCode: 73,
        stderr: `${path} has to be a file, but ${path}, which is not a regular file, is in the way. Nothing was written. Move it away and run the command again.`,
      })
      expect(lstatSync(join(repo.root, path)).isFIFO()).toBe(true)
      expect(treeOf(repo)).toEqual(project)
    },
  )

  it('a pipe in the place of the user’s own settings, which doctor skips', async () => {
    const repo = repository(project)
    await countersign(repo.root, 'init', '--yes')
    execaSync('sh', ['-c', 'mkfifo "$0"', join(repo.root, '.claude/settings.local.json')])
    expect((await countersign(repo.root, 'doctor')).stdout).toMatch(/8 hook commands answer/)
  })

  it('a file with two names: the one in .claude is written, the other keeps its bytes', async () => {
    const repo = repository(project)
    const other = join(temporaryDirectory(), 'settings.json')
    const text = '{ "model": "opus" }\n'
    writeFileSync(other, text)
    mkdirSync(join(repo.root, '.claude'))
    linkSync(other, join(repo.root, settings))
    expect((await countersign(repo.root, 'init', '--yes')).exitCode).toBe(0)
    expect(read(repo, settings)).toContain('countersign.cjs')
    expect(readFileSync(other, 'utf8')).toBe(text)
    expect((await countersign(repo.root, 'uninstall', '--yes')).exitCode).toBe(0)
    expect(read(repo, settings)).toBe(text)
    expect(existsSync(other)).toBe(true)
  })
})
