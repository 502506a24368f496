import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { gate, ready, says } from '../support/programs/gate.ts'

const bin = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url))

it.each([['pick', 'F1'], ['dismiss', 'F1', '--reason', 'no'], ['pause'], ['uninstall', '--yes']])(
  '%s is refused to the Claude session at work in the tree, and changes nothing',
  async (...args) => {
    const one = gate({ play: 'findings' })
    one.repo.write('a.js', 'export const a = 2\n')
    await one.fire('Stop', ready)
    await one.fire('Stop', says('F1: needed, high — yes'))
    const now = () => [one.ledger(), one.repo.git('status', '--short')]
    const before = now()
    const run = (session: Record<string, string>) =>
      execa('node', [bin, ...args], {
        cwd: one.repo.root,
        reject: false,
        extendEnv: false,
        env: { ...one.env, ...session },
      })
    const refused = await run({ CLAUDE_CODE_SESSION_ID: 's1' })
    expect(refused).toMatchObject({ exitCode: 77, stdout: '', stderr: expect.stringMatching(/^Only you can run/) })
    expect(now()).toEqual(before)
    expect((await run({})).exitCode).toBe(0)
    expect(now()).not.toEqual(before)
  },
)
