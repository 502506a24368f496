import { describe, expect, it } from 'vitest'
import { type Gate, gate, ready, says } from '../../support/programs/gate.ts'
import { large } from '../../support/programs/large.ts'

// What was raised as critical or high stays until the user decides it: the built hook, real git, a program as Codex.

const source =
  'export const mean = xs => xs.reduce((a, b) => a + b) / xs.length\nexport const other = 1\nexport const third = 3\n'
const critical = {
  ...{ title: 'Empty list divides by zero', body: 'mean([]) is NaN.', kind: 'defect', priority: 'critical' },
  ...{ file: 'a.js', line_start: 1, line_end: 1, quote: 'a + b) / xs.length', fix: 'Return 0.' },
}
const fixed = { resolved: [{ id: 'F1', resolved: true, reason: 'fixed' }] }
const review = (findings: object[], more: object = {}) => ({
  ...{ verdict: findings.length > 0 ? 'findings' : 'approve', summary: 's', reviewed: ['a.js', 'n.js', 'b.js'] },
  ...{ findings, resolved: [], ...more },
})

/** What Codex answers from now on, one a call. */
function answers(one: Gate, ...script: object[]): void {
  const asked = one.codexCalls().length
  Object.assign(one.env, { STUB_PLAY: 'scripted' })
  one.env.STUB_SCRIPT = JSON.stringify([...Array.from({ length: asked }, () => ({})), ...script])
}

async function raised(...findings: object[]): Promise<Gate> {
  const one = gate()
  answers(one, review(findings))
  one.repo.write('a.js', source)
  await one.fire('Stop', ready)
  return one
}
const signed = (one: Gate): boolean => one.ledger().some(({ kind }) => kind === 'countersigned')
const message = async (one: Gate, fields?: object) => (await one.fire('Stop', fields)).json?.systemMessage ?? ''

describe('a critical finding', () => {
  it('of a change in the stash is named by the next signature, and open again when the change is back', async () => {
    const one = await raised(critical)
    one.repo.git('stash')
    expect(await message(one)).toMatch(/Its review \(in debate: 1\) is kept/)
    answers(one, review([]))
    one.repo.write('n.js', 'export const n = 12345\n')
    expect(await message(one, ready)).toMatch(
      /✓ countersigned.*raised before, not found in this tree: critical “Empty list divides by zero” \(a\.js:1\)/,
    )
    one.repo.git('stash', 'pop')
    answers(one, review([], fixed))
    const { json } = await one.fire('Stop', ready)
    expect(json?.systemMessage).toMatch(
      /raised before and open again, since the code is here: critical “Empty list[^\n]*\n.*0 of 1 earlier finding resolved/,
    )
    expect(json?.hookSpecificOutput?.additionalContext).toMatch(/^Countersign · debate[\s\S]*mean\(\[\]\) is NaN/)
    expect(one.ledger().at(-1)?.kind).toBe('asked')
  })

  it.each([
    ['whose file has another name', (one: Gate) => one.repo.git('mv', 'a.js', 'b.js')],
    ['whose file an ignore rule hides', (one: Gate) => one.repo.write('.gitignore', 'n.js\n')],
    ['whose line has a note', (one: Gate) => one.repo.write('a.js', source.replace('.length\n', '.length // why\n'))],
  ])('%s is not resolved by a word', async (name, change) => {
    const one = gate()
    const file = name.includes('ignore') ? 'n.js' : 'a.js'
    answers(one, review([{ ...critical, file }]))
    one.repo.write(file, source)
    await one.fire('Stop', ready)
    change(one)
    answers(one, review([], { ...fixed, reviewed: ['a.js', 'b.js', '.gitignore'] }))
    expect(await message(one, ready)).toMatch(/0 of 1 earlier finding resolved/)
    expect(signed(one)).toBe(false)
  })

  it('is resolved once its code is gone, and named', async () => {
    const one = await raised(critical)
    one.repo.write('a.js', 'export const mean = xs => (xs.length ? sum(xs) / xs.length : 0)\n')
    answers(one, review([], fixed))
    expect(await message(one, ready)).toMatch(
      /1 of 1 earlier finding resolved \(F1 critical “Empty list divides by zero” \(a\.js:1\)\)[\s\S]*✓ countersigned/,
    )
  })

  it('stands above what else was raised at its line', async () => {
    const vague = { ...critical, title: 'Name is vague', body: 'Rename it.', priority: 'low' }
    const one = await raised(vague, critical)
    await one.fire('Stop', says('F1: needed, critical — it is'))
    expect(one.report('findings')).toMatch(
      /Agreed · critical \(1\)\n {2}F1 Empty list divides by zero {2}a\.js:1\n {5}mean\(\[\]\) is NaN\.\n[\s\S]*Also: Name is vague\n {5}Rename it\./,
    )
  })

  it('among more than a list can take keeps the change from being signed', async () => {
    const lines = Array.from({ length: 230 }, (_, n) => `export const v${n} = 'value ${n}'`)
    const all = lines.map((quote, n) => ({ ...critical, title: `T${n}`, quote, line_start: n + 1, line_end: n + 1 }))
    const one = gate()
    answers(one, review(all), { positions: [] })
    one.repo.write('a.js', `${lines.join('\n')}\n`)
    expect(await message(one, ready)).toMatch(/200 critical; 30 critical left out \(limit of one review\)/)
    const mine = Array.from({ length: 200 }, (_, n) => `F${n + 1}: needed, critical — yes`)
    await one.fire('Stop', says(...mine))
    expect(one.report('findings')).toMatch(
      /Left out, since one review raised more findings than a list can take: 30 critical/,
    )
    await one.fire('UserPromptSubmit', { prompt: 'pick none' })
    expect(signed(one)).toBe(false)
    expect(one.ledger().at(-1)).toMatchObject({ kind: 'let-go', why: 'left-out' })
  })
})

