import { describe, expect, it } from 'vitest'
import { readPick } from '../../../../src/core/cycle/choice.ts'
import { questionsFor, readAnswers } from '../../../../src/core/cycle/questions.ts'
import { outcomeMessage } from '../../../../src/core/messages/outcomes.ts'
import { statusText } from '../../../../src/core/report/status.ts'
import { findingsText } from '../../../../src/core/report/text.ts'
import type { Happening } from '../../../../src/model/ledger/ledger-entry.ts'
import { Cycle, finding, ready, says } from '../../../support/cycle/cycle.ts'

// What Codex was to read and has not: it is put to the user, who signs without it or not.

/** A cycle at the choice, where Codex has not read `b.js` and `c.js`. */
function atChoice(findings: ReturnType<typeof finding>[] = []): Cycle {
  const cycle = new Cycle()
  cycle.reviews.push({ findings, unread: ['b.js', 'c.js'], unneeded: { 'go.sum': 'generated', 'old.js': 'deleted' } })
  const said = cycle.stop(ready, 't1')
  if (findings.length > 0) cycle.stop(says('all: needed, high — yes'))
  else expect(said).toBe('context choice')
  return cycle
}
const kinds = (cycle: Cycle) => cycle.entries.map(({ kind }) => kind)
const since = (cycle: Cycle, count: number): string =>
  outcomeMessage(cycle.entries.slice(count) as Happening[], cycle.state)!

describe('an approval that has not read everything', () => {
  it('is not signed by itself: the choice is the user’s', () => {
    const cycle = atChoice()
    expect(kinds(cycle)).not.toContain('countersigned')
    expect(cycle.state.run).toMatchObject({ stage: 'choice', status: 'on' })
    expect(cycle.last?.context).toMatch(
      /Not read by Codex · you decide \(2\)\n *Sign without Codex having read: b\.js, c\.js/,
    )
    expect(cycle.last?.context).toContain('`pick unread` signs without')
    expect(since(cycle, 0)).toMatch(
      /not read: b\.js, c\.js; not to be read: 1 deleted \(old\.js\), 1 generated \(go\.sum\)/,
    )
    expect(since(cycle, 0)).toMatch(/Codex has not read b\.js, c\.js; only you can sign without that/)
    expect(statusText(cycle.state)).toMatch(/type `pick unread` to Claude/)
    expect(findingsText(cycle.state.run)).toContain('Sign without Codex having read: b.js, c.js')
    cycle.start()
    expect(cycle.last?.context).toMatch(/only the user can sign without Codex having read b\.js, c\.js/)
  })

  it('is signed by `pick unread`, which the ledger and the line say', () => {
    const cycle = atChoice()
    const before = cycle.entries.length
    cycle.prompt('pick unread')
    expect(cycle.entries.slice(-2)).toMatchObject([
      { kind: 'unread-accepted', files: ['b.js', 'c.js'], by: 'prompt' },
      { kind: 'countersigned', unread: ['b.js', 'c.js'] },
    ])
    expect(since(cycle, before)).toMatch(/you sign without Codex having read b\.js, c\.js/)
    expect(since(cycle, before)).toMatch(
      /✓ countersigned .* · signed without Codex having read: b\.js, c\.js · not to be read: /,
    )
  })

  it('is not signed by “none”, nor by anything beside it', () => {
    const { run } = atChoice().state
    expect(readPick('none', run!)).toMatchObject({
      problem: expect.stringMatching(/has not read b\.js, c\.js.*pick unread/),
    })
    expect(readPick('unread F1', run!)).toMatchObject({ problem: '“unread” cannot be combined with other choices' })
    expect(readPick('unread', run!)).toEqual({ ids: [], unread: true })
    const whole = new Cycle()
    whole.reviews.push({ findings: [finding('F1')] })
    whole.stop(ready, 't1')
    whole.stop(says('all: needed, high — yes'))
    expect(readPick('unread', whole.state.run!)).toMatchObject({ problem: expect.stringContaining('nothing') })
    expect(readPick('none', whole.state.run!)).toEqual({ ids: [] })
  })

  it('is offered in the picker, never ticked beforehand', () => {
    const { run } = atChoice().state
    const [question] = questionsFor(run!)
    expect(question!.options).toMatchObject([
      { label: 'Sign without Codex having read', description: expect.stringContaining('b.js, c.js') },
      { label: 'Not now' },
    ])
    expect(readAnswers({ q: 'Sign without Codex having read' }, run!)).toEqual({ ids: [], unread: true })
    expect(readAnswers({ q: 'Not now' }, run!)).toBeNull()
    expect(readAnswers({ q: 'None of these' }, run!)).toMatchObject({ problem: expect.stringContaining('not read') })
  })

  it('leaves findings to be picked as ever', () => {
    const cycle = atChoice([finding('F1')])
    expect(questionsFor(cycle.state.run!)[0]!.options.map(({ label }) => label)).toEqual([
      'F1 high',
      'Sign without Codex having read',
      'Not now',
    ])
    expect(cycle.prompt('pick F1')).toBe('context fix')
    cycle.reviews.push({ resolved: { F1: true } })
    cycle.stop('', 't2')
    cycle.stop(ready)
    expect(kinds(cycle).at(-1)).toBe('countersigned')
  })

  it('leaves sixteen findings in four questions, then by priority', () => {
    const many = (count: number) =>
      questionsFor(atChoice(Array.from({ length: count }, (_, n) => finding(`F${n + 1}`))).state.run!)
    expect(
      many(13)
        .flatMap(({ options }) => options)
        .map(({ label }) => label),
    ).toContain('F13 high')
    for (const questions of [many(13), many(14), many(15), many(16), many(20)]) {
      const labels = questions.flatMap(({ options }) => options.map(({ label }) => label))
      expect(labels).toContain('Sign without Codex having read')
      expect(questions.length).toBeLessThanOrEqual(4)
      expect(Math.max(...questions.map(({ options }) => options.length))).toBeLessThanOrEqual(4)
    }
  })
})
