import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { describeNeeds, itNeeds, needs } from '../../support/platform.ts'
import { countersign, countersignWith } from '../../support/programs/cli.ts'
import { repository, repositoryAt, type TestRepository, temporaryDirectory } from '../../support/repository.ts'
import { age, bundle, has, installed, olderTester, read, tester, treeOf } from '../../support/setup/aged.ts'

const files = { 'package.json': '{"scripts":{"test":"node --test"}}\n' }
const cli = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url))

/** Sets up, ages, upgrades and leaves; the tree has to be what it was before. */
async function wholeLife(repo: TestRepository): Promise<void> {
  const tree = treeOf(repo)
  expect(await countersign(repo.root, 'init', '--yes')).toMatchObject({ exitCode: 0, stderr: '' })
  const newest = read(repo, tester)
  age(repo, { [tester]: olderTester(repo) })
  expect(await countersign(repo.root, 'upgrade', '--yes')).toMatchObject({ exitCode: 0, stderr: '' })
  expect(read(repo, tester)).toBe(newest)
  expect(await countersign(repo.root, 'uninstall', '--yes')).toMatchObject({ exitCode: 0, stderr: '' })
  expect(treeOf(repo)).toEqual(tree)
}

/** Fires the SessionStart hook of a set-up at `root` as its settings.json has it. */
async function fired({ root }: { root: string }) {
  const { hooks } = JSON.parse(readFileSync(join(root, '.claude/settings.json'), 'utf8'))
  const { command, args } = hooks.SessionStart[0].hooks[0] as { command: string; args: string[] }
  const input = JSON.stringify({ hook_event_name: 'SessionStart', source: 'startup', session_id: 's', cwd: root })
  const filled = args.map(argument => argument.replace(`\${CLAUDE_PROJECT_DIR}`, root))
  return execa(command, filled, { cwd: root, input, env: { CLAUDE_PROJECT_DIR: root }, reject: false })
}

describe('init works in', () => {
  it('a linked worktree, whose state is its own', async () => {
    const repo = repository(files)
    const linked = join(temporaryDirectory(), 'linked')
    repo.git('worktree', 'add', '-q', linked)
    await countersign(linked, 'init', '--yes')
    expect(existsSync(join(repo.root, '.git/worktrees/linked/countersign/ledger.jsonl'))).toBe(true)
    expect(has(repo, '.git/countersign')).toBe(false)
    await countersign(linked, 'uninstall', '--yes')
    await wholeLife(repositoryAt(linked))
  })

  it('a submodule', async () => {
    const [inner, outer] = [repository(files), repository({ 'a.txt': '' })]
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'sub')
    await wholeLife(repositoryAt(join(outer.root, 'sub')))
    expect(outer.git('status', '--porcelain', 'sub')).toBe('A  sub')
  })

  it('a git directory elsewhere', async () => {
    const repo = repositoryAt(temporaryDirectory())
    repo.git('init', '-q', '--separate-git-dir', join(temporaryDirectory(), 'elsewhere.git'))
    repo.write('package.json', files['package.json'])
    await wholeLife(repo)
  })

  it.each([
    ['a detached HEAD', (repo: TestRepository) => repo.git('checkout', '-q', '--detach')],
    ['hooks of git’s somewhere else', (repo: TestRepository) => repo.git('config', 'core.hooksPath', '/nowhere')],
    [
      'a merge in progress',
      (repo: TestRepository) => {
        repo.git('checkout', '-q', '-b', 'side')
        repo.write('package.json', '{}\n')
        repo.commit()
        repo.git('checkout', '-q', 'main')
        repo.write('package.json', '{"a":1}\n')
        repo.commit()
        expect(() => repo.git('merge', '-q', 'side')).toThrow()
      },
    ],
    ['changes that are not committed', (repo: TestRepository) => repo.write('package.json', '{"name":"dirty"}\n')],
  ])('%s', async (_, prepare) => {
    const repo = repository(files)
    prepare(repo)
    const index = repo.git('ls-files', '--stage')
    await wholeLife(repo)
    expect(repo.git('ls-files', '--stage')).toBe(index)
  })

  it('a shallow clone', async () => {
    const repo = repository(files)
    const clone = join(temporaryDirectory(), 'clone')
    repo.git('clone', '-q', '--depth', '1', `file://${repo.root}`, clone)
    await wholeLife(repositoryAt(clone))
  })
})

