import { describe, expect, it } from 'vitest'
import type { CodexTurn } from '../../src/rehearsal/models/codex-model.ts'
import { read, said } from '../../src/rehearsal/scripts/reviewer-parts.ts'
import { ready } from '../support/programs/gate.ts'
import { realCodexGate } from '../support/programs/real-codex.ts'

// The real codex: what its answer lacks is asked for in the same thread, under the same schema.

const names = Array.from({ length: 10 }, (_, n) => `m${n}.js`)
const approval = (reviewed: string[]) =>
  said({ verdict: 'approve', summary: 'fine', reviewed, findings: [], resolved: [] })
const isFollowUp = ({ prompt }: CodexTurn): boolean =>
  prompt.includes('Your last answer in this thread is not complete')

async function gateWithTen(second: string[]) {
  const { one, model } = await realCodexGate(turn =>
    isFollowUp(turn) ? (read(turn, 'cat m1.js') ?? approval(second)) : approval(['m0.js']),
  )
  for (const name of names) one.repo.write(name, `export const name = '${name}'\n`)
  return { one, model }
}

describe('the real codex, approving one file of ten', { timeout: 60_000 }, () => {
  it('is asked once for the others in its thread; then the user signs without them, and the line says so', async () => {
    const { one, model } = await gateWithTen(['m1.js'])
    const { json } = await one.fire('Stop', ready)
    expect(json?.systemMessage).toMatch(/Codex has not read m2\.js, .* and 3 more; only you can sign/)
    expect(one.ledger().filter(entry => entry.kind === 'codex-called')).toMatchObject([{}, { followUp: true }])
    const turns = model.records.map(({ turn }) => turn)
    const last = turns.at(-1)!
    expect(last.prompt).toMatch(/have not read these changed files.*: m1\.js, m2\.js/)
    // The whole thread, and the same schema, so that the provider's cache holds both.
    expect(JSON.stringify(last.items)).toContain('diff --git a/m0.js')
    expect(last.schema).toEqual(turns[0]!.schema)
    expect(one.ledger().some(({ kind }) => kind === 'countersigned')).toBe(false)
    const { json: after } = await one.fire('UserPromptSubmit', { prompt: 'pick unread' })
    expect(after?.systemMessage).toMatch(/✓ countersigned .*signed without Codex having read: m2\.js/)
    expect(one.ledger().findLast(({ kind }) => kind === 'unread-accepted')).toMatchObject({ files: names.slice(2) })
  })

  it('and then the nine others is countersigned by itself', async () => {
    const { one } = await gateWithTen(names.slice(1))
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(
      /Codex reviewed 10 files .*[\s\S]*✓ countersigned/,
    )
  })
})
