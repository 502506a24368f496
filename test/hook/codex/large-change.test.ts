import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Gate, gate, ready, says } from '../../support/programs/gate.ts'
import { large, partsOf } from '../../support/programs/large.ts'

const review = (one: Gate) => one.ledger().findLast(entry => entry.kind === 'reviewed')

describe('a change larger than one prompt', () => {
  it('is reviewed part by part, each in a call of its own, and countersigned when all parts are', async () => {
    const one = large()
    const { json } = await one.fire('Stop', ready)
    expect(json?.systemMessage).toMatch(
      /Codex reviewed 3 files in 3 parts: no findings[\s\S]*countersigned.*3 Codex calls/,
    )
    expect(one.codexCalls()).toEqual(['review', 'review', 'review'])
    expect(partsOf(one)).toEqual([['src/one.js'], ['src/three.js']])
    expect(review(one)).toMatchObject({
      reviewed: ['src/one.js', 'src/three.js', 'src/two.js'],
      notReviewed: [],
      parts: 3,
    })
    expect(one.prompts().map(prompt => /part (\d of \d)/.exec(prompt)?.[1])).toEqual(['1 of 3', '2 of 3', '3 of 3'])
    for (const prompt of one.prompts()) expect(prompt.length).toBeLessThan(220_000)
    expect(readdirSync(join(one.repo.root, '.git/countersign')).filter(name => name.endsWith('.patch'))).toEqual([])
  })

  it('keeps the parts it has when Codex fails in between', async () => {
    const one = large({ play: 'fails-the-second-time' })
    const { json } = await one.fire('Stop', ready)
    expect(json?.systemMessage).toMatch(/could not review \(crashed\)[\s\S]*1 of 3 parts are reviewed and kept/)
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(/in 3 parts[\s\S]*countersigned/)
    expect(one.codexCalls()).toHaveLength(4)
  })

  it('numbers findings through and debates them in a thread of their own', async () => {
    const one = large({ play: 'finds-in-each-part' })
    expect((await one.fire('Stop', ready)).json?.hookSpecificOutput?.additionalContext).toMatch(/F1, F2, F3/)
    const { json } = await one.fire('Stop', says('all: not needed — no'))
    expect(json?.systemMessage).toMatch(/disputed: 3/)
    const rebuttal = one.prompts().at(-1)!
    expect(rebuttal).toMatch(/^Countersign · rebuttal[\s\S]*You, the reviewer, said:[\s\S]*Quote: `export`/)
  })

  it('is not countersigned when the calls do not suffice: what was never sent is named', async () => {
    const one = large({ config: 'limits:\n  codexCalls: 3\n' })
    const { json } = await one.fire('Stop', ready)
    expect(json?.systemMessage).toMatch(
      /not sent to Codex \(run limit reached, see `limits`\): src\/three.js, src\/two.js/,
    )
    expect(json?.systemMessage).not.toMatch(/✓ countersigned/)
    expect(review(one)).toMatchObject({ reviewed: ['src/one.js'], notReviewed: ['src/three.js', 'src/two.js'] })
    expect((await one.fire('Stop')).stdout).toBe('')
    expect(one.report('findings')).toMatch(/^Not sent to Codex .*: src\/three.js, src\/two.js$/m)
  })

  it('in one file too large for a prompt is given as a file to read', async () => {
    const one = gate({ play: 'reads-all' })
    one.repo.write('big.js', `// ${'x'.repeat(60)}\n`.repeat(5_000))
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
    const [prompt] = one.prompts()
    const file = /It is in (\S+):/.exec(prompt!)![1]!
    expect(existsSync(file)).toBe(false)
    expect(readFileSync(`${one.env.STUB_CALLS}.file`, 'utf8')).toMatch(/^diff --git a\/big\.js b\/big\.js\n/)
    expect(prompt!.length).toBeLessThan(10_000)
  })
})

it('two thousand findings cost one look at the tree: the most urgent 200 are kept, and what is left out is said', async () => {
  const one = gate({ play: 'far-too-many-findings' })
  one.repo.write('a.js', Array.from({ length: 2_000 }, (_, n) => `export const a${n} = ${n}\n`).join(''))
  const { json, seconds } = await one.fire('Stop', ready)
  expect(json?.systemMessage).toMatch(/1 critical, 199 low; 1800 low left out \(limit of one review\)/)
  expect(json?.hookSpecificOutput?.additionalContext?.length).toBeLessThan(10_000)
  expect(json?.systemMessage?.length).toBeLessThan(10_000)
  const [reviewed] = one.ledger().filter(entry => entry.kind === 'reviewed')
  expect(reviewed).toMatchObject({ tooMany: 1800, findings: { length: 200 } })
  expect(reviewed!.summary.length).toBeLessThan(10_200)
  expect(seconds).toBeLessThan(10)
})
