import { describe, expect, it } from 'vitest'
import { toCheck } from '../../../src/core/ledger/lists.ts'
import { openFindings, type Run } from '../../../src/core/ledger/state.ts'
import {
  choiceText,
  debateReport,
  debateText,
  fixText,
  redTestsText,
  selfReviewText,
} from '../../../src/core/messages/author-texts.ts'
import {
  followUpPrompt,
  type ReviewMaterial,
  rebuttalPrompt,
  reviewPrompt,
} from '../../../src/core/messages/reviewer-texts.ts'
import type { SuiteRun } from '../../../src/model/ledger/suites.ts'
import { Cycle, finding, ready, says } from '../../support/cycle/cycle.ts'

const place = { dir: '/reports', mark: 'm-0' }
const debating = (...findings: ReturnType<typeof finding>[]) => {
  const cycle = new Cycle()
  cycle.prompt('add\n  a cart')
  cycle.reviews.push({ findings })
  cycle.stop(ready, 't1')
  return cycle
}
const material = (more: Partial<ReviewMaterial> = {}): ReviewMaterial => ({
  files: [{ path: 'src/a.js', status: 'modified', added: 3, deleted: 1, binary: false }],
  patch: '+x',
  patchFile: '/tmp/patch',
  part: { number: 1, of: 1, changedInAll: 1 },
  checks: [],
  readBefore: [],
  leftOut: [],
  rules: '',
  decisions: '',
  mark: 'm-0',
  ...more,
})
const untested = ({ state }: Cycle): Run => ({
  ...state.run!,
  tests: { ran: new Map(), heardSince: false, most: {}, setAside: [] },
})
const inNewThread = (run: Run): Run => ({ ...run, reviews: { ...run.reviews, thread: null } })
const askedOnce = (run: Run): Run => ({ ...run, counts: { ...run.counts, asks: 1 } })
const prompt = (cycle: Cycle, more?: Partial<ReviewMaterial>) => reviewPrompt(cycle.state.run!, material(more))

