import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { decisionsPath } from '../../src/model/paths.ts'
import { type Gate, gate, ready, says } from '../support/programs/gate.ts'
import { large } from '../support/programs/large.ts'

const bin = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url))

const command = (one: Gate, ...args: string[]) =>
  execa('node', [bin, ...args], { cwd: one.repo.root, reject: false, extendEnv: false, env: one.env })
const dismiss = (one: Gate, id: string) => command(one, 'dismiss', id, '--reason', 'by design')
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

it('a reason comes clean into the ledger and into the decisions that are committed', async () => {
  const one = await atChoice(findings())
  const token = `ghp_${'a1'.repeat(20)}`
  await command(one, 'dismiss', 'F1', '--reason', `by \u202edesign\x1b[31m, see ${token}`)
  const reason = 'by design, see [masked]'
  expect(one.ledger().findLast(({ kind }) => kind === 'dismissed')).toMatchObject({ reason })
  expect(JSON.parse(readFileSync(join(one.repo.root, decisionsPath), 'utf8'))).toMatchObject({ title: 'T', reason })
})

it('the last finding dismissed, the change is countersigned', async () => {
  const one = await atChoice(findings())
  expect((await dismiss(one, 'F1')).stdout).toMatch(/^Dismissed F1\. .* the change is countersigned as it is\.$/)
  expect(one.ledger().slice(-2)).toMatchObject([{ kind: 'dismissed', ids: ['F1'] }, { kind: 'countersigned' }])
})

it('a change of which Codex was never sent a part is not countersigned by it', async () => {
  const one = await atChoice(large({ play: 'finds-in-each-part', config: 'limits:\n  codexCalls: 3\n' }))
  expect((await dismiss(one, 'all')).stdout).toMatch(
    /Codex has not seen all of the change, so it is not countersigned\.$/,
  )
  expect(one.ledger().at(-1)).toMatchObject({ kind: 'let-go', why: 'unsent' })
})

it.each([
  ['F9', /^Nothing was chosen: F9 is not one of F1/],
  ['none', /^Nothing was chosen: “none” names no finding to dismiss/],
  [',', /^Nothing was chosen: no ids were given/],
])('%s is refused, with the line to type, and changes nothing', async (id, message) => {
  const one = await atChoice(findings())
  const before = one.ledger()
  const { exitCode, stderr } = await dismiss(one, id)
  expect({ exitCode, stderr }).toEqual({ exitCode: 64, stderr: expect.stringMatching(message) })
  expect(stderr).toMatch(/\n {2}npx countersign dismiss F1 --reason "why not"$/)
  expect(one.ledger()).toEqual(before)
})

it('a decision is not reported as a change to the gate’s own files', async () => {
  const one = await atChoice(findings())
  await dismiss(one, 'F1')
  one.repo.write('a.js', 'export const a = 3\n')
  expect((await one.fire('Stop', ready)).stdout).not.toMatch(/gate files changed/)
  one.repo.write('.claude/countersign/decisions.jsonl', '{"title":"all","reason":"not needed"}\n')
  one.repo.write('a.js', 'export const a = 4\n')
  expect((await one.fire('Stop', ready)).stdout).toMatch(/gate files changed: .*decisions\.jsonl/)
})

it.each([[['dismiss', 'F1', '--reason', 'by design']], [['pick', 'none']]])(
  '%j over files that have changed since the review signs what was reviewed, and says so',
  async args => {
    const one = await atChoice(findings())
    one.repo.write('later.js', '')
    expect((await command(one, ...args)).stdout).toMatch(
      /what was reviewed is countersigned; later changes are tested and reviewed when Claude next stops\.$/,
    )
    await one.fire('Stop', ready)
    expect(one.ledger().filter(({ kind }) => kind === 'run-started')).toHaveLength(2)
    expect(one.ledger().findLast(({ kind }) => kind === 'reviewed')).toMatchObject({ reviewed: expect.anything() })
  },
)

it('while an edit since the review is reviewed, a choice is refused with what it waits for', async () => {
  const one = await atChoice(findings())
  one.repo.write('a.js', 'export const a = 3\n')
  await one.fire('Stop')
  const { exitCode, stderr } = await command(one, 'pick', 'F1')
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr:
      'Nothing was chosen: files changed since the review; the list is on hold until they are reviewed too. To see where the cycle stands:\n  npx countersign status',
  })
})
