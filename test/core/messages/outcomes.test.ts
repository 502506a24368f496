import { describe, expect, it } from 'vitest'
import { emptyState, type Run } from '../../../src/core/ledger/state.ts'
import { outcomeMessage } from '../../../src/core/messages/outcomes.ts'
import { agreement, notAccepted, unreviewed } from '../../../src/core/messages/run-lines.ts'
import { someOf } from '../../../src/core/text/wording.ts'
import { type UnreviewedReason, unreviewedReasons } from '../../../src/model/ledger/fields.ts'
import type { Happening } from '../../../src/model/ledger/ledger-entry.ts'
import type { SuiteRun, TestResult } from '../../../src/model/ledger/suites.ts'
import { Cycle, finding, ready, says } from '../../support/cycle/cycle.ts'

const told = (...entries: Happening[]) => outcomeMessage(entries, emptyState)
/** What the user is told of the entries a cycle has written since there were so many. */
const toldSince = (cycle: Cycle, count: number) => outcomeMessage(cycle.entries.slice(count), cycle.state)

const usage = { inputTokens: 0, outputTokens: 0 }
const testsRan = (result: TestResult, suites: Partial<SuiteRun>[]): Happening => ({
  kind: 'tests-ran',
  tree: 't',
  after: null,
  result,
  seconds: 61,
  suites: suites.map((more, n) => ({
    ...{ name: `s${n + 1}`, command: 'c', result: 'green', note: null, seconds: 1, failing: [], tail: '' },
    ...more,
  })),
})

it('what is hidden by a new rule stands in the line that signs', () => {
  const cycle = new Cycle()
  cycle.stop('', 't1')
  const signed = { kind: 'countersigned', tree: 't1', head: null, cycle: 1 } as const
  expect(outcomeMessage([{ ...signed, hidden: ['evil.js'] }], cycle.state)).toMatch(
    /; without evil\.js, which ignore rules added since the last review hide$/,
  )
  expect(outcomeMessage([{ ...signed, ignored: ['dist/a.js', 'dist/b.js'] }], cycle.state)).toMatch(
    /; not looked at: 2 files under `ignore` \(dist\/a\.js, dist\/b\.js\)$/,
  )
  expect(outcomeMessage([signed], cycle.state)).not.toMatch(/without|not looked at/)
})

describe('the line about a test run', () => {
  const red = { result: 'red' as const }
  const lost = { result: 'unable' as const, note: 'command not found (exit 127)' }
  it.each<[TestResult, Partial<SuiteRun>[], string | null]>([
    ['none', [], null],
    ['green', [{}], 'Countersign: ✓ tests green in 1 min 1 s'],
    [
      'red',
      [{ ...red, failing: ['a', 'b'] }, {}, { ...red, note: 'exit 2' }, red, lost],
      'Countersign: ✗ tests red in 1 min 1 s (s1: 2 failing, s3: exit 2, s4: red)',
    ],
    ['unable', [{}, lost], 'Countersign: ! the tests could not run (s2: command not found (exit 127))'],
  ])('says how it ended: %s', (result, suites, expected) => expect(told(testsRan(result, suites))).toBe(expected))
})

describe('the line about a review says what came of one', () => {
  const reviewed = (more: Partial<Extract<Happening, { kind: 'reviewed' }>>) =>
    told({
      kind: 'reviewed',
      tree: 't',
      verdict: 'approve',
      summary: '',
      reviewed: ['a.js', 'b.js'],
      notReviewed: [],
      findings: [],
      resolved: [],
      thread: null,
      model: null,
      usage,
      seconds: 4.26,
      ...more,
    })
  const resolved = [
    { id: 'F1', resolved: true, reason: '' },
    { id: 'F2', resolved: false, reason: '' },
  ]

  it.each([
    ['that approves', { summary: 'Sound.' }, 'Codex reviewed 2 files in 4.3 s: no findings — Sound.'],
    ['that approves without a summary', { reviewed: ['a.js'] }, 'Codex reviewed 1 file in 4.3 s: no findings'],
    [
      'that has findings, the urgent ones first',
      { summary: 'Not yet.', findings: [finding('F1', 'low'), finding('F2', 'high'), finding('F3', 'low')] },
      'Codex reviewed 2 files in 4.3 s: 1 high, 2 low',
    ],
    [
      'that found more than one review may raise',
      { findings: [finding('F1')], tooMany: 7 },
      'Codex reviewed 2 files in 4.3 s: 1 high; 7 more left out (limit of one review)',
    ],
    [
      'that checks earlier findings',
      { resolved, findings: [finding('F3'), finding('F4', 'low', { inScope: false })] },
      'Codex reviewed 2 files in 4.3 s: 1 of 2 earlier findings resolved; 1 high; 1 raised before',
    ],
    [
      'that did not read files, or never got them',
      { notReviewed: ['c', 'd'], unsent: ['d'], parts: 3 },
      'Codex reviewed 2 files in 3 parts: no findings; not read: c, d; 1 of these not sent to Codex: run limit reached (`limits` in .claude/countersign.yaml)',
    ],
  ])('%s', (_, more, expected) => expect(reviewed(more)).toBe(`Countersign: ${expected}`))
})