describe('the review prompt to Codex', () => {
  it('has what was asked for, the tests, the trees and the diff', () => {
    const text = prompt(debating())
    expect(text).toContain('<m-0 request>\n- add a cart\n</m-0>')
    expect(text).toContain('\n\nThe tests are green (`npm test`, 1 s).\n\n')
    expect(text).toContain('from tree base to tree t1 (')
    expect(text).toContain('<m-0 files>\nsrc/a.js (modified, +3 -1)\n</m-0>')
    expect(text).toContain('<m-0 diff>\n+x\n</m-0>')
    expect(text).toMatch(/^Countersign · review · cycle 1\n[\s\S]*`summary`\.[\s\S]*<\/m-0>$/)
    expect(text).not.toMatch(/rules>|decisions>|too large|left out|earlier>|left>/i)
  })
  it('says so when no test has run', () => {
    const run = untested(debating())
    expect(reviewPrompt(run, material())).toContain('\n\nThe tests have not run.\n\n')
  })
  it('keeps the author’s self-review from Codex', () => {
    const cycle = new Cycle()
    cycle.stop(says('self-review: ready', 'I doubt the rounding.'), 't1')
    expect(prompt(cycle)).not.toContain('rounding')
  })
  it('has rules, decisions, the part, and the names of what is left out', () => {
    const text = prompt(debating(), {
      files: [{ path: 'logo.png', status: 'added', added: 0, deleted: 0, binary: true }],
      rules: 'No floats.',
      decisions: 'No i18n.',
      part: { number: 2, of: 3, changedInAll: 40 },
      leftOut: ['.env', 'a\nb'],
    })
    expect(text).toMatch(/<m-0 rules>\nNo floats\.\n[\s\S]*<m-0 decisions>\nNo i18n\./)
    expect(text).toContain('logo.png (added, binary)')
    expect(text).toContain('This is part 2 of 3: review the files below, and read any of the 40 changed files')
    expect(text).toContain(String.raw`(do not open them): .env, "a\nb"`)
  })
  it('names what an earlier review has read as it is, without its diff', () => {
    const file = { path: 'src/b.js', status: 'modified', added: 1, deleted: 0, binary: false } as const
    expect(prompt(debating(), { readBefore: [file] })).toMatch(
      /Also changed, but an earlier review has read these as they are; .*: src\/b\.js\n/,
    )
  })
  it('names a file to read where the diff is too large', () =>
    expect(prompt(debating(), { patch: null })).toContain('It is in /tmp/patch: read all of it, piece by piece'))

  it('says in a later cycle what to check, and what was left or found not needed', () => {
    const cycle = debating(
      finding('F1'),
      finding('F2', 'low'),
      finding('F3', 'low', { lineStart: null }),
      finding('F4'),
    )
    const gone = { needed: false, concession: 'true' }
    cycle.rebuttals.push({ F3: gone, F4: gone })
    cycle.stop(says('F1, F2: needed, low — yes', 'F3, F4: not needed — dead code'))
    cycle.prompt('pick F1')
    const text = prompt(cycle, { checks: toCheck(cycle.state.run!) })
    expect(text).toMatch(/<m-0 earlier>\nF1 · high · defect · title of F1 · a\.js:1\nbody of F1\n[^F]*Quote: `x \/ y`/)
    expect(text).toContain('lines changed since the user chose (tree t1)')
    expect(text).toMatch(/The user has seen these[^\n]*\n<m-0 left>\nF2: low · title of F2 \(a\.js:1\)\n<\/m-0>/)
    expect(text).toMatch(
      /you and the author agreed[^\n]*\n<m-0 withdrawn>\nF3: low · title of F3 \(a\.js\)\nF4: high · title of F4 \(a\.js:1\)\n<\/m-0>/,
    )
  })
  it('freezes no scope before the user has picked', () => {
    const cycle = debating(finding('F1'))
    const run = cycle.state.run!
    expect(reviewPrompt(run, material({ checks: openFindings(run) }))).not.toContain('scope is frozen')
  })
})

describe('the prompt for what is missing', () => {
  const run = debating(finding('F1')).state.run!
  it.each([
    ['review', 'Countersign · review · cycle 1\n'],
    ['rebuttal', 'Countersign · rebuttal · cycle 1 · round 1\n'],
  ] as const)('of a %s says which, and names each thing', (call, head) => {
    const text = followUpPrompt(run, call, [{ ask: 'give\nF1' }, { ask: 'read a.js' }])
    expect(text.startsWith(head)).toBe(true)
    expect(text).toMatch(/\n- give F1\n- read a\.js$/)
  })
})

