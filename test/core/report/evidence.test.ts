import { describe, expect, it } from 'vitest'
import type { DebatedFinding, Run } from '../../../src/core/ledger/state.ts'
import { evidenceWords } from '../../../src/core/report/evidence.ts'
import { findingsHtml } from '../../../src/core/report/html.ts'
import { findingsMarkdown } from '../../../src/core/report/markdown.ts'
import { findingsText } from '../../../src/core/report/text.ts'
import { plain } from '../../../src/core/text/terminal-styles.ts'
import type { Position } from '../../../src/model/finding.ts'
import { debating, finding, says } from '../../support/cycle/cycle.ts'

const reports = [findingsText, findingsMarkdown, findingsHtml]
const inEach = (run: Run | null, ...words: (string | RegExp)[]) => {
  for (const report of reports) for (const word of words) expect(report(run).replaceAll('&#8217;', '’')).toMatch(word)
}
const quoted = 'src/api.js:1 `if (!xs.length) return null`'

describe('every report says', () => {
  it('that the two agreed at once, and whether Claude shows code for it', () => {
    const cycle = debating(finding('F1'), finding('F2'))
    cycle.stop(says(`F1: needed, high — it does: ${quoted}`, 'F2: needed, high — yes'))
    inEach(
      cycle.state.run,
      /F1[\s\S]*Agreed at once\. Claude shows code for it\.[\s\S]*F2/,
      /F2[\s\S]*Agreed at once\. Claude shows no code for it\./,
    )
  })
  it('that Claude changed its mind in the debate', () => {
    const cycle = debating(finding('F1'))
    cycle.rebuttals.push({ F1: { needed: true } })
    cycle.stop(says('F1: not needed — no'))
    cycle.stop(says(`F1: needed, high — conceded: ${quoted}`))
    inEach(cycle.state.run, 'Agreed in the debate: Claude changed its mind. Claude shows code for it.')
  })
  it('whose quote was not found, and what was quoted', () => {
    const cycle = debating(finding('F1'))
    cycle.stop(says('F1: needed, high — see a.js:1 `nothing of the kind`'))
    expect(findingsText(cycle.state.run)).toContain('Claude, round 1: its quote was not found in the tree.')
    for (const report of [findingsMarkdown, findingsHtml])
      expect(report(cycle.state.run)).toContain('(quote not found in the tree)')
  })
  it('what both withdrew, with its title, its body and how urgent it was called', () => {
    const cycle = debating(finding('F1', 'medium'), finding('F2', 'high'))
    cycle.rebuttals.push({ F1: { needed: false, concession: 'c' }, F2: { needed: false, concession: 'c' } })
    cycle.stop(says('F1, F2: not needed — no'))
    inEach(
      cycle.state.run,
      /both now say not needed/,
      /Agreed not needed[\s\S]*title of F1[\s\S]*body of F1/,
      /Codex called it medium|\[medium\]/,
      /Codex called it high|\[high, both now say not needed\]/,
      'body of F2',
    )
  })
  it('what the user left and dismissed', () => {
    const cycle = debating(finding('F1', 'critical'), finding('F2', 'low'), finding('F3', 'low'))
    cycle.stop(says('F1: needed, critical — y', 'F2, F3: needed, low — y'))
    cycle.prompt('pick F2')
    const run = cycle.state.run!
    const fates = (id: string, { fate }: DebatedFinding) => (id === 'F3' ? 'dismissed' : fate)
    const after = { ...run, findings: run.findings.map(one => ({ ...one, fate: fates(one.id, one) })) } as Run
    inEach(after, 'You left: 1 critical (F1).', 'You dismissed: 1 low (F3).')
    for (const report of reports) expect(report(debating(finding('F1')).state.run)).not.toMatch(/You (left|dismissed)/)
  })
})

it('what a position shows: what counts, what does not, and nothing', () => {
  const position = (more: Partial<Position>): Position => ({
    ...{ by: 'claude', round: 1, needed: true, priority: 'high', reason: 'r', concession: null, ...more },
  })
  const cited = [
    { file: 'b.js', lineStart: 3, lineEnd: 3, quote: 'x\n  y' },
    { file: '', lineStart: 1, lineEnd: 1, quote: 'asked' },
  ]
  expect(
    [
      position({ evidence: 'checked', cited }),
      position({ evidence: 'checked' }),
      position({ evidence: 'none', cited: cited.slice(0, 1) }),
      position({}),
      position({ round: 0 }),
      position({ evidence: 'false', cited }),
    ].map(evidenceWords),
  ).toEqual([
    'shows b.js:3 `x y`, the request or the rules `asked`',
    'its quote was found',
    'quotes b.js:3 `x y`, which does not count here',
    'shows no code',
    '',
    '',
  ])
})

it('at 80 columns no line of the text is longer, unless it is one word', () => {
  const cycle = debating(
    finding('F1', 'high', {
      title: 'a long title '.repeat(12),
      body: 'wörter '.repeat(60),
      fix: 'mend it '.repeat(30),
    }),
    finding('F2', 'low', { file: `src/${'deep/'.repeat(30)}file.js` }),
  )
  cycle.stop(says('F1: needed, high — yes', 'F2: not needed — no'))
  const run = {
    ...cycle.state.run!,
    review: { ...cycle.state.run!.review!, notReviewed: Array(30).fill('some/file.js') },
  }
  for (const columns of [40, 80]) {
    const lines = findingsText(run, { ...plain, columns }).split('\n')
    expect(lines.filter(line => line.length > columns && line.trim().includes(' '))).toEqual([])
    expect(lines.filter(line => line.length > columns)).toHaveLength(1)
  }
})

it('an HTML page runs and loads nothing, whatever a model or a path says', () => {
  const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">'
  const cycle = debating(
    finding('F1', 'high', { title: hostile, body: hostile, quote: hostile, fix: hostile, file: hostile }),
  )
  cycle.stop(says(`F1: not needed — ${hostile}`))
  const run = { ...cycle.state.run!, review: { ...cycle.state.run!.review!, notReviewed: [hostile, 'a\u202eb'] } }
  const page = findingsHtml(run)
  expect(page).not.toMatch(/<(script|img|a)\b|\u202e/)
  expect(page.match(/<[a-z1-9]+[^>]*>/g)!.filter(tag => /\bon\w+=|\b(src|href)=/.test(tag))).toEqual([])
  expect(page).toContain(`http-equiv="Content-Security-Policy" content="default-src 'none'`)
})