describe('a change larger than one prompt', () => {
  const listed = { reviewed: ['src/one.js', 'src/three.js', 'src/two.js'] }
  const inOne = { ...critical, file: 'src/one.js', quote: '// one and only', line_start: 1, line_end: 1 }
  const partly = async () => {
    const one = large()
    one.repo.write('src/one.js', `// one and only\n${'// one\n'.repeat(18_000)}`)
    answers(one, review([inOne], listed), { verdict: 'none' })
    expect(await message(one, ready)).toMatch(/1 of 3 parts are reviewed and kept/)
    return one
  }
  it('keeps what its parts have raised when an edit ends them', async () => {
    const one = await partly()
    one.repo.write('src/two.js', `// edited\n${'// two\n'.repeat(18_000)}`)
    answers(one, ...Array.from({ length: 3 }, () => review([], { ...listed, ...fixed })))
    expect(await message(one, ready)).toMatch(/in 3 parts: 0 of 1 earlier finding resolved/)
    expect(signed(one)).toBe(false)
  })
  it('has what several parts raise as one finding', async () => {
    const one = large()
    one.repo.write('src/one.js', `// one and only\n${'// one\n'.repeat(18_000)}`)
    answers(one, review([{ ...inOne, priority: 'medium' }], listed), review([inOne], listed), review([], listed))
    expect(await message(one, ready)).toMatch(/in 3 parts: 1 critical/)
  })
})

describe('a choice', () => {
  it('that is left open is said to be, once a prompt', async () => {
    const one = await raised(critical)
    await one.fire('Stop', says('F1: needed, critical — it is'))
    expect(await message(one)).toMatch(/the choice is open \(F1\), so nothing is countersigned\. Type `pick F1`/)
    expect(await message(one)).toBe('')
    await one.fire('UserPromptSubmit', { prompt: 'what is this?' })
    expect(await message(one)).toMatch(/the choice is open/)
  })
  it('that an edit ends is said to end without a pick', async () => {
    const one = await raised(critical)
    await one.fire('Stop', says('F1: needed, critical — it is'))
    one.repo.write('a.js', `${source}// note\n`)
    expect(await message(one)).toMatch(/it ends without a pick: F1 stays open and is checked in the next review/)
  })
})
