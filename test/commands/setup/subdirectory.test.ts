import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { locate } from '../../../src/shell/git/git.ts'
import { scopeOf } from '../../../src/shell/state/setup-root.ts'
import { countersign } from '../../support/programs/cli.ts'
import { repository, repositoryAt, type TestRepository } from '../../support/repository.ts'
import { age, has, manifestIn, manifestPath, olderTester, read, tester, treeOf } from '../../support/setup/aged.ts'

const project = '{"scripts":{"test":"node --test"}}\n'
const files = { 'package.json': project, 'packages/a/package.json': project, 'packages/a/src/x.js': '' }
const home = 'packages/a'

const inA = (repo: TestRepository) => repositoryAt(join(repo.root, home))
const stateOf = (repo: TestRepository, root: string) => scopeOf(locate(repo.root)!, root).stateDir
const names = (dir: string) => (existsSync(dir) ? readdirSync(dir).sort() : [])
/** What `init` leaves outside of packages/a. */
const above = (repo: TestRepository) =>
  Object.fromEntries(Object.entries(treeOf(repo)).filter(([path]) => !path.startsWith(`${home}/`)))

/** A repository with a setup at the root and one in packages/a. */
async function both() {
  const repo = repository(files)
  for (const dir of [repo.root, join(repo.root, home)])
    expect(await countersign(repo.root, 'init', '--yes', '--cwd', dir)).toMatchObject({ exitCode: 0, stderr: '' })
  return { repo, a: inA(repo) }
}

