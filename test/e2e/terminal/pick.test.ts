import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { itNeeds } from '../../support/platform.ts'
import { countersign } from '../../support/programs/cli.ts'
import { type Gate, gate, ready, says } from '../../support/programs/gate.ts'
import { cli } from '../../support/programs/lab.ts'
import { startTerminal } from '../../support/programs/terminal.ts'

async function atChoice(): Promise<Gate> {
  const one = gate({ play: 'findings' })
  one.repo.write('a.js', 'export const a = 2\n')
  await one.fire('Stop', ready)
  await one.fire('Stop', says('F1: needed, high — yes'))
  return one
}

itNeeds('tmux')(
  '`countersign pick` on a terminal ticks what goes forward',
  async () => {
    const one = await atChoice()
    const terminal = await startTerminal(['sh', '-c', '"$0" "$1" pick && "$0" "$1" pick', process.execPath, cli], {
      cwd: one.repo.root,
      env: { ...one.env, TERM: 'xterm-256color' },
      socket: join(one.env.HOME!, 'tmux'),
    })
    onTestFinished(() => terminal.close().catch(() => {}))
    expect(await terminal.waitFor('F1 high')).toContain('for none, run `countersign pick none`')
    await terminal.press('Enter')
    // Nothing is ticked: no choice, and it is asked for anew.
    await terminal.waitFor('Nothing was chosen. To fix none of them:')
    expect(one.ledger().some(({ kind }) => kind === 'picked' || kind === 'countersigned')).toBe(false)
    await terminal.waitFor(/npx countersign pick none[\s\S]*F1 high/)
    await terminal.press('Space', 'Enter')
    for (let tries = 0; one.ledger().at(-1)?.kind !== 'picked' && tries < 50; tries++)
      await new Promise(resolve => setTimeout(resolve, 100))
    expect(one.ledger().at(-1)).toMatchObject({ kind: 'picked', ids: ['F1'], by: 'command', told: false })

    const { json } = await one.fire('UserPromptSubmit', { prompt: 'go on' })
    expect(json?.hookSpecificOutput?.additionalContext).toMatch(/^Countersign · fix · cycle 1\nThe user picked F1/)
  },
  60_000,
)

it('without a terminal it names what to type instead of waiting', async () => {
  const one = await atChoice()
  const { exitCode, stderr } = await countersign(one.repo.root, 'pick')
  expect({ exitCode, stderr }).toEqual({
    exitCode: 64,
    stderr: 'Nothing was chosen: no ids were given. You can choose from F1. For example:\n  npx countersign pick F1',
  })
})

it('is refused to the Claude whose change it is about, and to no other', async () => {
  const one = await atChoice()
  const ask = (session: string) =>
    spawnSync(process.execPath, [cli, 'pick', 'none'], {
      cwd: one.repo.root,
      env: { ...one.env, CLAUDE_CODE_SESSION_ID: session },
    })
  expect(ask('s1').status).toBe(77)
  expect(one.ledger().some(({ kind }) => kind === 'picked')).toBe(false)
  expect(ask('another').status).toBe(0)
})