describe('the line about a review that could not be done', () => {
  const cannot = (reason: UnreviewedReason, call: 'review' | 'rebuttal' = 'review', detail = '') =>
    ({ kind: 'could-not-review', call, tree: 't', reason, until: '14:00', detail, usage, seconds: 1 }) as const

  it.each(unreviewedReasons.filter(reason => reason !== 'budget'))(
    'says the reason, what to do next, and never approves: %s',
    reason => {
      const message = told(cannot(reason))!
      expect(message).toMatch(
        /! could not review \(\S+( until about 14:00)?\)\. The review is pending; it runs by itself .* Until then, only the tests.* this change\. \S+/,
      )
      expect(message).toContain(reason)
      expect(message.includes('until about 14:00')).toBe(reason === 'rate-limited')
    },
  )
  it('promises nothing where the budget ends the run', () =>
    expect(told(cannot('budget', 'review', 'limit reached'))).toBe(
      'Countersign: ! could not review (budget): limit reached',
    ))
  it('promises nothing but the next prompt where that is what it waits for', () =>
    expect(told(cannot('sandbox', 'review', `PATH ${notAccepted}`))).toBe(
      'Countersign: ! could not review (sandbox): PATH changed in this session since your last prompt; your next prompt accepts that. Until then, only the tests and Claude’s self-review cover this change.',
    ))
  it('does not say that a change is unreviewed when only the rebuttal is missing', () =>
    expect(told(cannot('crashed', 'rebuttal', 'it panicked'))).toBe(
      'Countersign: ! could not review (crashed): it panicked. The review is pending; it runs by itself as soon as Codex is available again. The next stop tries again. To look for the cause, run `codex doctor`',
    ))
  it('says that parts already reviewed are kept', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ cannot: 'crashed' })
    cycle.stop(ready, 't1')
    const part = { part: 2, of: 5, paths: [], reviewed: [], notReviewed: [], findings: [], resolved: [], summary: '' }
    const state = { ...cycle.state, run: { ...cycle.state.run!, parts: [{ ...part, model: null, usage, seconds: 1 }] } }
    expect(outcomeMessage([cannot('crashed')], state)).toContain(
      '. 2 of 5 parts are reviewed and kept. The review is pending',
    )
    expect(outcomeMessage([cannot('crashed', 'rebuttal')], state)).not.toContain('parts')
  })
  it('names no time where there is none', () =>
    expect(unreviewed({ reason: 'rate-limited', until: null, detail: '' })).toBe('could not review (rate-limited)'))
})

