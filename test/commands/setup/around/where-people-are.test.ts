import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { itNeeds } from '../../../support/platform.ts'
import { countersign, countersignWith } from '../../../support/programs/cli.ts'
import { repository, type TestRepository } from '../../../support/repository.ts'
import { bundle, has, installed, read, treeOf } from '../../../support/setup/aged.ts'
import { doctor, healthy } from '../../../support/setup/healthy.ts'

const project = { 'package.json': '{"scripts":{"test":"node --test"}}\n' }
const init = async (repo: TestRepository, ...args: string[]) =>
  (await countersign(repo.root, 'init', '--yes', ...args)).stdout

/** The commands of the step that commits, as the user would copy them. */
const commit = (stdout: string): string =>
  /Commit the setup.*\n((?: {7}.*\n)+)/.exec(stdout)![1]!.replace(/^ {7}/gm, '')
const run = ({ root }: TestRepository, commands: string) =>
  execFileSync('sh', ['-ec', commands], { cwd: root, stdio: 'pipe' })
const staged = (repo: TestRepository) => repo.git('diff', '--cached', '--name-only').split('\n').filter(Boolean)

describe('the advised git add', () => {
  itNeeds('POSIX')('stages exactly what was written', async () => {
    const repo = repository({ ...project, '.claude/hooks/mine.js': '' })
    const before = Object.keys(treeOf(repo))
    const stdout = await init(repo)
    repo.write('.claude/settings.local.json', '{"env":{"TOKEN":"x"}}\n')
    repo.write('.claude/hooks/hook.log', 'a log\n')
    run(repo, commit(stdout))
    const written = Object.keys(treeOf(repo)).filter(path => !before.includes(path))
    expect(staged(repo)).toEqual(written.filter(path => !/settings\.local|hook\.log/.test(path)).sort())
    expect(
      commit(stdout)
        .split('\n')
        .filter(line => line.length > 80),
    ).toEqual([])
  })
  itNeeds('POSIX')('takes the real place of a directory behind a link, which the plan names', async () => {
    const repo = repository({ ...project, 'public/readme.txt': '' })
    mkdirSync(join(repo.root, '.claude'))
    symlinkSync('../public', join(repo.root, '.claude/skills'))
    const stdout = await init(repo)
    expect(stdout).toContain(
      '.claude/skills/feature/SKILL.md is behind a link: the file is really\n  public/feature/SKILL.md.',
    )
    run(repo, commit(stdout))
    expect(staged(repo)).toContain('public/feature/SKILL.md')
  })
  itNeeds('POSIX').each([
    ['of directories', ['set', 'src']],
    ['of patterns', ['set', '--no-cone', '/src/']],
  ])('works in a sparse checkout %s', async (_, args) => {
    const repo = repository({ ...project, 'src/a.js': '', 'docs/a.md': '' })
    repo.git('sparse-checkout', ...args)
    const stdout = await init(repo)
    expect(stdout).toMatch(/git sparse-checkout add \/?\.claude\/?( \/CLAUDE.md \/.gitattributes)?\n/)
    run(repo, commit(stdout))
    expect(staged(repo)).toEqual(expect.arrayContaining([bundle, '.claude/settings.json']))
    repo.commit('set up')
    expect(await init(repo)).not.toContain('sparse-checkout')
  })
})

describe('.gitignore hides files of the setup', () => {
  it.each([
    ['.claude/*\n!.claude/settings.json\n', '!/.claude/hooks/'],
    ['.claude/**\n!.claude/settings.json\n', '!/.claude/hooks/**'],
    ['hooks/\n', '!/.claude/hooks/'],
    ['*.cjs\n', '!/.claude/hooks/countersign.cjs'],
  ])('%j: each is found, and the lines that init prints end it', async (rules, line) => {
    const repo = repository({ ...project, '.gitignore': rules })
    const stdout = await init(repo)
    expect(stdout).toMatch(/! Git ignores \.claude\/[\s\S]*In a clone every hook would fail/)
    const lines = stdout.match(/^ {7}!.*$/gm)!.map(text => text.trim())
    expect(lines).toContain(line)
    repo.write('.gitignore', rules + lines.map(text => `${text}\n`).join(''))
    repo.git('add', '-A')
    expect(staged(repo)).toEqual(expect.arrayContaining([bundle, '.claude/countersign.yaml']))
    repo.git('reset', '-q')
    expect(await init(repo)).not.toContain('Git ignores')
  })

  itNeeds('POSIX')('doctor says so, until git has them all the same', () => {
    const setup = healthy()
    expect(doctor(setup).checks['files.shared']).toMatchObject({ mark: 'ok' })
    setup.repo.git('rm', '-q', '--cached', bundle)
    setup.repo.write('.gitignore', '.claude/*\n!.claude/settings.json\n')
    expect(doctor(setup).checks['files.shared']).toMatchObject({
      mark: 'fault',
      details: [bundle],
      fix: 'Add to the end of .gitignore:\n      !/.claude/hooks/',
    })
    setup.repo.git('add', '-f', bundle)
    expect(doctor(setup).checks['files.shared']).toMatchObject({ mark: 'ok' })
  })
})

