import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { countersign } from '../../support/programs/cli.ts'
import { repository } from '../../support/repository.ts'
import {
  age,
  bundle,
  has,
  inConflict,
  installed,
  manifestIn,
  manifestPath,
  olderTester,
  read,
  remove,
  tester,
  treeOf,
} from '../../support/setup/aged.ts'

const upgrade = (repo: { root: string }, ...args: string[]) => countersign(repo.root, 'upgrade', ...args)
const sidecar = `.claude/countersign/conflicts/${tester}`

describe('upgrade', () => {
  it('of this version has nothing to do', async () => {
    const repo = await installed()
    const tree = treeOf(repo)
    expect(await upgrade(repo)).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringContaining('There is nothing to write'),
    })
    expect(treeOf(repo)).toEqual(tree)
  })

  it('brings an unedited file to this version, and the whole setup to the bytes of a fresh one', async () => {
    const repo = await installed()
    const fresh = treeOf(repo)
    age(repo, { [tester]: olderTester(repo), [bundle]: '// older\n' })
    const { exitCode, stdout } = await upgrade(repo, '--yes')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/Countersign 0\.0\.9 → \d+\.\d+\.\d+ in/)
    expect(treeOf(repo)).toEqual(fresh)
  })

  it('keeps what the user edited, and merges what both changed in different places', async () => {
    const repo = await installed()
    const newest = read(repo, tester)
    const old = olderTester(repo)
    age(repo, { [tester]: old })
    repo.write(tester, `${old}\nMine.\n`)
    const architect = `${read(repo, '.claude/agents/architect.md')}\nMine.\n`
    repo.write('.claude/agents/architect.md', architect)
    const { exitCode, stdout } = await upgrade(repo, '--yes')
    expect(exitCode).toBe(0)
    expect(read(repo, tester)).toBe(`${newest}\nMine.\n`)
    expect(read(repo, '.claude/agents/architect.md')).toBe(architect)
    expect(stdout).toMatch(
      /= architect\.md +you edited it[\s\S]*~ tester\.md +your edits are merged with the new version/,
    )
  })

  it('removes the bases that nothing refers to any more', async () => {
    const repo = await installed()
    const bases = () => readdirSync(join(repo.root, '.claude/countersign/base'))
    const fresh = bases()
    age(repo, { [tester]: olderTester(repo) })
    repo.write('.claude/countersign/base/left-over', 'x')
    await upgrade(repo, '--yes')
    expect(bases()).toEqual(fresh)
  })
})

