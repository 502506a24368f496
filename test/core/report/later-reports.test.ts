import { describe, expect, it } from 'vitest'
import { findingsHtml } from '../../../src/core/report/html.ts'
import { findingsJson } from '../../../src/core/report/json.ts'
import { findingsMarkdown } from '../../../src/core/report/markdown.ts'
import { findingsText } from '../../../src/core/report/text.ts'
import { plain, type TerminalStyles } from '../../../src/core/text/terminal-styles.ts'
import { Cycle, finding, ready, says } from '../../support/cycle/cycle.ts'
import { debating, owing, signed } from '../../support/cycle/reported.ts'

/** TerminalStyles that shows where it was used. */
const ink = Object.fromEntries(
  ['bold', 'dim', 'red', 'yellow', 'green', 'cyan'].map(name => [name, (text: string) => `<${name} ${text}>`]),
) as unknown as TerminalStyles
const seen: TerminalStyles = { ...ink, columns: plain.columns }

describe('the findings of a later cycle', () => {
  it('as text: show what is outside the scope, and what was not reviewed and why', () => {
    const text = findingsText(signed().run)
    expect(text).toMatch(/^Countersigned in cycle 2 · 1 finding\n/)
    expect(text).toMatch(/Agreed · high \(1\)\n {2}F1 title of F1 \[resolved\]/)
    expect(text).toContain('Raised outside the frozen scope (1)\n  F2 title of F2')
    expect(text).toContain(
      [
        'Not reviewed (Codex does not list it as read): b.js',
        'Not sent to Codex (run limit reached, see `limits`): c.js',
        'Not sent to Codex (sensitive by name): .env',
      ].join('\n'),
    )
    expect(text).not.toContain('Choose:')
  })
  it('in every report: show what was fixed before the debate ended, and what is still debated', () => {
    const cycle = debating(finding('F1'), finding('F2'))
    expect(findingsText(cycle.state.run)).toContain('Still being debated (2)\n  F1')
    cycle.reviews.push({ resolved: { F1: true, F2: false } })
    cycle.stop(ready, 't2')
    for (const report of [findingsText, findingsMarkdown, findingsHtml])
      expect(report(cycle.state.run)).toMatch(
        /Still being debated[\s\S]*F2\b[\s\S]*Fixed before the debate ended[\s\S]*F1\b/,
      )
  })
  it('as JSON: have nothing from Codex before the review, and its model after it', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    const before = { result: null, reason: null, model: null, sandbox: null, reviewed: [], notReviewed: [] }
    expect(findingsJson(cycle).review).toEqual(before)
    const { run } = signed()
    const review = { ...run.review!, model: 'm1' }
    expect(
      findingsJson({ state: { ...cycle.state, run: { ...run, review } }, entries: cycle.entries }).review,
    ).toMatchObject({
      model: 'm1',
      notReviewed: ['b.js', '.env', 'c.js'],
    })
  })
  it('in every report: name no file as unreviewed before the review', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    for (const report of [findingsText, findingsMarkdown, findingsHtml])
      expect(report(cycle.state.run)).not.toMatch(/Not (sent|reviewed)/)
  })
  it('as text: say when there are none, which is not what a pending review looks like', () => {
    expect(findingsText(debating().state.run)).toContain('\n\nNo findings.\n\n')
    expect(findingsText(owing().state.run, seen)).toContain(
      '<yellow ! could not review (rate-limited until about 14:00)>',
    )
  })
  it('as text: show that Claude never answered', () => {
    const cycle = debating(finding('F1'))
    for (let n = 0; n < 3; n++) cycle.stop('?')
    expect(findingsText(cycle.state.run)).toContain('     Claude: no answer')
  })
  it('as text: are red where they are urgent, else yellow', () => {
    const cycle = debating(finding('F1', 'critical'), finding('F2'), finding('F3', 'medium'), finding('F4', 'low'))
    cycle.stop(
      says('F1: needed, critical — y', 'F2: needed, high — y', 'F3: needed, medium — y', 'F4: needed, low — y'),
    )
    const text = findingsText(cycle.state.run, seen)
    expect(text.match(/<(red|yellow) Agreed · \w+/g)).toEqual([
      '<red Agreed · critical',
      '<red Agreed · high',
      '<yellow Agreed · medium',
      '<yellow Agreed · low',
    ])
    expect(text).not.toContain('the lower one counts')
  })

  it('as JSON: show what has become of each', () =>
    expect(findingsJson(signed().cycle)).toMatchObject({
      agreed: { high: [{ id: 'F1', fate: 'resolved' }], low: [] },
      outOfScope: [{ id: 'F2' }],
      picked: ['F1'],
      review: { result: 'findings', reason: null, reviewed: ['a.js'] },
    }))
  it('as JSON: have earlier positions before those since the last review', () => {
    const cycle = debating(finding('F1'))
    cycle.stop(says('F1: needed, low — yes'))
    cycle.prompt('pick F1')
    cycle.reviews.push({ resolved: { F1: false } })
    cycle.stop(ready, 't2')
    const [open] = findingsJson(cycle).open
    expect(open!.positions.map(({ by, reason }) => `${by}: ${reason}`)).toEqual([
      'codex: body of F1',
      'claude: yes',
      'codex: r',
    ])
  })
  it('in every report: say why what was picked is still there, and the finding itself once', () => {
    const cycle = debating(finding('F1'))
    cycle.stop(says('F1: needed, low — yes'))
    cycle.prompt('pick F1')
    cycle.reviews.push({ resolved: { F1: false }, reason: 'the empty list still fails' })
    cycle.stop(ready, 't2')
    const { run } = cycle.state
    expect(findingsText(run)).toContain(
      '     body of F1\n     Fix: mend it\n     Codex, re-check: the empty list still fails',
    )
    expect(findingsMarkdown(run)).toContain(
      '- **Claude**, round 1: needed, low — yes (shows no code)\n- **Codex**, re-check: needed, high — the empty list still fails\n',
    )
    expect(findingsHtml(run)).toContain(
      '</p><ol class="debate"><li class="claude"><b>Claude</b> <em>round 1: needed, low</em> yes <small>shows no code</small></li>' +
        '<li class="codex"><b>Codex</b> <em>re-check: needed, high</em> the empty list still fails</li></ol>',
    )
    for (const report of [findingsText, findingsMarkdown, findingsHtml])
      expect(report(run).match(/body of F1/g)).toHaveLength(1)

    cycle.stop(says('F1: needed, low — conceded'))
    expect(findingsText(cycle.state.run)).toMatch(/Agreed · high \(1\)[\s\S]*re-check: the empty list still fails/)
    cycle.prompt('pick F1')
    cycle.reviews.push({ resolved: { F1: true } })
    cycle.stop(ready, 't3')
    expect(findingsText(cycle.state.run)).toContain('F1 title of F1 [resolved]')
    expect(findingsText(cycle.state.run)).not.toContain('re-check')
  })

  it('as Markdown: are a whole page', () => {
    const page = findingsMarkdown(signed().run)
    expect(page).toBe(`# Countersign: countersigned in cycle 2

## Agreed · high

### F1 title of F1

\`a.js:1\` · defect · resolved

body of F1

\`\`\`
x / y
\`\`\`

**Smallest fix:** mend it

Agreed at once. Claude shows no code for it.

- **Claude**, round 1: needed, high — yes (shows no code)

## Raised outside the frozen scope

### F2 title of F2

\`a.js:1\` · defect · Codex called it low

body of F2

\`\`\`
x / y
\`\`\`

**Smallest fix:** mend it

- Not reviewed (Codex does not list it as read): \`b.js\`
- Not sent to Codex (run limit reached, see \`limits\`): \`c.js\`
- Not sent to Codex (sensitive by name): \`.env\`

_2 Codex calls, 6 s, 200 tokens in, 20 out_`)
    expect(findingsMarkdown(null)).toBe('No change has been reviewed yet.')
  })
  it('as Markdown: have a pending review on top, and a speaker for each argument', () => {
    expect(findingsMarkdown(owing().state.run)).toMatch(
      /^# Countersign: review, cycle 1\n\n> \*\*could not review \(rate-limited until about 14:00\)\*\*\n/,
    )
    const cycle = debating(finding('F1', 'low', { quote: '', fix: '', verified: false }))
    cycle.rebuttals.push({ F1: { needed: false, concession: 'yes' } })
    cycle.stop(says('F1: not needed — a [prototype]'))
    expect(findingsMarkdown(cycle.state.run)).toContain(
      'defect · Codex called it low · quote not found\n\nbody of F1\n\n' +
        '- **Claude**, round 1: not needed — a \\[prototype] (shows no code)\n' +
        '- **Codex**, round 1: not needed — r (shows b.js:10 `line 10 of b`)\n',
    )
  })

  it('as HTML: show the countersignature and what was not reviewed', () => {
    const page = findingsHtml(signed().run)
    expect(page).toContain('<header class="signed"><p>Countersign · cycle 2</p><h1>Countersigned</h1></header>')
    expect(page).toContain(
      '<p>Not reviewed (Codex does not list it as read): <code>b.js</code></p>' +
        '<p>Not sent to Codex (run limit reached, see `limits`): <code>c.js</code></p>' +
        '<p>Not sent to Codex (sensitive by name): <code>.env</code></p>',
    )
    expect(page).toContain('<li class="high"><b>1</b> high</li><li class="none"><b>0</b> medium</li>')
    expect(page).toContain('<section class="quiet"><h2>Raised outside the frozen scope</h2><article id="F2">')
  })
  it('as HTML: have a section for each priority', () => {
    const cycle = debating(finding('F1', 'high'), finding('F2', 'low'))
    cycle.stop(says('F1: needed, high — y', 'F2: needed, low — y'))
    cycle.prompt('pick F2')
    const page = findingsHtml(cycle.state.run)
    expect(page.match(/<h2>.*?<\/h2><article id="F\d"/g)).toEqual([
      '<h2>Agreed · high</h2><article id="F1"',
      '<h2>Agreed · low</h2><article id="F2"',
    ])
    expect(page).toContain('<i>defect</i> <i>picked</i>')
  })
  it('as HTML: show no run, a pending review, and a finding with few details', () => {
    expect(findingsHtml(null)).toMatch(/<title>Countersign<\/title>[\s\S]*No change has been reviewed yet/)
    expect(findingsHtml(owing().state.run)).toContain(
      '<p class="pending">could not review (rate-limited until about 14:00)</p>',
    )
    const page = findingsHtml(debating(finding('F1', 'low', { quote: '', fix: '', verified: false })).state.run)
    expect(page).toContain('<h1>1 finding · debate</h1>')
    expect(page).toContain(
      '<i>defect</i> <i>Codex called it low</i> <i>quote not found</i></p>\n<p>body of F1</p>\n\n</article>',
    )
    expect(page).not.toContain('Not reviewed')
  })
})