describe('the lines about the debate and the choice say', () => {
  it('what Codex concedes, what it stands by, and what that comes to', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: ['F1', 'F2', 'F3', 'F4'].map(id => finding(id, id === 'F4' ? 'low' : 'medium')) })
    cycle.rebuttals.push(
      { F1: { needed: false, concession: 'true' }, F2: { needed: true, priority: 'low' }, F3: { needed: false } },
      { F2: { needed: true, priority: 'low' } },
    )
    cycle.stop(ready, 't1')
    const first = cycle.entries.length
    cycle.stop(says('F1-F3: not needed — no', 'F4: needed, low — yes'))
    expect(toldSince(cycle, first)).toBe(
      'Countersign: Codex answered in 2 s: concedes F1; says not needed of F3 without showing why; stands by F2',
    )
    const second = cycle.entries.length
    cycle.stop(says('F2: not needed — no'))
    expect(toldSince(cycle, second)).toBe(
      'Countersign: Codex answered in 2 s: stands by F2\nagreed: 1 low · disputed: 2 · agreed not needed: 1',
    )
    const third = cycle.entries.length
    cycle.prompt('pick F2')
    expect(toldSince(cycle, third)).toBe('Countersign: you picked F2')
    expect(agreement(cycle.state.run!)).toBe('agreed: none · agreed not needed: 1')
  })
  it('that nothing was picked, and the countersignature with its bill and what it covers all the same', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1'), finding('F2', 'medium'), finding('F3', 'low')] })
    cycle.rebuttals.push({ F2: { needed: false, concession: 'true' } })
    cycle.stop(ready, 't1')
    cycle.stop(says('F1, F3: needed, high — yes', 'F2: not needed — no'))
    const before = cycle.entries.length
    cycle.prompt('pick none')
    expect(toldSince(cycle, before)).toBe(
      'Countersign: you picked none\n✓ countersigned in cycle 1: 2 Codex calls, 1 debate round, 5 s, 200 tokens in, 20 out · agreed not needed: 1 medium (F2) · you left 1 high, 1 low (F1, F3)',
    )
  })
  it('that a change which was put away is in the working tree again', () =>
    expect(told({ kind: 'returned', head: null })).toMatch(
      /the change is in the working tree again; its review continues where it stopped/,
    ))
  it('that two reviews found the same', () =>
    expect(told({ kind: 'no-progress', ids: ['F1', 'F2'] })).toMatch(
      /two reviews in a row found F1, F2 unchanged; you decide/,
    ))
})

describe('the user is told why Claude stops before the cycle is finished', () => {
  const letGo = (why: Extract<Happening, { kind: 'let-go' }>['why']) =>
    ({ kind: 'let-go', tree: 't', head: null, why }) as const
  it.each([
    ['red', /^Countersign: ✗ .*still red/],
    ['tests-unable', /^Countersign: ! .*untested and unreviewed/],
    ['tests-move', /! a\.snap changed during every test run.*`ignore`/],
    ['no-self-review', /Codex was not asked/],
    ['not-fixed', /without touching the picked findings \(F1, F2\); to continue/],
    ['held-too-often', /sent back too often/],
    ['cycles', /! limit of 3 cycles reached .*is not countersigned/],
    [
      'budget',
      /! Codex has not reviewed this change as it is now\. .*is not countersigned.*after your next prompt starts/,
    ],
    ['seen-before', /this run already reviewed exactly this working tree/],
    ['unsent', /! 2 files not sent to Codex \(run limit .*: a, b\. .*is not countersigned/],
    ['withheld', /only touches sensitive files.*is not countersigned/],
  ] as const)('%s', (why, expected) => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    const ran = new Map([['t1', { result: 'green' as const, seconds: 1, suites: [], moved: ['a.snap'] }]])
    const before = cycle.state.run!
    const choice = { ...before.choice, picked: ['F1', 'F2'] }
    const reviews = { ...before.reviews, unsent: ['a', 'b'] }
    const run: Run = { ...before, cycle: 3, tests: { ...before.tests, ran }, choice, reviews }
    expect(outcomeMessage([letGo(why)], { ...emptyState, run })).toMatch(expected)
    // A torn ledger may have lost the run; the user is told all the same.
    expect(told(letGo(why))).toMatch(/^Countersign: [!✗] /)
  })
})

it('a run that ends at a limit in the middle of a debate says so, and what can still be picked', () => {
  const cycle = new Cycle({ limits: { codexCalls: 1 } })
  cycle.reviews.push({ findings: [finding('F1'), finding('F2')] })
  cycle.stop(ready, 't1')
  const before = cycle.entries.length
  cycle.stop(says('F1: needed, high — yes', 'F2: not needed — no'))
  expect(toldSince(cycle, before)).toBe(
    `Countersign: ! could not review (budget): run limit of 1 Codex call reached (\`limits.codexCalls\`)
! the debate is not finished. This change is not countersigned. It is yours to judge. You can still pick F1. A change after your next prompt starts a new run with new limits.`,
  )
})

