import { describe, expect, it } from 'vitest'
import type { Run } from '../../../src/core/ledger/state.ts'
import { judgeReview, type ReviewedTree } from '../../../src/core/review/judge-review.ts'
import { readAnswer } from '../../../src/core/review/reading/read-answer.ts'
import { pathsOf } from '../../../src/core/review/repository-path.ts'
import type { ReviewAnswer } from '../../../src/model/codex-answer.ts'
import type { Finding } from '../../../src/model/finding.ts'
import { Cycle, finding, ready, says } from '../../support/cycle/cycle.ts'

const raw = (more: Partial<ReviewAnswer['findings'][number]> = {}): ReviewAnswer['findings'][number] => ({
  title: 'Divides by zero',
  body: 'An empty list.',
  kind: 'defect',
  priority: 'medium',
  file: 'src/mean.js',
  line_start: 2,
  line_end: 3,
  quote: 'return sum / xs.length',
  fix: 'return 0',
  ...more,
})
const answer = (more: Partial<ReviewAnswer> = {}): ReviewAnswer => ({
  verdict: 'findings',
  summary: 's',
  reviewed: ['src/mean.js'],
  findings: [raw()],
  resolved: [],
  ...more,
})
const tree = (more: Partial<ReviewedTree> = {}): ReviewedTree => {
  const changed = more.changed ?? ['src/mean.js', 'src/api.js']
  return {
    changed,
    files: pathsOf([...changed, 'lib.js', 'README.md']),
    root: '/home/me/repo',
    home: '',
    rules: '',
    fileAt: path => (path === 'src/mean.js' ? 'function mean(xs) {\n  return sum\n    / xs.length\n}\n' : null),
    baseAt: () => null,
    lastAt: () => null,
    changedSince: null,
    frozenSince: more.changedSince ?? null,
    ...more,
  }
}
const judged = (said: object, run: Run, where: ReviewedTree) =>
  judgeReview(readAnswer([JSON.stringify(said)]), run, where)
/** What is asked for once more before it counts as an answer. */
const blocked = (about = '') => ({
  wants: expect.arrayContaining([expect.objectContaining({ blocks: true, problem: expect.stringContaining(about) })]),
})
const firstRun = () => {
  const cycle = new Cycle()
  cycle.stop('', 't1')
  return cycle.state.run!
}
const laterRun = () => {
  const cycle = new Cycle()
  cycle.reviews.push({ findings: [finding('F1'), finding('F2', 'high', { quote: 'left alone', file: 'src/api.js' })] })
  cycle.stop(ready, 't1')
  cycle.stop(says('all: needed, low — yes'))
  cycle.prompt('pick F1')
  return cycle.state.run!
}

describe('an answer that contradicts itself', () => {
  const approval = answer({ verdict: 'approve', findings: [] })
  const unread = answer({ verdict: 'could-not-review', findings: [] })
  it.each([
    ['findings, then an approval', [answer(), approval], answer()],
    ['an approval, then findings', [approval, answer()], answer()],
    ['no review, then an approval', [unread, approval], unread],
    [
      'something unresolved, then an approval',
      [answer({ findings: [], resolved: [{ id: 'F1', resolved: false, reason: 'r' }] }), approval],
      answer({ findings: [], resolved: [{ id: 'F1', resolved: false, reason: 'r' }] }),
    ],
    ['two approvals', [approval, { ...approval, summary: 'last' }], { ...approval, summary: 'last' }],
  ])('%s: the stricter one holds', (_, answers, holds) =>
    expect(readAnswer(answers.map(one => JSON.stringify(one)))).toMatchObject(holds),
  )

  it('in a rebuttal: the one that stands by more', () => {
    const position = (needed: boolean) => ({
      positions: [{ id: 'F1', needed, priority: 'high' as const, reason: 'r', concession: null, evidence: null }],
    })
    const answers = [position(true), position(false)].map(one => JSON.stringify(one))
    expect(readAnswer(answers).positions).toMatchObject([{ id: 'F1', needed: true }])
  })
  it('an approval that calls something unresolved that was never raised is none', () => {
    const stray = { id: 'F9', resolved: false, reason: 'still there' }
    expect(judged({ ...approval, resolved: [stray] }, firstRun(), tree())).toMatchObject(blocked('F9'))
  })
})