it('a bare repository, and git’s own directory, are refused', async () => {
  const bare = temporaryDirectory()
  repository().git('init', '-q', '--bare', bare)
  const names = readdirSync(bare)
  for (const cwd of [bare, join(repository(files).root, '.git')])
    expect(await countersign(cwd, 'init', '--yes', '--here')).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining(`${cwd} is in a git repository, but not in a working tree`),
    })
  expect(readdirSync(bare)).toEqual(names)
})

describe('clones', () => {
  it('with CRLF from git’s own settings have no drift', async () => {
    const repo = await installed()
    repo.commit()
    const clone = join(temporaryDirectory(), 'clone')
    repo.git('clone', '-q', '-c', 'core.autocrlf=true', repo.root, clone)
    expect(read(repositoryAt(clone), tester)).toContain('\r\n')
    expect((await countersign(clone, 'upgrade', '--check')).exitCode).toBe(0)
  })

  it('with CRLF have a gate that works', async () => {
    const repo = await installed()
    repo.commit()
    const clone = repositoryAt(join(temporaryDirectory(), 'clone'))
    repo.git('clone', '-q', '-c', 'core.autocrlf=true', repo.root, clone.root)
    expect(read(clone, bundle)).toContain('\r\n')
    const { stdout, stderr } = await fired(clone)
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringContaining('Countersign · idle'), stderr: '' })
  })

  it.each([
    ['of this version have nothing to do', false],
    ['of an older one are told what to bring in, and write nothing', true],
  ])('that are sparse and %s', async (_, isOlder) => {
    const repo = await installed()
    if (isOlder) age(repo, { [tester]: olderTester(repo) })
    repo.commit()
    const clone = repositoryAt(join(temporaryDirectory(), 'clone'))
    repo.git('clone', '-q', repo.root, clone.root)
    clone.git('sparse-checkout', 'set', '--no-cone', '/*', '!/.claude/agents')
    const { exitCode, stderr } = await countersign(clone.root, 'upgrade', isOlder ? '--yes' : '--check')
    expect({ tester: has(clone, tester), status: clone.git('status', '--short') }).toEqual({
      tester: false,
      status: '',
    })
    if (!isOlder) return expect(exitCode).toBe(0)
    expect({ exitCode, stderr }).toEqual({
      exitCode: 73,
      stderr: expect.stringMatching(/leaves out[\s\S]*tester\.md[\s\S]*sparse-checkout add \.claude\/agents$/),
    })
    clone.git('sparse-checkout', 'add', '.claude/agents')
    expect((await countersign(clone.root, 'upgrade', '--yes')).exitCode).toBe(0)
    expect(read(clone, tester)).not.toBe(read(repo, tester))
  })

  it('of one setup get the same bytes from the same upgrade', async () => {
    const repo = await installed()
    age(repo, { [tester]: olderTester(repo) })
    repo.commit()
    const clones = ['one', 'other'].map(name => repositoryAt(join(temporaryDirectory(), name)))
    for (const { root } of clones) {
      repo.git('clone', '-q', repo.root, root)
      await countersign(root, 'upgrade', '--yes')
    }
    expect(treeOf(clones[0]!)).toEqual(treeOf(clones[1]!))
    expect(clones[0]!.git('diff', '--stat')).toContain('tester.md')
  })
})

describe('without git', () => {
  /** PATH holds Node alone. */
  function withoutGit(cwd: string, ...args: string[]) {
    needs('POSIX')
    const bin = temporaryDirectory()
    symlinkSync(process.execPath, join(bin, 'node'))
    return countersignWith({ PATH: bin }, cwd, ...args)
  }
  const saysSo = { exitCode: 69, stdout: '', stderr: expect.stringMatching(/^git was not found on PATH/) }

  it('every command says so and writes nothing', async () => {
    // A linked worktree has no git directory that could be found without asking git.
    const repo = repository(files)
    const linked = join(temporaryDirectory(), 'linked')
    repo.git('worktree', 'add', '-q', linked)
    for (const command of ['init', 'upgrade', 'uninstall'])
      expect({ command, ...(await withoutGit(linked, command, '--yes')) }).toEqual({ command, ...saysSo })
    expect(treeOf(repositoryAt(linked))).toEqual(files)
  })

  it.each([
    'init --dry-run',
    'doctor',
    'upgrade --check',
    'resolve CLAUDE.md --mine',
    'uninstall --dry-run',
    'status',
    'findings',
    'pick F1',
    'dismiss F1 --reason no',
    'pause',
    'resume',
    'rehearse',
  ])('%s says so in a subdirectory', async line =>
    expect(await withoutGit(join(repository({ 'api/a.js': '' }).root, 'api'), ...line.split(' '))).toEqual(saysSo),
  )

  it.each(['init --dry-run', 'init --yes', 'doctor'])('%s says so at the root, where git is found late', async line => {
    const repo = repository(files)
    expect(await withoutGit(repo.root, ...line.split(' '))).toEqual(saysSo)
    expect(treeOf(repo)).toEqual(files)
  })

  it('--json has its code', async () => {
    const { stdout } = await withoutGit(repository(files).root, 'doctor', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'git-missing' } })
  })

  it('a git that fails is not a missing git', async () => {
    const repo = repository({ 'api/a.js': '' })
    repo.write('.git/config', '[core\n')
    const { exitCode, stderr } = await countersign(join(repo.root, 'api'), 'status')
    expect({ exitCode, stderr }).toEqual({
      exitCode: 69,
      stderr: expect.stringMatching(/^git failed here: .*config/),
    })
  })
})

