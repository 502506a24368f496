import { describe, expect, it } from 'vitest'
import { type Gate, gate, ready, says } from '../../support/programs/gate.ts'

// Coverage is part of the verdict: what Codex was to read and has not is asked for once, and then it is the user's.

const names = Array.from({ length: 10 }, (_, n) => `src/m${n}.js`)
const review = (reviewed: string[], more: object = {}) => ({
  ...{ verdict: 'approve', summary: 'fine', reviewed, findings: [], resolved: [], positions: [], ...more },
})
function changed(answers: object[], files: Record<string, string | Buffer>, config = ''): Gate {
  const one = gate({ play: 'scripted', config })
  one.env.STUB_SCRIPT = JSON.stringify(answers)
  for (const [file, text] of Object.entries(files)) one.repo.write(file, text)
  return one
}
const ten = Object.fromEntries(names.map(name => [name, `export const a = "${name}"\n`]))
const signed = (one: Gate) => one.ledger().filter(({ kind }) => kind === 'countersigned')

describe('an approval that names one of ten changed files', () => {
  it('is asked once for the nine others, then the user signs without them, and the line says so', async () => {
    const one = changed([review(['src/m0.js']), review([])], ten)
    const { json } = await one.fire('Stop', ready)
    expect(one.codexCalls()).toHaveLength(2)
    expect(one.prompts()[1]).toMatch(/you have not read these changed files.*: src\/m1\.js, .*src\/m9\.js\. Open each/)
    expect(json?.systemMessage).toMatch(/Codex has not read src\/m1\.js, .* and 4 more; only you can sign/)
    expect(json?.hookSpecificOutput?.additionalContext).toMatch(/Sign without Codex having read: src\/m1\.js/)
    expect(signed(one)).toEqual([])
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(
      /the choice is open \(not read: src\/m1\.js.*nothing is countersigned\. Type `pick unread`;/,
    )
    expect((await one.fire('Stop')).stdout).toBe('')
    expect((await one.fire('UserPromptSubmit', { prompt: 'pick none' })).json).toMatchObject({
      decision: 'block',
      reason: expect.stringMatching(/“none” would sign, and Codex has not read .*`pick unread`/),
    })
    expect(signed(one)).toEqual([])
    const { json: after } = await one.fire('UserPromptSubmit', { prompt: 'pick unread' })
    expect(after?.systemMessage).toMatch(
      /✓ countersigned .*signed without Codex having read: src\/m1\.js, .*src\/m9\.js/,
    )
    expect(signed(one)).toMatchObject([{ unread: names.slice(1) }])
    expect(one.codexCalls()).toHaveLength(2)
  })

  it('is whole once the others are read after being asked', async () => {
    const one = changed([review(['src/m0.js']), review(names.slice(1))], ten)
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(
      /Codex reviewed 10 files .*no findings[\s\S]*✓ countersigned/,
    )
  })

  it('finds in them what there is to find', async () => {
    const finding = {
      title: 'T',
      body: 'B',
      kind: 'defect',
      priority: 'high',
      file: 'src/m3.js',
      quote: 'export const a',
      fix: 'x',
    }
    const one = changed(
      [review(['src/m0.js']), review(names.slice(1), { verdict: 'findings', findings: [finding] })],
      ten,
    )
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/Codex reviewed 10 files .*: 1 high/)
  })
})

describe('what was read', () => {
  const finding = {
    title: 'T',
    body: 'B',
    kind: 'defect',
    priority: 'high',
    file: 'a.js',
    quote: 'export const a',
    fix: 'x',
  }
  const resolved = [{ id: 'F1', resolved: true, reason: 'r' }]
  const files = { 'a.js': 'export const a = 2\n', 'b.js': 'export const b = 2\n' }
  const second = async (one: Gate, more: Record<string, string>) => {
    await one.fire('Stop', ready)
    await one.fire('Stop', says('all: needed, high — yes'))
    await one.fire('UserPromptSubmit', { prompt: 'pick all' })
    for (const [file, text] of Object.entries(more)) one.repo.write(file, text)
    return (await one.fire('Stop', ready)).json?.systemMessage
  }
  const first = review(['a.js', 'b.js'], { verdict: 'findings', findings: [finding] })

  it('counts in the next cycle while it is as it was', async () => {
    const one = changed([first, review(['a.js'], { resolved })], files)
    expect(await second(one, { 'a.js': 'export const c = 3\n' })).toMatch(
      /Codex reviewed 1 file .*✓ countersigned in cycle 2/s,
    )
    expect(one.codexCalls()).toHaveLength(2)
    expect(one.ledger().findLast(({ kind }) => kind === 'reviewed')).toMatchObject({
      reviewed: ['a.js', 'b.js'],
      notReviewed: [],
    })
  })

  it('is to be read again once it has changed', async () => {
    const one = changed([first, review(['a.js'], { resolved }), review([])], files)
    expect(await second(one, { 'a.js': 'export const c = 3\n', 'b.js': 'export const b = 3\n' })).toMatch(
      /Codex has not read b\.js;/,
    )
    expect(one.prompts().at(-1)).toMatch(/have not read these changed files, or do not list them: b\.js\./)
  })
})

it('what is generated, binary, gone or sensitive need not be read, and is named by class', async () => {
  const one = changed([review(['.gitattributes', 'a.js'])], {
    'old.js': 'x\n',
    '.gitattributes': 'gen/* linguist-generated\n',
  })
  one.repo.commit()
  one.repo.write('.gitattributes', '*.js linguist-generated\ngen/* linguist-generated\n')
  one.repo.write('a.js', 'export const a = 2\n')
  one.repo.write('gen/x.js', 'x\n')
  one.repo.write('yarn.lock', 'x\n')
  one.repo.write('logo.png', Buffer.from([0, 1, 2]))
  one.repo.write('.env', 'A=1\n')
  one.repo.git('rm', '-q', 'old.js')
  expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(
    /✓ countersigned .*not to be read: 1 deleted \(old\.js\), 2 generated \(gen\/x\.js, yarn\.lock\), 1 binary \(logo\.png\), 1 left out by name \(\.env\)/,
  )
  expect(one.codexCalls()).toHaveLength(1)
})

it('a file whose diff is too large for a prompt is read once it is opened', async () => {
  const one = gate({ play: 'scripted' })
  one.env.STUB_SCRIPT = JSON.stringify([review(['big.js']), review(['big.js'])])
  one.repo.write('big.js', `// ${'x'.repeat(60)}\n`.repeat(5_000))
  expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/Codex has not read big\.js; only you/)
  expect(one.codexCalls()).toHaveLength(2)
})
