import { describe, expect, it } from 'vitest'
import { emptyState } from '../../../src/core/ledger/state.ts'
import { findingsHtml } from '../../../src/core/report/html.ts'
import { findingsJson } from '../../../src/core/report/json.ts'
import { statusJson, statusText } from '../../../src/core/report/status.ts'
import { findingsText } from '../../../src/core/report/text.ts'
import { plain } from '../../../src/core/text/terminal-styles.ts'
import { Cycle, finding, ready, says } from '../../support/cycle/cycle.ts'

/** At the choice: F1 agreed at high, which Claude calls medium, F2 disputed, F3 agreed not needed. */
function atChoice(): Cycle {
  const cycle = new Cycle()
  cycle.reviews.push({
    findings: [
      finding('F1', 'high'),
      finding('F2', 'low', { verified: false }),
      finding('F3', 'low', { kind: 'excess' }),
    ],
  })
  cycle.rebuttals.push(
    { F2: { needed: true }, F3: { needed: false, concession: 'it is used' } },
    { F2: { needed: true } },
  )
  cycle.stop(ready, 't1')
  cycle.stop(says('F1: needed, medium — only once', 'F2, F3: not needed — no'))
  cycle.stop(says('F2: not needed — still no'))
  return cycle
}

describe('findings as text', () => {
  it('are the agreed by priority, then the disputed with both arguments, then what neither considers needed', () =>
    expect(findingsText(atChoice().state.run)).toBe(`Cycle 1 · choice · 3 findings

Agreed · high (1)
  F1 title of F1  a.js:1
     body of F1
     Fix: mend it
     Codex says high, Claude medium; Codex’s counts. Claude: only once
     Agreed at once. Claude shows no code for it.

Disputed · you decide (1)
  F2 title of F2 [high, quote not found]  a.js:1
     body of F2
     Quote: \`x / y\`
     Fix: mend it
     Codex: needed, high — r · b.js:20 \`line 20 of b\`
     Claude: not needed — still no

Agreed not needed (1)
  F3 title of F3 [low, excess]  a.js:1
     body of F3
     Quote: \`x / y\`
     Fix: mend it
     Codex: not needed — r · b.js:10 \`line 10 of b\`
     Claude: not needed — no

Choose: type \`pick F1 F3-F5\`, \`pick high\`, \`pick all\` or \`pick none\` to Claude, or run \`npx countersign pick\`.

3 Codex calls, 2 debate rounds, 7 s, 300 tokens in, 30 out`))

  it('keep within the terminal', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1', 'high', { body: 'word '.repeat(60).trim() })] })
    cycle.stop(ready, 't1')
    const body = findingsText(cycle.state.run, { ...plain, columns: 40 })
      .split('\n')
      .filter(line => line.includes('word'))
    expect(body.length).toBeGreaterThan(5)
    expect(body.every(line => line.length <= 40)).toBe(true)
  })

  it('say so before any review', () => expect(findingsText(null)).toBe('No change has been reviewed yet.'))
})

describe('findings as JSON', () => {
  const howAgreed = { agreedBy: 'at-once', support: 'none', marks: [], fate: 'pending', proof: 'none' }
  it('have every key of the contract', () => {
    const document = findingsJson(atChoice())
    expect(document).toMatchObject({
      version: 2,
      run: 'r1',
      cycle: 1,
      stage: 'choice',
      fingerprint: 't1',
      agreed: { critical: [], high: [{ id: 'F1', verified: true, lineStart: 1, ...howAgreed }], medium: [], low: [] },
      disputed: [{ id: 'F2', verified: false, agreedBy: null, marks: ['unverified'] }],
      notNeeded: [{ id: 'F3' }],
      picked: [],
      review: { result: 'findings', reason: null, sandbox: null, reviewed: ['a.js'], notReviewed: [] },
      tests: { result: 'green', olderFailures: [], flaky: [] },
      bill: {
        codexCalls: 3,
        codexInputTokens: 300,
        codexCachedTokens: 0,
        codexOutputTokens: 30,
        rounds: 2,
        seconds: 7,
      },
    })
    expect(document.disputed[0]!.positions).toMatchObject([
      { by: 'codex', round: 0, needed: true },
      { by: 'claude', round: 1, needed: false },
      { by: 'codex', round: 1, needed: true },
      { by: 'claude', round: 2, needed: false },
      { by: 'codex', round: 2, needed: true },
    ])
  })

  it('never show a review that could not be done as anything else', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ cannot: 'rate-limited', until: '2026-01-05T11:00:00.000Z' })
    cycle.stop(ready, 't1')
    expect(findingsJson(cycle).review).toMatchObject({ result: 'could not review', reason: 'rate-limited' })
    expect(statusJson(cycle.state).owed).toEqual({ reason: 'rate-limited', until: '2026-01-05T11:00:00.000Z' })
  })

  it('are a whole document before anything has happened', () =>
    expect(findingsJson({ state: emptyState, entries: [] })).toEqual({
      ...{ version: 2, run: null, cycle: 0, stage: 'idle', fingerprint: null },
      agreed: { critical: [], high: [], medium: [], low: [] },
      ...{ disputed: [], notNeeded: [], open: [], outOfScope: [], picked: [] },
      review: { result: null, reason: null, model: null, sandbox: null, reviewed: [], notReviewed: [] },
      tests: { result: null, olderFailures: [], flaky: [] },
      bill: { codexCalls: 0, codexInputTokens: 0, codexCachedTokens: 0, codexOutputTokens: 0, rounds: 0, seconds: 0 },
    }))
})

describe('findings as HTML', () => {
  it('are one page without script or network, and a model’s words stay words', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1', 'high', { title: '<script>alert(1)</script>', file: '"onload=x' })] })
    cycle.stop(ready, 't1')
    const page = findingsHtml(cycle.state.run)
    expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62;')
    expect(page).not.toMatch(/<script|https?:|"onload/)
  })
  it('show the debate in its order', () => {
    const text = findingsHtml(atChoice().state.run)
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
    expect(text).toMatch(
      /Disputed · you decide F2 .* Claude round 1: not needed no shows no code Codex round 1: needed, high r shows b.js:10 `line 10 of b` Claude round 2: not needed still no shows no code Codex round 2: needed, high r shows b.js:20/,
    )
  })
})

describe('the status', () => {
  it('has every key of the contract', () =>
    expect(statusJson(atChoice().state)).toEqual({
      version: 2,
      stage: 'choice',
      cycle: 1,
      round: 0,
      fingerprint: 't1',
      tests: { result: 'green', seconds: 1 },
      owed: null,
      open: 0,
      agreed: 1,
      disputed: 1,
      picked: 0,
      paused: false,
      now: null,
    }))

  it('says in one screen what comes next, and who is to act', () =>
    expect(statusText(atChoice().state)).toBe(`Stage     choice · cycle 1
Tests     The tests are green (\`npm test\`, 1 s).
Review    findings, 1 file read
Findings  1 agreed, 1 disputed, 1 agreed not needed
Bill      3 Codex calls, 2 debate rounds, 7 s, 300 tokens in, 30 out
Next      You choose: \`npx countersign pick\`, or type \`pick F1\` to Claude.`))
})