describe('a conflict', () => {
  it('leaves the file untouched, lays out both versions, and is offered again', async () => {
    const { repo, newest, mine } = await inConflict()
    for (const _ of ['first', 'again']) {
      const { exitCode, stdout } = await upgrade(repo, '--yes')
      expect(exitCode).toBe(3)
      expect(stdout).toContain(`${sidecar}.merged:7`)
      for (const way of ['--mine', '--theirs', '--merged'])
        expect(stdout).toContain(`\n     npx countersign resolve ${tester} ${way}\n`)
      expect(read(repo, tester)).toBe(mine)
      expect(read(repo, `${sidecar}.theirs`)).toBe(newest)
      expect(read(repo, `${sidecar}.merged`)).toMatch(
        /<<<<<<< yours\nYou test gently\.\n=======\n.*\n>>>>>>> Countersign \d/,
      )
      expect(manifestIn(repo).files[tester]).toMatchObject({ conflict: expect.any(String) })
    }
  })

  it.each([
    ['--mine', (texts: { mine: string; newest: string }) => texts.mine],
    ['--theirs', (texts: { mine: string; newest: string }) => texts.newest],
  ])('is resolved by %s', async (way, result) => {
    const texts = await inConflict()
    const { repo } = texts
    await upgrade(repo, '--yes')
    expect(await countersign(repo.root, 'resolve', tester, way)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(read(repo, tester)).toBe(result(texts))
    expect(has(repo, '.claude/countersign/conflicts')).toBe(false)
    expect(await upgrade(repo)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('There is nothing to write'),
    })
  })

  it('is resolved by --merged when no marker is left', async () => {
    const { repo } = await inConflict()
    repo.commit()
    await upgrade(repo, '--yes')
    expect(await countersign(repo.root, 'resolve', tester, '--merged')).toMatchObject({
      exitCode: 65,
      stderr: expect.stringContaining(`${sidecar}.merged:7`),
    })
    const merged = read(repo, `${sidecar}.merged`).replace(/<<<<<<< [\s\S]*>>>>>>> .*/, 'You test gently, and well.')
    repo.write(`${sidecar}.merged`, merged)
    expect(await countersign(repo.root, 'resolve', tester, '--merged')).toMatchObject({ exitCode: 0 })
    expect(read(repo, tester)).toBe(merged)
    expect((await upgrade(repo, '--check')).exitCode).toBe(0)
  })

  it('cannot be resolved where there is none, or where its sidecars were changed', async () => {
    const { repo } = await inConflict()
    const resolve = (path: string, ...ways: string[]) => countersign(repo.root, 'resolve', path, ...ways)
    expect(await resolve('README.md', '--mine')).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining('neither has any other file'),
    })
    await upgrade(repo, '--yes')
    expect(await resolve('README.md', '--mine')).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining(tester),
    })
    expect(await resolve(tester)).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining('--mine | --theirs | --merged'),
    })
    expect(await resolve(tester, '--mine', '--theirs')).toMatchObject({ exitCode: 64 })
    repo.write(`${sidecar}.theirs`, 'other')
    expect(await resolve(tester, '--theirs')).toMatchObject({
      exitCode: 65,
      stderr: expect.stringContaining('npx countersign upgrade'),
    })
  })
})

describe('a file of the gate that is not the one that was written', () => {
  it('does not run and says so; upgrade replaces it, and keeps the old bytes under .git', async () => {
    const repo = await installed()
    const newest = read(repo, bundle)
    const edited = `${newest}\n// mine\n`
    repo.write(bundle, edited)
    const input = JSON.stringify({
      hook_event_name: 'SessionStart',
      source: 'startup',
      session_id: 's',
      cwd: repo.root,
    })
    const hook = spawnSync(process.execPath, [join(repo.root, bundle)], { cwd: repo.root, input, encoding: 'utf8' })
    expect(hook).toMatchObject({ status: 0, stderr: '' })
    expect(hook.stdout).toMatch(/nothing is tested or reviewed: .* Run: npx countersign upgrade/)
    const { exitCode, stdout } = await upgrade(repo, '--yes')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('is not the one that was written, so it is replaced; the old one is kept under .git')
    expect(read(repo, bundle)).toBe(newest)
    expect(replaced(repo)).toEqual([edited])
    expect((await upgrade(repo, '--check')).exitCode).toBe(0)
  })

  it('is removed by uninstall, and its bytes stay under .git', async () => {
    const repo = await installed()
    repo.write(bundle, '// formatted\n')
    expect(await countersign(repo.root, 'uninstall', '--yes')).toMatchObject({
      exitCode: 0,
      stdout: expect.not.stringContaining('Kept'),
    })
    expect(has(repo, '.claude')).toBe(false)
    expect(replaced(repo)).toEqual(['// formatted\n'])
  })
  const replaced = (repo: Awaited<ReturnType<typeof installed>>) => {
    const dir = '.git/countersign-replaced'
    return readdirSync(join(repo.root, dir)).map(name => read(repo, `${dir}/${name}`))
  }
})