describe('the rebuttal prompt to Codex', () => {
  const answered = () => {
    const cycle = debating(finding('F1'), finding('F2'))
    cycle.rebuttals.push({ F2: { needed: true, reason: 'line 4 is reached' } })
    cycle.stop(says('F1: needed, high — yes', 'F2: not needed — never reached'))
    cycle.entries.push({
      v: 1,
      at: '',
      kind: 'answered',
      round: 2,
      positions: [
        { id: 'F2', by: 'claude', round: 2, needed: false, priority: null, reason: 'really never', concession: null },
      ],
      unanswered: [],
    })
    return cycle.state.run!
  }
  it('has the author’s last argument for each open finding, and nothing else', () => {
    const text = rebuttalPrompt(answered(), 'm-0')
    expect(text).toContain('F2 · high · defect · title of F2 · a.js:1\n<m-0 F2>\nreally never\n</m-0>')
    expect(text).toContain('Return one entry for each of F2,')
    expect(text).not.toMatch(/F1 ·|You, the reviewer/)
  })
  it('asks in passing how urgent it is what the author alone has shown to be less so', () => {
    const cycle = debating(finding('F1'), finding('F2'))
    cycle.rebuttals.push({ cannot: 'crashed' })
    cycle.stop(says('F1: needed, low — rarely: src/api.js:1 `if (!xs.length) return null`', 'F2: not needed — never'))
    const text = rebuttalPrompt(cycle.state.run!, 'm-0')
    expect(text).toMatch(
      /needed but less urgent[^\n]*\n\nF1 · high · [^\n]*\n(?:<m-0 F1 reviewer>[^<]*<\/m-0>\n|You, the reviewer[\s\S]*answers:\n)?<m-0 F1>\nThe author says low\. rarely/,
    )
    expect(text).toContain('Return one entry for each of F2, F1,')
  })
  it('repeats Codex’s own words, first and last, in a new thread', () => {
    const text = rebuttalPrompt(inNewThread(answered()), 'm-0')
    expect(text).toMatch(/You, the reviewer, said:\n<m-0 F2 reviewer>\nbody of F2\n[\s\S]*line 4 is reached\n<\/m-0>/)
  })
  it('does not repeat the same words twice', () => {
    const run = inNewThread(debating(finding('F1')).state.run!)
    expect(rebuttalPrompt(run, 'm-0').match(/body of F1/g)).toHaveLength(1)
  })
})

describe('the prompt about red tests', () => {
  const suite = (more: Partial<SuiteRun>): SuiteRun => ({
    ...{ name: 'unit', command: 'npm test', result: 'red', note: 'exit 1', seconds: 1, failing: [], tail: '' },
    ...more,
  })
  const text = (...suites: SuiteRun[]) =>
    redTestsText(
      debating().state.run!,
      { result: 'red', seconds: 1, suites, moved: [] },
      { attempt: 1, attempts: 3, mark: 'm-0' },
    )

  it('has only the red suites, each with its failures and the end of its output', () => {
    const said = text(suite({ failing: ['adds', 'rounds'], tail: 'boom' }), suite({ name: 'lint', result: 'green' }))
    expect(said).toContain('unit (`npm test`): 2 failing\n<m-0 output>\n- adds\n- rounds\nboom\n</m-0>')
    expect(said).not.toContain('lint')
  })
  it('names at most twenty tests of a suite, and how many more there are', () => {
    const names = Array.from({ length: 23 }, (_, n) => `test ${n + 1}.`)
    expect(text(suite({ failing: names }))).toMatch(/- test 20\.\n- and 3 more\n/)
    expect(text(suite({ failing: names.slice(0, 20) }))).not.toContain('more')
  })
  it('stays within what Claude Code shows, however long the output and however many the suites', () => {
    const long = (name: string) => suite({ name, tail: `${'x'.repeat(50_000)}THE END`, failing: ['a'.repeat(50)] })
    for (const count of [1, 2, 5]) {
      const said = text(...Array.from({ length: count }, (_, n) => long(`s${n}`)))
      expect(said.length).toBeGreaterThan(7000)
      expect(said.length).toBeLessThan(9000)
      expect(said.match(/THE END/g)).toHaveLength(count)
    }
  })
  it('leaves the output out where the names alone fill it', () =>
    expect(text(suite({ failing: Array(20).fill('n'.repeat(500)), tail: 'THE END' }))).not.toContain('THE END'))
})