describeNeeds('POSIX')('places that cannot be written', () => {
  /** Runs the command line as somebody who is not root, whoever runs the tests. */
  async function asNobody(repo: TestRepository, ...words: (string | (() => unknown))[]) {
    const who = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
    if ('uid' in who) await execa('chown', ['-R', '65534:65534', repo.root])
    for (const prepare of words) if (typeof prepare === 'function') await prepare()
    const args = words.filter(word => typeof word === 'string')
    const { exitCode, stdout, stderr } = await execa('node', [cli, ...args], {
      cwd: repo.root,
      reject: false,
      stdin: 'ignore',
      ...who,
    })
    return { exitCode, stdout, stderr }
  }

  it.each([
    ['a read-only file', tester, 0o444],
    ['a read-only directory', '.claude/agents', 0o555],
    ['a file that cannot be read', tester, 0o000],
    ['a git directory that cannot be written', '.git/countersign', 0o555],
  ])('%s stops upgrade and uninstall before the first write', async (_, path, mode) => {
    const repo = await installed()
    age(repo, { [tester]: olderTester(repo) })
    const tree = treeOf(repo)
    chmodSync(join(repo.root, path), mode)
    for (const command of ['upgrade', 'uninstall']) {
      const { exitCode, stderr } = await asNobody(repo, command, '--yes')
      expect({ command, exitCode }).toEqual({ command, exitCode: 77 })
      expect(stderr).toContain('Nothing was written')
      expect(stderr).toContain(path)
      expect(stderr).not.toContain('    at ')
    }
    chmodSync(join(repo.root, path), 0o755)
    expect(treeOf(repo)).toEqual(tree)
  })

  it.each([
    ['a read-only settings.json', '.claude/settings.json', 0o444],
    ['a settings.json that cannot be read', '.claude/settings.json', 0o000],
    ['a read-only .claude', '.claude', 0o555],
    ['a .claude that cannot be entered', '.claude', 0o666],
    ['a read-only directory of agents', '.claude/agents', 0o555],
  ])('%s stops init before the first write', async (_, path, mode) => {
    const repo = repository({ ...files, '.claude/settings.json': '{}\n', '.claude/agents/own.md': 'own\n' })
    const tree = treeOf(repo)
    chmodSync(join(repo.root, path), mode)
    const { exitCode, stderr } = await asNobody(repo, 'init', '--yes')
    chmodSync(join(repo.root, path), 0o755)
    expect({ exitCode, stderr }).toEqual({
      exitCode: 77,
      stderr: expect.stringMatching(
        /^\.claude\S* cannot be read or written \(permission denied\)\. Nothing was written\.$/,
      ),
    })
    expect(stderr).toContain(path)
    expect(treeOf(repo)).toEqual(tree)
  })

  itNeeds('to be root')('a .claude that belongs to root stops everybody else', async () => {
    const repo = repository({ ...files, '.claude/settings.json': '{}\n' })
    const tree = treeOf(repo)
    const { exitCode, stderr } = await asNobody(repo, 'init', '--yes', () =>
      execa('chown', ['-R', '0:0', join(repo.root, '.claude')]),
    )
    expect({ exitCode, stderr }).toEqual({ exitCode: 77, stderr: expect.stringContaining('.claude') })
    expect(treeOf(repo)).toEqual(tree)
  })

  itNeeds('to be root')('init as root in another user’s repository leaves everything to that user', async () => {
    const repo = repository({ ...files, '.claude/settings.json': '{}\n' })
    chmodSync(join(repo.root, '.claude/settings.json'), 0o664)
    await execa('chown', ['-R', '65534:65533', repo.root])
    const env = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' }
    const { exitCode, stderr } = await execa('node', [cli, 'init', '--yes'], { cwd: repo.root, env, reject: false })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const found = readdirSync(repo.root, { recursive: true, encoding: 'utf8' }).filter(
      name => !/^\.git\//.test(name) || /^\.git\/countersign/.test(name),
    )
    const others = found.filter(name => {
      const { uid, gid } = lstatSync(join(repo.root, name))
      return `${uid}:${gid}` !== '65534:65533'
    })
    expect(found).toContain('.claude/hooks/countersign.cjs')
    expect(others).toEqual([])
    expect(statSync(join(repo.root, '.claude/settings.json')).mode & 0o777).toBe(0o664)
    const { stdout } = await execa('node', ['.claude/hooks/countersign.cjs'], {
      cwd: repo.root,
      input: '{"hook_event_name":"SessionStart","session_id":"s1","source":"startup"}\n',
      uid: 65534,
      gid: 65533,
    })
    expect(stdout).toContain('Countersign · idle')
  })

  it('a repository that cannot be written at all stops init', async () => {
    const repo = repository(files)
    chmodSync(repo.root, 0o555)
    const { exitCode, stderr } = await asNobody(repo, 'init', '--yes')
    chmodSync(repo.root, 0o755)
    expect({ exitCode, stderr }).toEqual({ exitCode: 77, stderr: expect.stringContaining('Nothing was written') })
    expect(treeOf(repo)).toEqual(files)
  })
})

