import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startTerminal } from '../../src/rehearsal/terminal-session.ts'
import { has, manifestIn, read, treeOf } from '../support/aged.ts'
import { repository, type TestRepository, temporaryDirectory } from '../support/repository.ts'

const cli = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url))
const hasTmux = spawnSync('tmux', ['-V']).status === 0
const tester = '.claude/agents/tester.md'
const beside = '.claude/agents/countersign-tester.md'
const theirs = '---\nname: tester\n---\nMine.\n'

/** `init` in a terminal, in a repository that has a tester of its own. */
async function initIn(repo: TestRepository) {
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
    cwd: repo.root,
    env,
    socket: join(temporaryDirectory(), 't'),
  })
  onTestFinished(() => terminal.close())
  await terminal.waitFor('You have a .claude/agents/tester.md of your own')
  return terminal
}

const project = () => repository({ 'package.json': '{"scripts":{"test":"node --test"}}\n', [tester]: theirs })

describe.skipIf(!hasTmux)('acceptance case 5: a terminal is asked about a file that has our name', () => {
  it('left out is what Enter means', async () => {
    const repo = project()
    const terminal = await initIn(repo)
    await terminal.press('Enter')
    await terminal.waitFor('Write these')
    await terminal.press('Enter')
    await terminal.waitFor('exit 0')
    expect(read(repo, tester)).toBe(theirs)
    expect(has(repo, beside)).toBe(false)
    expect(manifestIn(repo).files).not.toHaveProperty([tester])
  })

  it('ours can be installed beside it, under a name of its own', async () => {
    const repo = project()
    const terminal = await initIn(repo)
    await terminal.press('Down', 'Enter')
    await terminal.waitFor('Write these')
    await terminal.press('Enter')
    await terminal.waitFor('exit 0')
    expect(read(repo, tester)).toBe(theirs)
    expect(read(repo, beside)).toMatch(/^---\nname: countersign-tester\n/)
    expect(manifestIn(repo).files[beside]).toMatchObject({ id: 'agent-tester', prefixed: true })
  })

  it('theirs can be taken for ours, and stays as it is', async () => {
    const repo = project()
    const terminal = await initIn(repo)
    await terminal.press('Down', 'Down', 'Enter')
    await terminal.waitFor('Write these')
    await terminal.press('Enter')
    await terminal.waitFor('exit 0')
    expect(read(repo, tester)).toBe(theirs)
    expect(manifestIn(repo).files[tester]).toMatchObject({ id: 'agent-tester', adopted: true })
  })

  it('acceptance case 24: Ctrl-C at a question writes nothing', async () => {
    const repo = project()
    const tree = treeOf(repo)
    const terminal = await initIn(repo)
    await terminal.press('C-c')
    await terminal.waitFor('exit 130')
    expect(treeOf(repo)).toEqual(tree)
    expect(has(repo, '.git/countersign/setup-lock')).toBe(false)
  })
})
