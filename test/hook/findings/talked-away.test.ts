import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gate, ready, says } from '../../support/programs/gate.ts'

// The same debates as in test/core/cycle/stages/talked-away.test.ts, with the built hook, real git and a program as Codex.

const source = 'export const find = name => query(name)\nexport const route = request => find(request.name)\n'
const finding = {
  ...{ title: 'SQL injection', body: 'Any name is run.', kind: 'defect', priority: 'critical', file: 'a.js' },
  ...{ line_start: 1, line_end: 1, quote: 'query(name)', fix: 'Use a parameter.' },
}
const raises = (...findings: object[]) => ({
  ...{ verdict: 'findings', summary: 's', reviewed: ['a.js'], findings, resolved: [] },
})
const position = (id: string, more: object) => ({
  ...{ id, needed: false, priority: 'critical', reason: 'r', concession: 'ok', evidence: null, ...more },
})
const shown = { evidence: { file: 'a.js', line: 2, quote: 'request => find(request.name)' } }

async function debate(answers: object[], ...turns: string[]) {
  const one = gate({ play: 'scripted' })
  one.env.STUB_SCRIPT = JSON.stringify(answers)
  one.repo.write('a.js', source)
  await one.fire('Stop', ready)
  const replies = []
  for (const turn of turns) replies.push(await one.fire('Stop', says(turn)))
  return { ...one, replies, list: one.report('findings') }
}
const pickF1 = { prompt: 'pick F1' }
const fix = { hookSpecificOutput: { additionalContext: expect.stringMatching(/^Countersign · fix/) } }