describe('a review', () => {
  it('gives findings ids in its order, checks each quote, and says what was not read', () =>
    expect(
      judged(answer({ findings: [raw(), raw({ title: 'Other', quote: 'not there' })] }), firstRun(), tree()),
    ).toMatchObject({
      verdict: 'findings',
      findings: [
        { id: 'F1', verified: true, inScope: true },
        { id: 'F2', verified: false, inScope: true },
      ],
      reviewed: ['src/mean.js'],
      notReviewed: ['src/api.js'],
    }))

  it('cannot call an urgent finding resolved that nobody was to fix and whose code still stands', () => {
    const cycle = new Cycle()
    const quote = 'return sum'
    cycle.reviews.push({ findings: [finding('F1', 'critical', { quote, verified: true, file: 'src/mean.js' })] })
    cycle.stop(ready, 't1')
    const said = answer({ verdict: 'approve', findings: [], resolved: [{ id: 'F1', resolved: true, reason: 'fixed' }] })
    expect(judged(said, cycle.state.run!, tree())).toMatchObject({
      verdict: 'findings',
      resolved: [{ id: 'F1', resolved: false }],
    })
    const gone = tree({ fileAt: () => 'function mean() {}' })
    expect(judged(said, cycle.state.run!, gone)).toMatchObject({
      verdict: 'approve',
      resolved: [{ resolved: true }],
    })
    expect(judged(said, cycle.state.run!, tree({ fileAt: () => null }))).toMatchObject({ verdict: 'approve' })
  })

  it.each([
    ['is hidden by a rule', { hiddenAt: () => 'return sum' }, {}, false],
    [
      'has moved to another file of the change',
      { others: ['b.js'], fileAt: (path: string) => (path === 'b.js' ? 'return sum' : null) },
      {},
      false,
    ],
    ['cannot be told', { fileAt: () => 'x()' }, { verified: false }, false],
    ['cannot be told, and no file on disk is asked for', { hiddenAt: () => 'return sum' }, { verified: false }, false],
    ['is gone', { fileAt: () => 'x()' }, {}, true],
  ] as [string, Partial<ReviewedTree>, Partial<Finding>, boolean][])(
    'that calls a critical finding resolved whose code %s',
    (_, where, more, resolved) => {
      const cycle = new Cycle()
      const code = { quote: 'return sum', anchor: 'return sum', file: 'src/mean.js' }
      cycle.reviews.push({ findings: [finding('F1', 'critical', { ...code, ...more })] })
      cycle.stop(ready, 't1')
      const said = answer({ findings: [], resolved: [{ id: 'F1', resolved: true, reason: 'fixed' }] })
      expect(
        judged({ ...said, verdict: 'approve' }, cycle.state.run!, tree({ fileAt: () => null, ...where })),
      ).toMatchObject({ resolved: [{ id: 'F1', resolved }] })
    },
  )

  it('that approves and has read a changed file is a pass', () =>
    expect(judged(answer({ verdict: 'approve', findings: [] }), firstRun(), tree())).toMatchObject({
      verdict: 'approve',
    }))

  it.each([
    [
      'approves and names no file',
      answer({ verdict: 'approve', findings: [], reviewed: [] }),
      blocked('no changed file'),
    ],
    [
      'approves and names only files that did not change',
      answer({ verdict: 'approve', findings: [], reviewed: ['README.md'] }),
      blocked('no changed file'),
    ],
    ['reports findings and has none', answer({ findings: [] }), blocked('lists none')],
    ['has no verdict', answer({ verdict: null, findings: [] }), blocked('no verdict')],
    ['says it could not read', answer({ verdict: 'could-not-review', findings: [] }), { unreviewed: 'sandbox' }],
  ])('that %s is no review', (_, given, expected) => expect(judged(given, firstRun(), tree())).toMatchObject(expected))

  it('gives ids on from the parts before it', () => {
    const part = { part: 1, of: 2, paths: [], reviewed: [], notReviewed: [], resolved: [], summary: '', model: null }
    const usage = { inputTokens: 0, outputTokens: 0 }
    const parts = [{ ...part, findings: [finding('F1'), finding('F2')], usage, seconds: 1 }]
    expect(judged(answer(), { ...firstRun(), parts }, tree())).toMatchObject({ findings: [{ id: 'F3' }] })
  })

  it('reads paths as Codex writes them: with ./ before, or quoted as they were shown', () => {
    const odd = tree({ changed: ['src/mean.js', 'a`b.js'] })
    const given = answer({
      verdict: 'approve',
      findings: [],
      reviewed: ['./src/mean.js', '"a\'b.js"'],
    })
    expect(judged(given, firstRun(), odd)).toMatchObject({ reviewed: ['src/mean.js', 'a`b.js'], notReviewed: [] })
    expect(judged(answer({ findings: [raw({ file: './src/mean.js' })] }), firstRun(), tree())).toMatchObject({
      findings: [{ file: 'src/mean.js', verified: true, lineStart: 2, lineEnd: 3 }],
      notReviewed: ['src/api.js'],
    })
  })

  it.each([
    [0, -3, null, null],
    [-1, 4, null, null],
    [5, 2, 5, 5],
    [5, null, 5, 5],
    [null, 7, null, null],
  ])('lines %j to %j are %j to %j: there is no line before the first', (line_start, line_end, lineStart, lineEnd) =>
    expect(
      judged(answer({ findings: [raw({ line_start, line_end, quote: 'nowhere' })] }), firstRun(), tree()),
    ).toMatchObject({
      findings: [{ lineStart, lineEnd }],
    }),
  )

  it.each([
    '/home/me/repo/src/mean.js',
    'src\\mean.js',
    'b/src/mean.js',
    'src/mean.js:1-1',
    '`src/mean.js`',
    'src/./mean.js',
    'SRC/mean.js',
  ])('takes %j for the file it names, as read and as the file of a finding', said => {
    const read = answer({ verdict: 'approve', findings: [], reviewed: [said] })
    expect(judged(read, firstRun(), tree())).toMatchObject({ verdict: 'approve', reviewed: ['src/mean.js'] })
    expect(judged(answer({ reviewed: [], findings: [raw({ file: said })] }), firstRun(), tree())).toMatchObject({
      findings: [{ file: 'src/mean.js', verified: true }],
      reviewed: ['src/mean.js'],
    })
  })

  it('keeps a path that names no file as it was written', () =>
    expect(judged(answer({ findings: [raw({ file: ' src/gone.js' })] }), firstRun(), tree())).toMatchObject({
      findings: [{ file: 'src/gone.js', verified: false }],
    }))

  it('that raises something outside the change counts without a changed file read', () =>
    expect(judged(answer({ reviewed: [], findings: [raw({ file: 'lib.js' })] }), firstRun(), tree())).toMatchObject({
      verdict: 'findings',
      findings: [{ file: 'lib.js' }],
      notReviewed: ['src/mean.js', 'src/api.js'],
    }))

  it('that raises something about a file has read it', () =>
    expect(judged(answer({ reviewed: [] }), firstRun(), tree())).toMatchObject({ reviewed: ['src/mean.js'] }))

  it.each([
    ['white space is the model’s', { quote: ' return sum /\n xs.length ' }, true],
    ['nothing is no proof', { quote: ' \n' }, false],
    ['a file that is not there proves nothing', { file: 'src/gone.js' }, false],
    ['what was masked in the diff is compared masked', { quote: 'password = "[masked]"', file: 'src/key.js' }, true],
    ['a hidden sign as the diff spells it out', { quote: 'to‹U+200B›tal‹U+00AD› = 1', file: 'src/odd.js' }, true],
    ['a hidden sign as it stands in the file', { quote: 'to\u200btal\u00ad = 1', file: 'src/odd.js' }, true],
    ['a hidden sign that the model left out', { quote: 'const total = 1', file: 'src/odd.js' }, true],
    ['a hidden sign beside a masked secret', { quote: 'a‹U+200B›b; token = "[masked]"', file: 'src/both.js' }, true],
    ['another hidden sign', { quote: 'to‹U+202E›tal', file: 'src/odd.js' }, false],
    ['and so is what was read in the file', { quote: 'password = "hunter2!"', file: 'src/key.js' }, true],
  ])('a quote: %s', (_, more, verified) => {
    const odd: Record<string, string> = {
      'src/key.js': 'password = "hunter2!"\n',
      'src/odd.js': 'const to\u200btal\u00ad = 1\n',
      'src/both.js': 'a\u200bb; token = "hunter2!"\n',
    }
    const text = (path: string) => odd[path] ?? tree().fileAt(path)
    expect(judged(answer({ findings: [raw(more)] }), firstRun(), tree({ fileAt: text }))).toMatchObject({
      findings: [{ verified }],
    })
  })

  it('that approves and still raises something has raised it', () =>
    expect(judged(answer({ verdict: 'approve' }), firstRun(), tree())).toMatchObject({ verdict: 'findings' }))
})

describe('a review of a later cycle', () => {
  it('is asked for each finding by its id', () => {
    const said = ['f2', 'F1'].map(id => ({ id, resolved: id === 'F1', reason: id }))
    const where = tree({ checks: [{ id: 'F1' }, { id: 'F2' }] })
    expect(judged(answer({ resolved: said, findings: [] }), laterRun(), where)).toMatchObject({
      resolved: [
        { id: 'F1', resolved: true, reason: 'F1' },
        { id: 'F2', resolved: false, reason: 'f2' },
      ],
    })
  })

  it('must speak to every picked finding', () =>
    expect(judged(answer({ findings: [], verdict: 'approve' }), laterRun(), tree())).toMatchObject(blocked('F1')))

  it('that approves while a picked finding is unresolved does not approve', () =>
    expect(
      judged(
        answer({ verdict: 'approve', findings: [], resolved: [{ id: 'F1', resolved: false, reason: 'no' }] }),
        laterRun(),
        tree(),
      ),
    ).toMatchObject({ verdict: 'findings', resolved: [{ id: 'F1', resolved: false }] }))
})