it('the home directory is refused: its .claude holds the user’s own settings', async () => {
  const repo = repository(project)
  const before = treeOf(repo)
  const homes: Record<string, string>[] = [{ HOME: repo.root }, { CLAUDE_CONFIG_DIR: join(repo.root, '.claude') }]
  for (const env of homes)
    expect(await countersignWith(env, repo.root, 'init', '--yes', '--here')).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining('is your home directory'),
    })
  expect(treeOf(repo)).toEqual(before)
})

describe('settings.json of the user', () => {
  it('with another tool’s event that is no list keeps it, and init and doctor name it', async () => {
    const text = '{\n  "hooks": {\n    "PreCompact": { "run": "x" }\n  }\n}\n'
    const repo = repository({ ...project, '.claude/settings.json': text })
    const { exitCode, stdout } = await countersign(repo.root, 'init', '--yes')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('.claude/settings.json: hooks.PreCompact is not a list of hooks.')
    expect(JSON.parse(read(repo, '.claude/settings.json')).hooks).toMatchObject({
      PreCompact: { run: 'x' },
      Stop: [{ hooks: [{}] }],
    })
    await countersign(repo.root, 'uninstall', '--yes')
    expect(read(repo, '.claude/settings.json')).toBe(text)
  })
  it('with comments is the first step, and loses them only when asked to; the old file is kept under .git', async () => {
    const text = '{\n  // mine\n  "model": "opus", // really\n  "env": {},\n}\n'
    const repo = repository({ ...project, '.claude/settings.json': text })
    const first = await init(repo)
    expect(first).toContain('1. Remove the comments and trailing commas from .claude/settings.json.')
    expect(first).toContain('\n       npx countersign init --strip-comments\n')
    expect(read(repo, '.claude/settings.json')).toContain('// mine')
    const kept = read(repo, '.claude/settings.json')
    expect(await init(repo, '--strip-comments')).not.toContain('Remove the comments')
    expect(JSON.parse(read(repo, '.claude/settings.json'))).toMatchObject({ model: 'opus', hooks: { Stop: [{}] } })
    const [old] = readdirSync(join(repo.root, '.git/countersign-replaced'))
    expect(read(repo, `.git/countersign-replaced/${old}`)).toBe(kept)
    await countersign(repo.root, 'uninstall', '--yes')
    expect(read(repo, '.claude/settings.json')).toBe('{\n  "model": "opus",\n  "env": {}\n}\n')
  })
})

describe('init says what is missing', () => {
  it('of the programs, with the command that installs each', async () => {
    const node = join(process.execPath, '..')
    const { stdout } = await countersignWith(
      { PATH: `${node}:/usr/bin:/bin` },
      repository(project).root,
      'init',
      '--yes',
    )
    expect(stdout).toContain('Claude Code ✗ not found · Codex ✗ not found')
    expect(stdout).toContain('Install Claude Code:\n       npm install --global @anthropic-ai/claude-code\n')
    expect(stdout).toContain('Install Codex:\n       npm install --global @openai/codex\n')
  })
  it('to a colleague without Node, and what a message about it means', async () =>
    expect(await init(repository(project))).toMatch(
      /needs Node 20\.19 or later as `node` on PATH\.\s+“Executable not found: node” comes from Countersign's hook\./,
    ))
  it.each<Record<string, string>>([
    { 'package.json': '{"workspaces":["packages/*"]}\n' },
    { 'pnpm-workspace.yaml': 'packages: ["a"]\n' },
    { 'Cargo.toml': '[workspace]\nmembers = []\n' },
    { 'pyproject.toml': '[tool.uv.workspace]\nmembers = []\n' },
  ])('to a workspace, of which a package can be set up alone: %j', async files =>
    expect(await init(repository(files))).toMatch(/workspace\.[\s\S]*\n {4}npx countersign init --here\n/),
  )
})

it('the plan is a few lines, and every file with --verbose', async () => {
  const repo = repository(project)
  const lines = (await init(repo, '--dry-run')).split('\n').filter(line => /^ {2}[+±] /.test(line))
  expect(lines.length).toBeLessThanOrEqual(9)
  expect(lines).toContain('  + .claude/agents/               architect, developer, tester')
  expect(await init(repo, '--dry-run', '--verbose')).toMatch(/├─ \+ architect\.md +reads and designs/)
  expect((await init(repo)).split('\n').filter(line => line.length > 80)).toEqual([])
  expect(has(await installed(), '.gitattributes')).toBe(true)
})