describe('any name of a directory', () => {
  it.each([
    ['blanks and quotes', `it's "mine" now`],
    ['what a shell would read', '$HOME `x` $(y) & ;'],
    ['brackets and globs', '[a]*?{b,c}'],
    ['letters beyond ASCII, composed and not', 'Läden la\u0308den 🛒'],
    ['a leading dash and a percent sign', '-n %PATH%'],
    ['more than 260 characters', `${'x'.repeat(120)}/${'y'.repeat(120)}/${'z'.repeat(120)}`],
  ])('%s', async (_, name) => {
    if (/["*?|]/.test(name)) needs('POSIX')
    const repo = repositoryAt(join(temporaryDirectory(), name))
    repo.write('package.json', files['package.json'])
    repo.git('init', '-q')
    expect((await countersign(repo.root, 'init', '--yes')).exitCode).toBe(0)
    expect((await fired(repo)).stdout).toContain('Countersign · idle')
    age(repo, { [tester]: olderTester(repo) })
    expect(await countersign(repo.root, 'upgrade', '--yes')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await countersign(repo.root, 'uninstall', '--yes')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(treeOf(repo)).toEqual(files)
  })

  it('a manifest has forward slashes and nothing of this machine', async () => {
    const repo = await installed()
    const text = read(repo, '.claude/countersign/manifest.json')
    expect(text).not.toContain('\\')
    expect(text).not.toContain(repo.root)
    expect(Object.keys(JSON.parse(text).files)).toContain(bundle)
  })
})

describe('every command', () => {
  it('--dry-run and --check only show the plan, in any command', async () => {
    const repo = await installed()
    age(repo, { [tester]: olderTester(repo) })
    const [tree, state] = [treeOf(repo), readdirSync(join(repo.root, '.git/countersign'))]
    for (const args of [
      ['init', '--dry-run'],
      ['upgrade', '--dry-run'],
      ['upgrade', '--check'],
      ['uninstall', '--dry-run'],
    ]) {
      const { stdout, stderr } = await countersign(repo.root, ...args)
      expect(stdout).not.toContain('\u001B')
      expect(stderr).toBe('')
      const json = JSON.parse((await countersign(repo.root, ...args, '--json')).stdout)
      expect(json).toMatchObject({ version: 1, root: repo.root, written: false })
    }
    expect(treeOf(repo)).toEqual(tree)
    expect(readdirSync(join(repo.root, '.git/countersign'))).toEqual(state)
  })

  it.each([
    ['upgrade', 'no-setup', 64],
    ['uninstall', 'usage', 64],
    ['resolve', 'no-setup', 64],
  ])('%s also fails in one JSON document', async (command, code, exit) => {
    const { root } = repository(files)
    const args = { resolve: ['a.md', '--mine'], uninstall: ['--prge'] }[command] ?? []
    const { exitCode, stdout, stderr } = await countersign(root, command, ...args, '--json')
    expect({ exitCode, stderr }).toEqual({ exitCode: exit, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ error: { code, message: expect.any(String) } })
  })
})