describe('init below the root', () => {
  it('without a terminal is refused with both commands that work', async () => {
    const repo = repository(files)
    const { exitCode, stderr } = await countersign(inA(repo).root, 'init', '--yes')
    expect({ exitCode, stderr }).toEqual({
      exitCode: 64,
      stderr: `${inA(repo).root} is inside ${repo.root}. Claude Code reads hooks only from the directory it is started in. To set up ${repo.root}:
  npx countersign init --cwd ${repo.root}
To set up only ${inA(repo).root}:
  npx countersign init --here`,
    })
    expect(treeOf(repo)).toEqual(files)
  })

  it.each([
    ['--here', (repo: TestRepository) => countersign(inA(repo).root, 'init', '--yes', '--here')],
    ['--cwd', (repo: TestRepository) => countersign(repo.root, 'init', '--yes', '--cwd', home)],
  ])('%s sets that directory up, and writes nothing above it', async (_, init) => {
    const repo = repository(files)
    expect(await init(repo)).toMatchObject({ exitCode: 0, stderr: '' })
    const { 'package.json': _root, ...rest } = above(repo)
    expect(rest).toEqual({})
    expect(Object.keys(manifestIn(inA(repo)).files)).toContain('CLAUDE.md')
    expect(read(inA(repo), 'CLAUDE.md')).toMatch(/^# a\n/)
    expect((await countersign(inA(repo).root, 'init')).stdout).toContain('There is nothing to write')
    expect(names(stateOf(repo, repo.root))).toEqual([expect.stringMatching(/^at-[0-9a-f]{16}$/)])
  })
})

it('a package without a lockfile of its own is tested with what the one above it names', async () => {
  const repo = repository({
    ...files,
    'pnpm-lock.yaml': '',
    'packages/b/package.json': project,
    'packages/b/yarn.lock': '',
  })
  const command = async (dir: string) => {
    const { stdout } = await countersign(join(repo.root, dir), 'init', '--here', '--dry-run', '--json')
    return JSON.parse(stdout).tests[0].command
  }
  expect({ a: await command('packages/a'), b: await command('packages/b') }).toEqual({ a: 'pnpm test', b: 'yarn test' })
})

describe('two setups in one repository', () => {
  it('have hooks that each cover their own directory', async () => {
    const { repo, a } = await both()
    for (const { root } of [repo, a]) {
      const { hooks } = JSON.parse(read(repositoryAt(root), '.claude/settings.json'))
      const { command, args } = hooks.Stop[0].hooks[0] as { command: string; args: string[] }
      const script = args.map(argument => argument.replace(`\${CLAUDE_PROJECT_DIR}`, root))
      const input = JSON.stringify({ hook_event_name: 'SessionStart', source: 'startup', session_id: root, cwd: root })
      const { stdout } = await execa(command, script, { cwd: root, input, env: { CLAUDE_PROJECT_DIR: root } })
      expect(stdout).toContain('Countersign · idle')
    }
    const ledgers = [repo.root, a.root].map(root => read(repositoryAt(stateOf(repo, root)), 'ledger.jsonl'))
    expect(ledgers[0]).toContain(JSON.stringify(repo.root))
    expect(ledgers[0]).not.toContain(JSON.stringify(a.root))
    expect(ledgers[1]).toContain(JSON.stringify(a.root))
    expect(ledgers[1]).not.toContain(JSON.stringify(repo.root))
  })

  it('are each found from below', async () => {
    const { repo, a } = await both()
    mkdirSync(join(repo.root, 'docs'))
    const [belowA, belowRoot] = [join(a.root, 'src'), join(repo.root, 'docs')]
    expect((await countersign(belowA, 'pause')).exitCode).toBe(0)
    const paused = async (dir: string) => JSON.parse((await countersign(dir, 'status', '--json')).stdout).paused
    expect({ a: await paused(belowA), root: await paused(belowRoot) }).toEqual({ a: true, root: false })
  })

  it('are upgraded, and their conflicts resolved, from below', async () => {
    const { repo, a } = await both()
    const belowA = join(a.root, 'src')
    const old = olderTester(a)
    age(a, { [tester]: old })
    const ofRoot = read(repo, manifestPath)
    const check = async (dir: string) => (await countersign(dir, 'upgrade', '--check')).exitCode
    expect({ a: await check(belowA), root: await check(repo.root) }).toEqual({ a: 1, root: 0 })
    a.write(tester, old.replace('You test.', 'Mine.'))
    expect((await countersign(belowA, 'upgrade', '--yes')).exitCode).toBe(3)
    expect((await countersign(belowA, 'resolve', `../${tester}`, '--theirs')).exitCode).toBe(0)
    expect(await check(belowA)).toBe(0)
    expect(read(repo, manifestPath)).toBe(ofRoot)
  })

  it('are checked by doctor one at a time, by directory', async () => {
    const { a } = await both()
    const { checks } = JSON.parse((await countersign(join(a.root, 'src'), 'doctor', '--json')).stdout)
    const found = (wanted: string) => checks.find(({ id }: { id: string }) => id === wanted)
    expect(found('settings.place')).toMatchObject({ mark: 'warning', fix: `cd ${a.root}` })
    for (const id of ['hooks.fire', 'files.edited']) expect({ id, mark: found(id).mark }).toEqual({ id, mark: 'ok' })
  })

  it.each([
    ['the root', '', home],
    ['packages/a', home, ''],
  ])('keep the other one and its state when %s is uninstalled', async (_, goes, stays) => {
    const { repo } = await both()
    for (const dir of [goes, stays]) await countersign(join(repo.root, dir), 'pause')
    const kept = repositoryAt(join(repo.root, stays))
    const [manifest, memory] = [read(kept, manifestPath), names(stateOf(repo, kept.root))]
    expect(await countersign(join(repo.root, goes), 'uninstall', '--yes')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(has(repositoryAt(join(repo.root, goes)), '.claude')).toBe(false)
    expect(read(kept, manifestPath)).toBe(manifest)
    expect(names(stateOf(repo, kept.root))).toEqual(goes ? memory.filter(name => !name.startsWith('at-')) : memory)
    expect(JSON.parse((await countersign(kept.root, 'status', '--json')).stdout).paused).toBe(true)
    expect(await countersign(kept.root, 'uninstall', '--yes')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(treeOf(repo)).toEqual(files)
    expect(has(repo, '.git/countersign')).toBe(false)
  })

  it('finish only their own interrupted runs', async () => {
    const { repo, a } = await both()
    const write = { path: 'CLAUDE.md', text: 'half way\n', before: null }
    const journal = { v: 1, command: 'upgrade', version: '0.1.0', pid: 1, writes: [write] }
    const state = stateOf(repo, a.root).slice(repo.root.length + 1)
    repo.write(`${state}/setup-journal.json`, JSON.stringify(journal))
    expect((await countersign(repo.root, 'status')).stderr).toBe('')
    expect((await countersign(join(a.root, 'src'), 'status')).stderr).toContain('was interrupted')
    expect(has(repo, `${state}/setup-journal.json`)).toBe(false)
  })
})