describe('the user is told what happens around a cycle, or nothing:', () => {
  const moved = { kind: 'head-moved', head: '0123456789abcdef', base: 'b', inCycle: true } as const
  it.each<[string, Happening, string | RegExp | null]>([
    ['HEAD moved', moved, 'HEAD moved to 01234567; the change is now what differs from there'],
    ['HEAD moved while no cycle was running', { ...moved, inCycle: false }, null],
    ['a commit', { ...moved, base: null }, null],
    ['HEAD that is on no commit any more', { ...moved, head: null }, null],
    ['HEAD moved back', { ...moved, inCycle: false, over: { commits: 0, by: [], from: [], between: false } }, null],
    [
      'HEAD moved over commits of others',
      { ...moved, over: { commits: 3, by: ['Ada', 'Bob'], from: ['origin/main'], between: false } },
      'HEAD moved to 01234567 over 3 commits not made in this session and not reviewed (by Ada, Bob; origin/main); the change is now what differs from there',
    ],
    [
      'HEAD moved between two sessions',
      { ...moved, inCycle: false, over: { commits: 1, by: ['Ada'], from: [], between: true } },
      'HEAD moved to 01234567 over 1 commit since the last session and not reviewed (by Ada)',
    ],
    [
      'a repository inside',
      { kind: 'not-covered', session: 's1', paths: ['sub'] },
      '! not looked at: sub. Changes inside a submodule or a nested repository are not reviewed.',
    ],
    [
      'a change in a repository inside',
      { kind: 'let-go', tree: 't', head: null, why: 'nested', files: ['sub'] },
      '! not looked at: sub, a submodule or nested repository that changed. This change is not countersigned. It is yours to judge.',
    ],
    ['a self-review that is not ready', { kind: 'self-reviewed', tree: 't', ready: false, text: '' }, /not ready/],
    ['a self-review that is ready', { kind: 'self-reviewed', tree: 't', ready: true, text: '' }, null],
    [
      'files that changed during a review',
      { kind: 'tree-moved', call: 'review', files: ['a'] },
      /^! a changed during the Codex review, so/,
    ],
    [
      'files that changed during a rebuttal',
      { kind: 'tree-moved', call: 'rebuttal', files: ['a'] },
      /^! a changed while Codex answered, so/,
    ],
    [
      'the gate’s own files',
      { kind: 'gate-files', files: {}, changed: ['a', 'b'] },
      /^! gate files changed: a, b\. If/,
    ],
    [
      'the gate’s own files, and what that does',
      { kind: 'gate-files', files: {}, changed: ['a'], says: ['ignore: + "src/**"'] },
      /check them\.\n {2}ignore: \+ "src\/\*\*"$/,
    ],
    ['the first look at the gate’s own files', { kind: 'gate-files', files: {}, changed: [] }, null],
    ['a stage that begins', { kind: 'entered', stage: 'tests', tree: 't', cycle: 1, round: 0 }, null],
    ['a choice whose run is lost', { kind: 'entered', stage: 'choice', tree: 't', cycle: 1, round: 0 }, null],
    ['a countersignature whose run is lost', { kind: 'countersigned', tree: 't', head: null, cycle: 1 }, null],
    ['a change that was taken back', { kind: 'withdrawn', tree: 't', head: null }, /nothing is left to review/],
    ['what Claude is told anyway', { kind: 'asked', stage: 'tests', tree: 't', problems: [] }, null],
  ])('%s', (_, entry, expected) => {
    const message = told(entry)?.replace('Countersign: ', '') ?? null
    if (expected instanceof RegExp) expect(message).toMatch(expected)
    else expect(message).toBe(expected)
  })
  it('several outcomes are one message with a line for each', () =>
    expect(told(moved, { ...moved, base: null }, { kind: 'no-progress', ids: ['F1'] })?.split('\n')).toHaveLength(2))
})

it('a long list of files is cut and says how many are missing', () => {
  const paths = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  expect({ long: someOf(paths), short: someOf(paths.slice(0, 5)), two: someOf(paths, 2) }).toEqual({
    long: 'a, b, c, d, e and 2 more',
    short: 'a, b, c, d, e',
    two: 'a, b and 5 more',
  })
})

