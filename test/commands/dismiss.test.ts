import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { type Gate, gate, ready, says } from '../support/gate.ts'
import { large } from '../support/large.ts'

const bin = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url))

const dismiss = (one: Gate, id: string) =>
  execa('node', [bin, 'dismiss', id, '--reason', 'by design'], {
    cwd: one.repo.root,
    reject: false,
    extendEnv: false,
    env: one.env,
  })
const atChoice = async (one: Gate) => {
  await one.fire('Stop', ready)
  await one.fire('Stop', says('all: needed, high — yes'))
  return one
}
const findings = () => {
  const one = gate({ play: 'findings' })
  one.repo.write('a.js', 'export const a = 2\n')
  return one
}

it('the last finding dismissed, the change is countersigned', async () => {
  const one = await atChoice(findings())
  expect((await dismiss(one, 'F1')).stdout).toMatch(/^Dismissed F1; .* so the change is countersigned\.$/)
  expect(one.ledger().slice(-2)).toMatchObject([{ kind: 'dismissed', ids: ['F1'] }, { kind: 'countersigned' }])
})

it('a change of which Codex was never sent a part is not countersigned by it', async () => {
  const one = await atChoice(large({ play: 'finds-in-each-part', config: 'limits:\n  codexCalls: 3\n' }))
  expect((await dismiss(one, 'all')).stdout).toMatch(/never sent to Codex, so it is not countersigned\.$/)
  expect(one.ledger().at(-1)).toMatchObject({ kind: 'let-go', why: 'unsent' })
})

it.each([
  ['F9', /^Nothing chosen: F9 is not one of F1/],
  ['none', /^Nothing chosen: “none” dismisses nothing/],
  [',', /^Nothing chosen: no ids were given/],
])('%s is refused, with the line to type, and changes nothing', async (id, message) => {
  const one = await atChoice(findings())
  const before = one.ledger()
  const { exitCode, stderr } = await dismiss(one, id)
  expect([exitCode, stderr]).toEqual([64, expect.stringMatching(message)])
  expect(stderr).toMatch(/\n {2}npx countersign dismiss F1 --reason "why not"$/)
  expect(one.ledger()).toEqual(before)
})