describe('the prompts about findings', () => {
  const huge = () =>
    debating(...Array.from({ length: 12 }, (_, n) => finding(`F${n + 1}`, 'high', { body: 'b'.repeat(900) })))
  const asked = { wrong: [], rounds: 2, answers: 3, ...place }

  it('show them in full in the first round, later what Codex says now', () => {
    const cycle = debating(finding('F1'), finding('F2'))
    cycle.rebuttals.push({ F1: { needed: true, reason: 'still reached' }, F2: { needed: true } })
    expect(cycle.last!.context).toMatch(
      /raised 2 findings\. Judge[\s\S]*\nF1 · defect · title[^\n]*\nbody of F1\nQuote: `x \/ y`\nSmallest fix: mend it/,
    )
    expect(cycle.last!.context).not.toContain('conceded:')
    cycle.stop(says('all: not needed — no'))
    const said = cycle.last!.context!
    expect(said).toMatch(
      /stands by 2 findings after your answer\. This is the last round:[\s\S]*F1 · high · [^\n]*\nCodex now says: still reached · b\.js:10 `line 10 of b`/,
    )
    expect(said).toContain('start its reason with `conceded:`')
    expect(said).not.toContain('body of F1')
    const run = cycle.state.run!
    expect(debateText(run, openFindings(run), { ...asked, rounds: 3 })).not.toContain('last round')
    expect(debateReport(run, openFindings(run))).toMatch(/body of F1[\s\S]*Codex now says: still reached/)
  })
  it('say why Codex is not satisfied after a fix that did not work', () => {
    const cycle = debating(finding('F1'))
    cycle.stop(says('F1: needed, high — yes'))
    cycle.prompt('pick F1')
    cycle.reviews.push({ resolved: { F1: false }, reason: 'the empty list still fails', findings: [finding('F2')] })
    cycle.stop(ready, 't2')
    const run = cycle.state.run!
    for (const said of [debateText(run, openFindings(run), asked), debateReport(run, openFindings(run))])
      expect(said).toMatch(
        /body of F1[\s\S]*Codex now says: the empty list still fails[\s\S]*body of F2(?![\s\S]*now says)/,
      )
  })
  it('say only what was wrong when they ask again', () => {
    const run = debating(finding('F1')).state.run!
    const said = debateText(askedOnce(run), openFindings(run), { ...asked, wrong: ['no block', 'no F1'] })
    expect(said).toContain('could not be used: no block; no F1. Attempt 2 of 3;')
    expect(said).not.toContain('body of F1')
  })
  it('name a file where the findings are too many for a prompt, and still the way out', () => {
    const cycle = huge()
    const run = cycle.state.run!
    const [debate, report] = [debateText(run, openFindings(run), asked), debateReport(run, openFindings(run))]
    expect(debate).toContain('The findings are in /reports/debate-1-1.md')
    expect(report.match(/^F\d+ ·/gm)).toHaveLength(12)
    expect(report).not.toContain('now says')
    cycle.stop(says('all: needed, low — yes'))
    const { run: at } = cycle.state
    const long = { ...at!, findings: at!.findings.map(one => ({ ...one, title: one.title.repeat(100) })) }
    const choice = choiceText({ ...long, counts: { ...long.counts, holds: 0 } }, place)
    cycle.prompt('pick all')
    const fix = fixText(cycle.state.run!, place)
    expect(choice).toContain('The list is in /reports/findings-1.md')
    expect(fix).toContain('They are in /reports/findings-1.md')
    for (const text of [debate, choice, fix]) {
      expect(text.length).toBeLessThan(9000)
    }
    for (const text of [choice, fix]) expect(text).toContain('npx countersign pause')
    expect(choice).toMatch(/show the user the list unchanged, as it is in that file \(/)
  })
  it('list in the fix only what was picked', () => {
    const cycle = debating(finding('F1'), finding('F2', 'low'))
    cycle.stop(says('all: needed, low — yes'))
    cycle.prompt('pick F2')
    expect(fixText(cycle.state.run!, place)).toMatch(/The user picked F2\.[\s\S]*F2 · low/)
  })
})

it('the self-review prompt has the state of the tests, and what was wrong when it asks again', () => {
  const run = untested(debating())
  expect(selfReviewText(run, [], 3)).toContain('\nThe tests have not run. Now review')
  expect(selfReviewText(askedOnce(run), ['no block', 'no words'], 3)).toContain('no block; no words. Attempt 2 of 3.')
})