it('the user is told that the review of a change that was taken back is kept', () => {
  const cycle = new Cycle()
  cycle.reviews.push({ findings: [finding('F1')] })
  cycle.stop(ready, 't1')
  const before = cycle.entries.length
  cycle.stop('', 'base')
  expect(toldSince(cycle, before)).toMatch(/as it was before this change\. Its review \(in debate: 1\) is kept/)
})

it.each([
  ['7', 'process 7 has the file'],
  ['', 'somebody has the file'],
])('a lock that nothing says whose it is, is told as one (process %j)', (about, words) => {
  const told = { kind: 'told' as const, session: 's1', what: 'locked' as const, about }
  expect(outcomeMessage([told], new Cycle().state)).toContain(words)
})

describe('what is told of a review that is put away', () => {
  const away = (said: string[], after: (cycle: Cycle) => void = () => {}) => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1'), finding('F2', 'low')] })
    cycle.stop(ready, 't1')
    if (said.length > 0) cycle.stop(says(...said))
    after(cycle)
    const before = cycle.entries.length
    cycle.stop('', 'base')
    return toldSince(cycle, before)
  }
  it.each([
    ['in debate', away([]), 'in debate: 2'],
    ['agreed', away(['all: needed, high — yes']), 'agreed: 1 high, 1 low'],
    ['disputed', away(['F1: needed, high — yes', 'F2: not needed — no']), 'agreed: 1 high, disputed: 1'],
    [
      'picked',
      away(['all: needed, high — yes'], cycle => cycle.prompt('pick F1')),
      'agreed: 1 high, 1 low, picked: F1',
    ],
  ])('%s', (_, line, held) => expect(line).toContain(`Its review (${held}) is kept`))

  it('with nothing in it, or in parts', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ cannot: 'crashed' })
    cycle.stop(ready, 't1')
    const { run } = cycle.state
    const part = { part: 1, of: 2, paths: [], reviewed: [], notReviewed: [], resolved: [], summary: '', model: null }
    const parts = [{ ...part, findings: [], usage: { inputTokens: 0, outputTokens: 0 }, seconds: 0 }]
    const entry = { kind: 'withdrawn', tree: 'base', head: 'c0' } as const
    const line = (more: object) => outcomeMessage([entry], { ...cycle.state, run: { ...run!, ...more } as Run })
    expect([line({}), line({ parts, review: null })]).toEqual([
      expect.stringContaining('Its review (no findings) is kept'),
      expect.stringContaining('Its review (1 part reviewed) is kept'),
    ])
  })
})

it('a check of what was picked is told as that, and an edit that ends a choice over several', () => {
  const cycle = new Cycle()
  cycle.reviews.push(
    { findings: [finding('F1'), finding('F2')] },
    {
      ...{ resolved: { F1: true, F2: false }, findings: [finding('F3', 'low', { inScope: false })] },
    },
  )
  cycle.stop(ready, 't1')
  cycle.stop(says('all: needed, high — yes'))
  let before = cycle.entries.length
  cycle.stop('', 't2')
  expect(toldSince(cycle, before)).toMatch(/ends without a pick: F1, F2 stay open and are checked/)
  cycle.stop('', 't1')
  cycle.prompt('pick F1 F2')
  before = cycle.entries.length
  cycle.stop(ready, 't3')
  expect(toldSince(cycle, before)).toMatch(/1 of 2 picked findings resolved; no findings; 1 outside the frozen scope/)
})

it('a choice that is open is said to be so after a stop, once a prompt', () => {
  const cycle = new Cycle()
  cycle.reviews.push({ findings: [finding('F1'), finding('F2')] })
  cycle.stop(ready, 't1')
  cycle.stop(says('all: needed, high — yes'))
  const lines = ['', '', 'what is F1?', ''].map(prompt => {
    if (prompt) cycle.prompt(prompt)
    const before = cycle.entries.length
    cycle.stop()
    return toldSince(cycle, before)
  })
  const open = expect.stringMatching(/the choice is open \(F1, F2\), so nothing is countersigned\. Type `pick F1`/)
  expect(lines).toEqual([open, null, open, null])
})
