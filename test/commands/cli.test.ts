import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/command-table.ts'
import { describe as described, UserError } from '../../src/errors.ts'
import { GitError } from '../../src/shell/git/git.ts'
import { describeNeeds } from '../support/platform.ts'
import { countersign } from '../support/programs/cli.ts'
import { repository, temporaryDirectory } from '../support/repository.ts'

describe('a wrong command line is answered with 64 on stderr, never with 2', () => {
  it.each([
    [['instal'], 'Unknown command: instal.\nDid you mean init?'],
    [['hok'], 'Unknown command: hok.\nSee: npx countersign --help'],
    [['init', '--purge'], '`init` has no option --purge.\nCommands that have it: uninstall'],
    [['int'], 'Unknown command: int.\nDid you mean init?'],
    [['xyzzy'], 'Unknown command: xyzzy.'],
    [['init', '--dryrun'], 'Unknown option: --dryrun.\nDid you mean --dry-run?'],
    [['init', 'here'], 'Unknown argument: here.'],
    [['init', '--cwd'], '--cwd needs a value.'],
    [['init', '--cwd', 'nowhere'], 'Directory not found'],
    [['findings', '--format', 'xml'], '--format must be one of text, json, md, html, sarif, not "xml".'],
    [['upgrade', '--chek'], 'Unknown option: --chek.\nDid you mean --check?'],
    [['upgrade', '--restore'], '--restore needs a value.'],
    [['uninstal'], 'Unknown command: uninstal.\nDid you mean uninstall?'],
    [['--cwd', '.', 'statsu'], 'Unknown command: statsu.\nDid you mean status?'],
    [['--cwd', '.', 'xyzzy'], 'Unknown command: xyzzy.\nSee: npx countersign --help'],
    [['resolve'], '`resolve` needs an argument.\nSee: npx countersign resolve --help'],
    [['dismiss', 'F1'], '--reason is required.'],
  ])('%j', async (args, says) => {
    const { exitCode, stdout, stderr } = await countersign(temporaryDirectory(), ...args)
    expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' })
    expect(stderr).toContain(says)
  })
})

it.each([
  ['upgrade', 'Countersign is not set up here, so there is nothing to upgrade. Set it up:\n  npx countersign init'],
  [
    'resolve a.md --mine',
    'Countersign is not set up here, so there is nothing to resolve. Set it up:\n  npx countersign init',
  ],
  ['resume', 'Countersign is not set up here, so there is nothing to resume. Set it up:\n  npx countersign init'],
  ['rehearse --deadline 0', '--deadline needs a number of seconds above 0.\nSee: npx countersign rehearse --help'],
])('%s where nothing is set up is answered with what to type', async (line, stderr) =>
  expect(await countersign(repository().root, ...line.split(' '))).toEqual({ exitCode: 64, stdout: '', stderr }),
)

it.each([[[]], [['help']], [['-h']]])('%j is the help, and a result', async args => {
  const cwd = temporaryDirectory()
  const { exitCode, stdout, stderr } = await countersign(cwd, ...args)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toBe((await countersign(cwd, '--help')).stdout)
  expect(stdout.split('\n').filter(line => line.length > 80)).toEqual([])
})

it('--help and --version are results', async () => {
  const cwd = temporaryDirectory()
  const help = await countersign(cwd, '--help')
  expect(help).toMatchObject({ exitCode: 0, stderr: '' })
  const shown = [...help.stdout.matchAll(/^ +countersign ([a-z]+)/gm)].map(([, command]) => command)
  expect(shown).toEqual([
    'init',
    'doctor',
    'upgrade',
    'resolve',
    'uninstall',
    'status',
    'findings',
    'pick',
    'dismiss',
    'pause',
    'resume',
    'rehearse',
  ])
  expect(await countersign(cwd, '-v')).toEqual(await countersign(cwd, '--version'))
  expect(await countersign(cwd, '--version')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  })
})

it('output that is no terminal has no colour', async () => {
  const { root } = repository({ 'a.txt': '' })
  for (const args of [['init', '--dry-run'], ['status'], ['findings']])
    expect((await countersign(root, ...args)).stdout).not.toContain('\u001B')
})

it('ids that look like numbers stay words', async () => {
  const { stdout } = await countersign(repository().root, 'pick', '1', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'nothing-to-choose' } })
})