describe('a deleted file', () => {
  it('stays deleted, is reported once, and is restored by --restore', async () => {
    const repo = await installed()
    const newest = read(repo, tester)
    remove(repo, '.claude/agents')
    const first = await upgrade(repo, '--yes')
    expect(first.stdout).toMatch(/- tester\.md +you deleted it; it is not restored/)
    for (const version of ['0.0.7', '0.0.8']) {
      repo.write(manifestPath, JSON.stringify({ ...manifestIn(repo), version }))
      const later = await upgrade(repo, '--yes')
      expect(later).toMatchObject({ exitCode: 0, stdout: expect.not.stringContaining('tester') })
      expect(has(repo, '.claude/agents')).toBe(false)
    }
    expect(await upgrade(repo, '--yes', '--restore', tester)).toMatchObject({ exitCode: 0 })
    expect(read(repo, tester)).toBe(newest)
    expect(has(repo, '.claude/agents/developer.md')).toBe(false)
  })

  it.each(['CLAUDE.md', '.claude/countersign.yaml', '.gitattributes'])(
    'is restored by --restore also when it is not Countersign’s alone: %s',
    async path => {
      const repo = repository({ 'package.json': '{"scripts":{"test":"node --test"}}\n' })
      await countersign(repo.root, 'init', '--yes', '--gitattributes')
      const fresh = treeOf(repo)
      remove(repo, path)
      expect(await upgrade(repo, '--yes', '--restore', path)).toMatchObject({ exitCode: 0 })
      expect(treeOf(repo)).toEqual(fresh)
    },
  )

  it('can only be restored when it is managed and missing', async () => {
    const repo = await installed()
    expect(await upgrade(repo, '--restore', 'README.md')).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining(tester),
    })
    expect(await upgrade(repo, '--restore', tester)).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining('exists'),
    })
  })
})

describe('a template that has another name, or no longer exists', () => {
  it('keeps its edits, and is removed with its directory when it no longer exists', async () => {
    const repo = await installed()
    const text = read(repo, tester)
    const manifest = manifestIn(repo)
    const { [tester]: entry, ...files } = manifest.files
    const renamed = '.claude/agents/old/quality.md'
    repo.write(manifestPath, JSON.stringify({ ...manifest, files: { ...files, [renamed]: entry } }))
    remove(repo, tester)
    repo.write(renamed, `${text}\nMine.\n`)
    age(repo, { '.claude/skills/gone/SKILL.md': 'gone\n', '.claude/skills/edited/SKILL.md': 'gone too\n' })
    repo.write('.claude/skills/edited/SKILL.md', 'mine\n')
    const { exitCode, stdout } = await upgrade(repo, '--yes')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/→ agents\/tester\.md +moved from \.claude\/agents\/old\/quality\.md, with your edits/)
    expect(read(repo, tester)).toBe(`${text}\nMine.\n`)
    for (const path of ['.claude/agents/old', '.claude/skills/gone'])
      expect({ path, isThere: has(repo, path) }).toEqual({ path, isThere: false })
    expect(read(repo, '.claude/skills/edited/SKILL.md')).toBe('mine\n')
    expect(Object.keys(manifestIn(repo).files)).not.toContain('.claude/skills/edited/SKILL.md')
  })
})

describe('a setup that is newer', () => {
  it.each([
    ['version', (manifest: object) => ({ ...manifest, version: '9.1.0' })],
    ['format', () => ({ schema: 2, version: '9.1.0' })],
  ])('by its %s is refused, with the command that works', async (_, newer) => {
    const repo = await installed()
    repo.write(manifestPath, JSON.stringify(newer(manifestIn(repo))))
    const tree = treeOf(repo)
    for (const command of ['upgrade', 'init']) {
      const { exitCode, stderr } = await countersign(repo.root, command, '--yes')
      expect(exitCode).toBe(78)
      expect(stderr).toContain(`npx countersign@9.1.0 ${command}`)
    }
    expect(treeOf(repo)).toEqual(tree)
  })
})