describe('a critical finding is not talked away', () => {
  it('by “it is fine” and “ok”: it is disputed, and can be picked', async () => {
    const { fire, list, ledger, prompts } = await debate(
      [raises(finding), { positions: [position('F1', {})] }],
      'F1: not needed — it is fine',
    )
    expect(list).toMatch(
      /Cycle 1 · choice[\s\S]*Disputed · you decide \(1\)\n {2}F1 SQL injection \[critical, both now say not needed\]/,
    )
    expect(ledger().some(({ kind }) => kind === 'countersigned')).toBe(false)
    expect(prompts().at(-1)).toContain('What in the code changes your mind?')
    expect((await fire('UserPromptSubmit', pickF1)).json).toMatchObject(fix)
  })
  it('by a quote that stands nowhere: it is asked for once more, and marked', async () => {
    const answer = 'F1: not needed — escaped: a.js:1 `escape(name, driver)`'
    const { replies, list } = await debate([raises(finding), { positions: [position('F1', shown)] }], answer, answer)
    expect(replies[0]!.json?.hookSpecificOutput?.additionalContext).toMatch(
      /^Countersign · debate · cycle 1 · round 1\n.*F1: the quote was not found in the tree/,
    )
    expect(list).toMatch(/F1 SQL injection \[critical, both now say not needed\][\s\S]*\(quote not found in the tree\)/)
  })
  it('nor raised in a rebuttal for nothing: the user decides it', async () => {
    const low = {
      ...finding,
      priority: 'low',
      title: 'A long line',
      quote: 'request => find(request.name)',
      line_start: 2,
    }
    const rebuttal = { positions: [position('F1', { ...shown, priority: 'low' })], findings: [finding] }
    const { list, ledger } = await debate([raises(low), rebuttal], 'F1: not needed — a.js:1 `export const find = name`')
    expect(list).toMatch(/Disputed · you decide \(2\)[\s\S]*\n {2}F2 SQL injection \[critical\]/)
    expect(ledger().some(({ kind }) => kind === 'countersigned')).toBe(false)
  })
  it('by a critical that is called not needed in the same breath', async () => {
    const medium = { ...finding, priority: 'medium' }
    const { list } = await debate(
      [raises(medium), { positions: [position('F1', shown)] }],
      'F1: not needed — a.js:2 `export const route = request`',
    )
    expect(list).toMatch(/Disputed · you decide \(1\)\n {2}F1 SQL injection \[.*both now say not needed/)
  })
  it('by one line for all of them', async () => {
    const high = {
      ...finding,
      priority: 'high',
      title: 'No limit',
      quote: 'request => find(request.name)',
      line_start: 2,
    }
    const both = { positions: [position('F1', shown), position('F2', {})] }
    const { list } = await debate([raises(finding, high), both], 'all: not needed — by design')
    expect(list).toMatch(/Disputed · you decide \(2\)\n {2}F1 [\s\S]*\n {2}F2 /)
  })
  it('by a low priority: it is listed and picked as critical', async () => {
    const { fire, list, codexCalls } = await debate([raises(finding)], 'F1: needed, low — could be tidier')
    expect(list).toMatch(/Agreed · critical \(1\)[\s\S]*Codex says critical, Claude low/)
    expect(codexCalls()).toEqual(['review'])
    expect((await fire('UserPromptSubmit', { prompt: 'pick critical' })).json).toMatchObject(fix)
  })
  it('nor lost: a change of mind with a quote is agreed without the word “conceded”', async () => {
    const stands = { needed: true, concession: null, ...shown }
    const { list } = await debate(
      [raises(finding), { positions: [position('F1', stands)] }],
      'F1: not needed — nobody calls it',
      'F1: needed, critical — a.js:2 `export const route = request` passes it on',
    )
    expect(list).toMatch(/Agreed · critical \(1\)\n {2}F1 SQL injection \[agreed in the debate\]/)
  })
  it('and comes back when a later cycle raises as critical what both had withdrawn', async () => {
    const medium = { ...finding, priority: 'medium' }
    const low = {
      ...finding,
      priority: 'low',
      title: 'A long line',
      quote: 'export const route',
      line_start: 2,
      line_end: 2,
    }
    const resolved = [{ id: 'F2', resolved: true, reason: 'done' }]
    const one = await debate(
      [raises(medium, low), { positions: [position('F1', shown)] }, { ...raises(finding), resolved }],
      'F1: not needed — internal\nF2: needed, low — yes',
    )
    await one.fire('UserPromptSubmit', { prompt: 'pick F2' })
    one.repo.write('a.js', `${source}// split\n`)
    await one.fire('Stop', ready)
    expect(one.prompts().at(-1)).toMatch(
      /then you and the author agreed that they are not needed[^\n]*\n<(\S+) withdrawn>\nF1: medium · SQL/,
    )
    expect(one.report('findings')).toMatch(/Still being debated \(1\)\n {2}F3 SQL injection \[raised again\]/)
    expect(one.ledger().some(({ kind }) => kind === 'countersigned')).toBe(false)
  })
})

it.each([
  ['a file outside the tree', '/etc/passwd:1 `root:x:0:0:root`', 'false'],
  ['a link', 'link:1 `/etc/passwd`', 'false'],
  ['a binary', 'logo.png:1 `a picture of something`', 'false'],
  ['a file of 20 MB', 'huge.js:1 `const everything`', 'false'],
  ['a brace', 'b.js:2 `}`', 'none'],
  ['a line that stands two hundred times', 'many.js:1 `return null // nothing`', 'none'],
  ['a line of another file', 'b.js:1 `export function half(x) {`', 'checked'],
])('evidence from %s is %s: %s', async (_, quote, evidence) => {
  const one = gate({ play: 'scripted' })
  one.env.STUB_SCRIPT = JSON.stringify([
    raises({ ...finding, priority: 'medium' }),
    { positions: [position('F1', {})] },
  ])
  one.repo.write('b.js', 'export function half(x) {\n}\n')
  one.repo.write('many.js', 'return null // nothing\n'.repeat(200))
  one.repo.write('huge.js', `const everything\n${'x'.repeat(20_000_000)}`)
  one.repo.write('logo.png', Buffer.from('a picture of something\0'))
  symlinkSync('/etc/passwd', join(one.repo.root, 'link'))
  one.repo.commit()
  one.repo.write('a.js', source)
  await one.fire('Stop', ready)
  for (let times = 0; times < 2; times++) await one.fire('Stop', says(`F1: not needed — so: ${quote}`))
  expect(one.ledger().find(({ kind }) => kind === 'answered')).toMatchObject({ positions: [{ id: 'F1', evidence }] })
})