it.each(
  commands
    .filter(({ about }) => about !== false)
    .flatMap(({ usage, options = {} }) => {
      const [name = '', ...positional] = usage.split(' ')
      const words = positional.map(() => 'F1')
      return 'reason' in options ? [[name, ...words, '--reason', 'r']] : [[name, ...words]]
    }),
)('a failing `%s` prints one JSON document where it is asked for one, and nothing else', async (...args) => {
  const cwd = temporaryDirectory()
  for (const asked of ['--json', '--json=true'])
    for (const wrong of [[], ['--nope'], ['--cwd', join(cwd, 'missing')]]) {
      const { stdout, stderr, exitCode } = await countersign(cwd, ...args, asked, ...wrong)
      expect({ exitCode, stderr }).toEqual({ exitCode: 64, stderr: '' })
      expect(JSON.parse(stdout)).toEqual({
        error: expect.objectContaining({ code: expect.any(String), message: expect.any(String) }),
      })
    }
})

it.each([
  ['/plain/path', '/plain/path'],
  ['/with a blank', '"/with a blank"'],
  ["/it's $HOME", "'/it'\\''s $HOME'"],
])('a command to copy names %s as a shell takes it', (root, quoted) =>
  expect(described(new UserError('not-the-root', { cwd: `${root}/api`, root })).message).toContain(`--cwd ${quoted}\n`),
)

it('a git that was killed is not a missing git', () =>
  expect(described(new GitError(['status'], null, '', 'killed by SIGKILL'))).toMatchObject({
    code: 'git-failed',
    exitCode: 69,
    message: 'git failed here: git status failed: killed by SIGKILL',
  }))

describeNeeds('Linux')('the reader of a result', () => {
  const cli = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url))
  const shell = (cwd: string, line: string) =>
    execa('bash', ['-c', `set -o pipefail; ${line}`], { cwd, reject: false, env: { CLI: cli } })

  it('may stop after the first line', async () => {
    const repo = repository({ 'package.json': '{"scripts":{"test":"node --test"}}\n' })
    const { exitCode, stdout, stderr } = await shell(repo.root, 'node "$CLI" init --yes | head -1')
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^Countersign in /),
      stderr: '',
    })
    expect(repo.git('status', '--short')).toMatch(/\.claude/)
  })

  it('is told where it cannot be written', async () => {
    const { exitCode, stderr } = await shell(repository().root, 'node "$CLI" findings >/dev/full')
    expect({ exitCode, stderr }).toEqual({
      exitCode: 73,
      stderr: expect.stringMatching(/^Cannot write to stdout: ENOSPC/),
    })
  })
})

describe('where nothing is set up', () => {
  it.each(['status', 'pause'])('%s says that no gate is set up, and leaves nothing behind', async command => {
    const repo = repository()
    const { exitCode, stderr } = await countersign(repo.root, command)
    expect({ exitCode, stderr }).toEqual({
      exitCode: 64,
      stderr: expect.stringMatching(/^Countersign is not set up here[\s\S]*countersign init$/),
    })
    expect(existsSync(join(repo.root, '.git/countersign'))).toBe(false)
  })

  it('a repository without a working tree is not told to become another one', async () => {
    const bare = temporaryDirectory()
    repository({ 'a.js': '' }).git('clone', '-q', '--bare', '.', join(bare, '.bare'))
    writeFileSync(join(bare, '.git'), 'gitdir: ./.bare\n')
    for (const command of [['init', '--yes'], ['status']]) {
      const { exitCode, stderr } = await countersign(bare, ...command)
      expect({ exitCode, stderr }).toEqual({
        exitCode: 64,
        stderr: expect.stringMatching(/not in a working tree[\s\S]*git worktree list$/),
      })
    }
  })

  it.each(['countersign.cjs', 'countersign-full.cjs'])(
    'a file of the user’s at the path of the gate is neither run nor replaced: %s',
    async name => {
      const repo = repository({ [`.claude/hooks/${name}`]: 'mine\n' })
      const { exitCode, stderr } = await countersign(repo.root, 'init', '--yes')
      expect([exitCode, stderr]).toEqual([73, expect.stringContaining(`${name} is a file of your own`)])
      expect(repo.git('status', '--short')).toBe('')
    },
  )
})

it('status says that the configuration is invalid, and where', async () => {
  const repo = repository()
  await countersign(repo.root, 'init', '--yes')
  repo.write('.claude/countersign.yaml', 'version: 1\ndebate: { rounds: 99 }\n')
  const { exitCode, stdout, stderr } = await countersign(repo.root, 'status')
  expect({ exitCode, stdout }).toEqual({ exitCode: 78, stdout: expect.stringMatching(/^Idle/) })
  expect(stderr).toMatch(/^\.claude\/countersign\.yaml:2:19: debate\.rounds: .*\nUntil this is fixed/)
})
