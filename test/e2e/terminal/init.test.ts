import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { describeNeeds } from '../../support/platform.ts'
import { cli } from '../../support/programs/lab.ts'
import { startTerminal } from '../../support/programs/terminal.ts'
import { repository, temporaryDirectory } from '../../support/repository.ts'

/** `countersign init` in a terminal; the shell behind it says how it ended. */
async function initAt(root: string) {
  const home = temporaryDirectory()
  const line = `"${process.execPath}" "${cli}" init; echo "ended with $?"; sleep 30`
  const terminal = await startTerminal(['sh', '-c', line], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: home, TERM: 'xterm-256color', LANG: 'C.UTF-8' },
    socket: join(home, 'tmux'),
  })
  onTestFinished(() => terminal.close())
  return terminal
}

describeNeeds('tmux')('init on a terminal', { timeout: 60_000 }, () => {
  it('asks for the test command it cannot see, shows the plan and what comes next', async () => {
    const { root } = repository({ 'notes.txt': '' })
    const terminal = await initAt(root)
    await terminal.waitFor('Which command runs the tests?')
    await terminal.enter('make test')
    expect(await terminal.waitFor('Write these')).toMatch(
      /Tests: make test[\s\S]*\+ \.claude\/settings\.json[\s\S]*● Yes/,
    )
    expect(existsSync(join(root, '.claude'))).toBe(false)
    await terminal.press('Enter')
    expect(await terminal.waitFor('ended with 0')).toMatch(/See every hook fire[\s\S]*Commit the setup/)
    expect(readFileSync(join(root, '.claude/countersign.yaml'), 'utf8')).toContain('command: "make test"')
    expect(readFileSync(join(root, '.gitattributes'), 'utf8')).toContain('countersign*.cjs linguist-generated')
  })

  it('asks nothing that can be seen, and takes no for an answer', async () => {
    const { root } = repository({ 'package.json': '{ "scripts": { "test": "node --test" } }' })
    const terminal = await initAt(root)
    expect(await terminal.waitFor('Write these')).not.toContain('Which command')
    await terminal.press('n')
    expect(await terminal.waitFor('ended with 1')).toContain('Nothing was written.')
    expect([existsSync(join(root, '.claude')), existsSync(join(root, '.gitattributes'))]).toEqual([false, false])
  })

  it('left by Esc writes nothing and says so', async () => {
    const { root } = repository({ 'package.json': '{ "scripts": { "test": "node --test" } }' })
    const terminal = await initAt(root)
    await terminal.waitFor('Write these')
    await terminal.press('Escape')
    expect(await terminal.waitFor('ended with 130')).toContain('Nothing was written.')
    expect(existsSync(join(root, '.claude'))).toBe(false)
  })
})
