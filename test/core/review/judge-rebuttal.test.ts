import { describe, expect, it } from 'vitest'
import type { FrozenTree } from '../../../src/core/review/evidence.ts'
import { judgeRebuttal } from '../../../src/core/review/judge-rebuttal.ts'
import { readAnswer } from '../../../src/core/review/reading/read-answer.ts'
import { pathsOf } from '../../../src/core/review/repository-path.ts'
import { Cycle, finding, ready, says } from '../../support/cycle/cycle.ts'

const tree: FrozenTree = {
  paths: pathsOf(['a.js', 'src/api.js']),
  root: '/repo',
  home: '',
  textAt: path => ({ 'a.js': 'ratio = x / y\n', 'src/api.js': 'if (!xs.length) return null\n' })[path] ?? null,
  request: () => '',
}
const evidence = { file: 'src/api.js', line: 1, quote: 'if (!xs.length) return null' }
const cited = [{ file: 'src/api.js', lineStart: 1, lineEnd: 1, quote: evidence.quote }]

describe('a rebuttal', () => {
  const debating = (...answers: string[]) => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1'), finding('F2')] })
    cycle.rebuttals.push({ cannot: 'crashed' })
    cycle.stop(ready, 't1')
    if (answers.length > 0) cycle.stop(says(...answers))
    return cycle.state.run!
  }
  const position = (id: string, needed = false) => ({
    ...{ id, needed, priority: 'low' as const, reason: 'r', concession: ' ', evidence: null },
  })
  const judged = (positions: object[], run = debating()) =>
    judgeRebuttal(readAnswer([JSON.stringify({ positions })]), run, tree)

  it('keeps the priority, the reason and what it shows', () =>
    expect(
      judged([
        { ...position('F1', true), priority: 'critical', concession: null },
        { ...position('F2'), concession: ' line 4 ', evidence },
      ]),
    ).toEqual({
      wants: [],
      positions: [
        {
          ...{ id: 'F1', by: 'codex', round: 1, needed: true, priority: 'critical', reason: 'r', concession: null },
          ...{ evidence: 'none', cited: [] },
        },
        {
          ...{ id: 'F2', by: 'codex', round: 1, needed: false, priority: 'low', reason: 'r', concession: 'line 4' },
          ...{ evidence: 'checked', cited },
        },
      ],
    }))
  it('that holds something needed which nobody has raised is asked for it, as a finding', () => {
    const both = [position('F1'), position('F2')]
    const stray = position('F9', true)
    expect(judged([...both, stray])).toMatchObject({
      wants: [{ problem: expect.stringContaining('F9'), blocks: true }],
    })
    expect(judged([...both, position('F9')]).wants).toEqual([])
  })
  it('that covers every open finding is taken; an empty concession is none', () =>
    expect(judged([position('F2'), position(' f1')])).toMatchObject({
      positions: [
        { id: 'F1', concession: null, priority: 'low' },
        { id: 'F2', concession: null },
      ],
    }))
  it('that leaves one out is asked for it, and the rest is kept', () =>
    expect(judged([position('F1')])).toMatchObject({
      positions: [{ id: 'F1' }],
      wants: [
        { blocks: true, problem: 'the answer does not mention F2', ask: 'give the entry for F2 in `positions`.' },
      ],
    }))
  it('that cannot be read for one is told what is wrong with it', () =>
    expect(judged([position('F1'), { ...position('F2'), needed: 'perhaps' }])).toMatchObject({
      wants: [{ blocks: true, problem: '`needed` of F2 is “perhaps”, not true or false' }],
    }))
  it('that nobody can read is asked for whole', () =>
    expect(judgeRebuttal(readAnswer(['I stand by it.']), debating(), tree)).toMatchObject({
      positions: [],
      wants: [{ blocks: true, problem: 'the answer is not JSON' }],
    }))
  it('that contradicts itself counts as the stricter of the two', () =>
    expect(judged([position('F1'), position('F1', true), position('F2')])).toMatchObject({
      positions: [{ id: 'F1', needed: true }, { needed: false }],
    }))
  it('that is withdrawn or lowered shows nothing with the finding’s own lines; what is kept does', () => {
    const own = { file: 'a.js', line: 1, quote: 'ratio = x / y' }
    const said = [
      { ...position('F1', true), evidence: own },
      { ...position('F2'), evidence: own },
    ]
    expect(judged(said)).toMatchObject({ positions: [{ evidence: 'none' }, { evidence: 'none' }] })
    expect(judged([{ ...said[0]!, priority: 'high' }, said[1]!])).toMatchObject({
      positions: [{ evidence: 'checked' }, { evidence: 'none' }],
    })
  })
  it('may say how urgent it is what the author alone has shown to be less so', () => {
    const run = debating('F1: needed, low — rarely: src/api.js:1 `if (!xs.length) return null`', 'F2: not needed — no')
    const lowered = { ...position('F1', true), priority: 'medium' as const, evidence }
    expect(judged([position('F2'), lowered], run)).toMatchObject({
      positions: [{ id: 'F2' }, { id: 'F1', priority: 'medium', evidence: 'checked' }],
    })
    expect(judged([position('F2')], run)).toMatchObject({ positions: [{ id: 'F2' }] })
  })
})