describe('a manifest that names what is not in the repository', () => {
  it.each(['../outside.md', '/etc/hosts'])('%s', async path => {
    const repo = await installed()
    const manifest = manifestIn(repo)
    const entry = { class: 'owned', sha256: 'x' }
    repo.write(manifestPath, JSON.stringify({ ...manifest, files: { ...manifest.files, [path]: entry } }))
    const tree = treeOf(repo)
    for (const command of ['upgrade', 'uninstall'])
      expect(await countersign(repo.root, command, '--yes')).toMatchObject({
        exitCode: 73,
        stderr: expect.stringContaining(path),
      })
    expect(treeOf(repo)).toEqual(tree)
  })
})

describe('a checkout with CRLF', () => {
  it('is not drift, and an upgrade writes CRLF where the file has it', async () => {
    const repo = await installed()
    const newest = read(repo, tester)
    const crlf = (text: string) => text.replaceAll('\n', '\r\n')
    age(repo, { [tester]: olderTester(repo) })
    for (const [path, text] of Object.entries(treeOf(repo)))
      if (path.startsWith('.claude/')) repo.write(path, Buffer.from(crlf(text), 'latin1'))
    const plan = JSON.parse((await upgrade(repo, '--dry-run', '--json')).stdout)
    const changed = plan.files.filter(({ action }: { action: string }) => action !== 'keep')
    expect(changed.map(({ path, action }: { path: string; action: string }) => `${action} ${path}`)).toEqual([
      `update ${tester}`,
      expect.stringMatching(/^create .*\/base\//),
      expect.stringMatching(/^remove .*\/base\//),
      `update ${manifestPath}`,
    ])
    expect((await upgrade(repo, '--yes')).exitCode).toBe(0)
    expect(read(repo, tester)).toBe(crlf(newest))
    expect((await upgrade(repo, '--check')).exitCode).toBe(0)
  })
})

describe('what git could restore', () => {
  it('is what is committed: anything else is named before', async () => {
    const repo = await installed()
    age(repo, { [tester]: olderTester(repo) })
    const { stdout } = await upgrade(repo, '--dry-run')
    expect(stdout).toMatch(/Not committed, so git cannot restore it: .*tester\.md/)
    expect(stdout).not.toContain('git checkout')
  })
})

describe('asking first', () => {
  it('--check exits with 1 while there is something to do, and writes nothing', async () => {
    const repo = await installed()
    age(repo, { [tester]: olderTester(repo) })
    const tree = treeOf(repo)
    expect(await upgrade(repo, '--check')).toMatchObject({ exitCode: 1, stderr: '' })
    expect(await upgrade(repo, '--dry-run')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Nothing was written'),
    })
    expect(await upgrade(repo)).toMatchObject({ exitCode: 64, stderr: expect.stringContaining('--yes') })
    expect(treeOf(repo)).toEqual(tree)
    await upgrade(repo, '--yes')
    expect(await upgrade(repo, '--check')).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('--dry-run and --check exit with 3 when there is only a conflict', async () => {
    const { repo } = await inConflict()
    expect((await upgrade(repo, '--dry-run')).exitCode).toBe(3)
    expect((await upgrade(repo, '--check')).exitCode).toBe(1)
    await upgrade(repo, '--yes')
    expect((await upgrade(repo, '--check')).exitCode).toBe(3)
  })

  it('--json is one document, with the conflicts in it', async () => {
    const { repo } = await inConflict()
    const { stdout, exitCode } = await upgrade(repo, '--yes', '--json')
    expect(exitCode).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      from: '0.0.9',
      written: true,
      conflicts: [{ path: tester, theirs: `${sidecar}.theirs`, merged: `${sidecar}.merged`, lines: [7] }],
    })
  })

  it('upgrade says what to do where nothing is set up', async () => {
    const repo = repository({ 'a.txt': '' })
    expect(await upgrade(repo)).toMatchObject({ exitCode: 64, stderr: expect.stringContaining('npx countersign init') })
  })
})
