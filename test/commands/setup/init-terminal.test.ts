import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { describeNeeds } from '../../support/platform.ts'
import { startTerminal } from '../../support/programs/terminal.ts'
import { repository, type TestRepository, temporaryDirectory } from '../../support/repository.ts'
import { has, manifestIn, read, treeOf } from '../../support/setup/aged.ts'

const cli = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url))
const tester = '.claude/agents/tester.md'
const beside = '.claude/agents/countersign-tester.md'
const theirs = '---\nname: tester\n---\nMine.\n'

/** `init` in a terminal. */
async function initIn(cwd: string) {
  const { PATH = '', GIT_CONFIG_GLOBAL = '', GIT_CONFIG_NOSYSTEM = '' } = process.env
  const env = {
    PATH,
    HOME: temporaryDirectory(),
    TERM: 'xterm',
    LANG: 'C.UTF-8',
    GIT_CONFIG_GLOBAL,
    GIT_CONFIG_NOSYSTEM,
  }
  const command = `${process.execPath} ${cli} init; echo "exit $?"; sleep 60`
  const terminal = await startTerminal(['sh', '-c', command], {
    cwd,
    env,
    socket: join(temporaryDirectory(), 't'),
  })
  onTestFinished(() => terminal.close())
  return terminal
}

/** Takes Enter for an answer to the one thing that every init asks. */
async function agree(terminal: Awaited<ReturnType<typeof initIn>>) {
  await terminal.waitFor('Write these')
  await terminal.press('Enter')
}

/** The same in a repository that has a tester of its own, up to the question about it. */
async function askedAboutTester(repo: TestRepository) {
  const terminal = await initIn(repo.root)
  await terminal.waitFor('You already have .claude/agents/tester.md')
  return terminal
}

const project = () => repository({ 'package.json': '{"scripts":{"test":"node --test"}}\n', [tester]: theirs })

describeNeeds('tmux')('a terminal is asked about a file with the name of a managed file', () => {
  it('Enter keeps only the user’s file', async () => {
    const repo = project()
    const terminal = await askedAboutTester(repo)
    await terminal.press('Enter')
    await agree(terminal)
    await terminal.waitFor('exit 0')
    expect(read(repo, tester)).toBe(theirs)
    expect(has(repo, beside)).toBe(false)
    expect(manifestIn(repo).files).not.toHaveProperty([tester])
  })

  it('Countersign’s can be installed beside it, under another name', async () => {
    const repo = project()
    const terminal = await askedAboutTester(repo)
    await terminal.press('Down', 'Enter')
    await agree(terminal)
    await terminal.waitFor('exit 0')
    expect(read(repo, tester)).toBe(theirs)
    expect(read(repo, beside)).toMatch(/^---\nname: countersign-tester\n/)
    expect(manifestIn(repo).files[beside]).toMatchObject({ id: 'agent-tester', prefixed: true })
  })

  it('the user’s file can be adopted, and is left untouched', async () => {
    const repo = project()
    const terminal = await askedAboutTester(repo)
    await terminal.press('Down', 'Down', 'Enter')
    await agree(terminal)
    await terminal.waitFor('exit 0')
    expect(read(repo, tester)).toBe(theirs)
    expect(manifestIn(repo).files[tester]).toMatchObject({ id: 'agent-tester', adopted: true })
  })

  it.each([
    ['Ctrl-C', 'C-c'],
    ['Ctrl-D, which leaves the prompt without an answer', 'C-d'],
  ])('%s at a question writes nothing, and says so', async (_, key) => {
    const repo = project()
    const tree = treeOf(repo)
    const terminal = await askedAboutTester(repo)
    await terminal.press(key)
    expect(await terminal.waitFor('exit 130')).toMatch(/Nothing was written/)
    expect(treeOf(repo)).toEqual(tree)
    expect(has(repo, '.git/countersign/setup-lock')).toBe(false)
  })
})

describeNeeds('tmux')('a terminal is shown what was found before anything is asked', () => {
  it('and comments in settings.json can be taken out there and then', async () => {
    const repo = repository({
      'package.json': '{"scripts":{"test":"node --test"}}\n',
      '.claude/settings.json': '{\n  // mine\n  "model": "opus"\n}\n',
    })
    const terminal = await initIn(repo.root)
    expect(await terminal.waitFor('Remove them?')).toMatch(/Written in JavaScript\s+Claude Code .* · Codex /)
    await terminal.press('Enter')
    await agree(terminal)
    await terminal.waitFor('exit 0')
    expect(JSON.parse(read(repo, '.claude/settings.json'))).toMatchObject({ model: 'opus' })
  })
})

describeNeeds('tmux')('below the root a terminal is asked which directory is meant', () => {
  it.each([
    ['the whole repository is what Enter means', ['Enter'], ''],
    ['this directory alone', ['Down', 'Enter'], 'packages/a'],
  ])('%s', async (_, keys, chosen) => {
    const repo = repository({ 'packages/a/package.json': '{"scripts":{"test":"node --test"}}\n' })
    const terminal = await initIn(join(repo.root, 'packages/a'))
    await terminal.waitFor('Where do you start Claude Code?')
    await terminal.press(...keys)
    await agree(terminal)
    await terminal.waitFor('exit 0')
    const manifests = ['', 'packages/a'].filter(dir => has(repo, join(dir, '.claude/countersign/manifest.json')))
    expect(manifests).toEqual([chosen])
  })
})
