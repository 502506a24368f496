import { describe, expect, it } from 'vitest'
import { judgeRebuttal, judgeReview, type ReviewedTree } from '../../src/core/gate.ts'
import { judgeSuite, overall } from '../../src/core/suite-result.ts'
import type { ReviewAnswer } from '../../src/model/codex-answer.ts'
import type { SuiteRun } from '../../src/model/ledger-entry.ts'
import { Cycle, finding, ready, says } from '../support/cycle.ts'

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
const tree = (more: Partial<ReviewedTree> = {}): ReviewedTree => ({
  changed: ['src/mean.js', 'src/api.js'],
  fileAt: path => (path === 'src/mean.js' ? 'function mean(xs) {\n  return sum\n    / xs.length\n}\n' : null),
  changedSince: null,
  ...more,
})
const firstRun = () => {
  const cycle = new Cycle()
  cycle.stop('', 't1')
  return cycle.state.run!
}
const laterRun = () => {
  const cycle = new Cycle()
  cycle.reviews.push({ findings: [finding('F1'), finding('F2', 'low', { quote: 'left alone', file: 'src/api.js' })] })
  cycle.stop(ready, 't1')
  cycle.stop(says('all: needed, low — yes'))
  cycle.prompt('pick F1')
  return cycle.state.run!
}

describe('a review', () => {
  it('gives findings ids in its order, checks each quote, and says what was not read', () =>
    expect(
      judgeReview(answer({ findings: [raw(), raw({ title: 'Other', quote: 'not there' })] }), firstRun(), tree()),
    ).toMatchObject({
      verdict: 'findings',
      findings: [
        { id: 'F1', verified: true, inScope: true },
        { id: 'F2', verified: false, inScope: true },
      ],
      reviewed: ['src/mean.js'],
      notReviewed: ['src/api.js'],
    }))

  it('that approves and has read a changed file is a pass', () =>
    expect(judgeReview(answer({ verdict: 'approve', findings: [] }), firstRun(), tree())).toMatchObject({
      verdict: 'approve',
    }))

  it.each([
    ['approves and names no file', answer({ verdict: 'approve', findings: [], reviewed: [] }), 'malformed'],
    [
      'approves and names only files that did not change',
      answer({ verdict: 'approve', findings: [], reviewed: ['README.md'] }),
      'malformed',
    ],
    ['reports findings and has none', answer({ findings: [] }), 'malformed'],
    ['says it could not read', answer({ verdict: 'could-not-review', findings: [] }), 'sandbox'],
  ])('that %s is no review', (_, given, unreviewed) =>
    expect(judgeReview(given, firstRun(), tree())).toMatchObject({ unreviewed }),
  )

  it('gives ids on from the parts before it', () => {
    const part = { part: 1, of: 2, paths: [], reviewed: [], notReviewed: [], resolved: [], summary: '', model: null }
    const usage = { inputTokens: 0, outputTokens: 0 }
    const parts = [{ ...part, findings: [finding('F1'), finding('F2')], usage, seconds: 1 }]
    expect(judgeReview(answer(), { ...firstRun(), parts }, tree())).toMatchObject({ findings: [{ id: 'F3' }] })
  })

  it('reads paths as Codex writes them: with ./ before, or quoted as they were shown', () => {
    const odd = tree({ changed: ['src/mean.js', 'a`b.js'] })
    const given = answer({
      verdict: 'approve',
      findings: [],
      reviewed: ['./src/mean.js', '"a\'b.js"', 'x/./src/api.js'],
    })
    expect(judgeReview(given, firstRun(), odd)).toMatchObject({ reviewed: ['src/mean.js', 'a`b.js'], notReviewed: [] })
    expect(judgeReview(answer({ findings: [raw({ file: './src/mean.js' })] }), firstRun(), tree())).toMatchObject({
      findings: [{ file: 'src/mean.js', verified: true, lineStart: 2, lineEnd: 3 }],
    })
  })

  it('that raises something about a file has read it', () =>
    expect(judgeReview(answer({ reviewed: [] }), firstRun(), tree())).toMatchObject({ reviewed: ['src/mean.js'] }))

  it.each([
    ['white space is the model’s', { quote: ' return sum /\n xs.length ' }, true],
    ['nothing is no proof', { quote: ' \n' }, false],
    ['a file that is not there proves nothing', { file: 'src/gone.js' }, false],
    ['what was masked in the diff is compared masked', { quote: 'password = "[masked]"', file: 'src/key.js' }, true],
    ['and so is what was read in the file', { quote: 'password = "hunter2!"', file: 'src/key.js' }, true],
  ])('a quote: %s', (_, more, verified) => {
    const text = (path: string) => (path === 'src/key.js' ? 'password = "hunter2!"\n' : tree().fileAt(path))
    expect(judgeReview(answer({ findings: [raw(more)] }), firstRun(), tree({ fileAt: text }))).toMatchObject({
      findings: [{ verified }],
    })
  })

  it('that approves and still raises something has raised it', () =>
    expect(judgeReview(answer({ verdict: 'approve' }), firstRun(), tree())).toMatchObject({ verdict: 'findings' }))
})

describe('a review of a later cycle', () => {
  const resolved = [{ id: 'F1', resolved: true, reason: 'mended' }]
  const scope = (...ranges: [number, number][]) => tree({ changedSince: new Map([['src/mean.js', ranges]]) })
  const judge = (more: Parameters<typeof raw>[0], where: ReviewedTree) =>
    judgeReview(answer({ resolved, findings: [raw(more)] }), laterRun(), where)

  it.each([
    ['in lines changed since', {}, scope([3, 8]), true],
    ['elsewhere', {}, scope([10, 12]), false],
    ['in one line, the first that changed', { line_start: 3, line_end: null }, scope([3, 8]), true],
    ['in one line, the last that changed', { line_start: 8, line_end: null }, scope([3, 8]), true],
    ['one line behind', { line_start: 9, line_end: null }, scope([3, 8]), false],
    ['one line before', { line_start: 1, line_end: 2 }, scope([3, 8]), false],
    ['in the second of two places', { line_start: 8, line_end: 9 }, scope([1, 2], [9, 9]), true],
    ['in a file that did not change since', { file: 'src/api.js' }, scope([3, 8]), false],
    ['about a whole file that did not change', { line_start: null, line_end: null }, scope(), false],
    ['elsewhere, high, its quote proven', { priority: 'high' as const }, scope([10, 12]), true],
    ['elsewhere, critical, its quote proven', { priority: 'critical' as const }, scope([10, 12]), true],
    [
      'elsewhere, critical, its quote not there',
      { priority: 'critical' as const, quote: 'gone' },
      scope([10, 12]),
      false,
    ],
    ['about a whole file that changed', { line_start: null, line_end: null }, scope([10, 12]), true],
    ['what the user has left', { file: 'src/api.js', quote: 'left alone', priority: 'high' as const }, tree(), false],
  ])('a new finding %s counts: %#', (_, more, where, inScope) =>
    expect(judge(more, where)).toMatchObject({ findings: [{ id: 'F3', inScope }] }),
  )

  it('must speak to every picked finding', () =>
    expect(judgeReview(answer({ findings: [], verdict: 'approve' }), laterRun(), scope())).toMatchObject({
      unreviewed: 'malformed',
    }))

  it('that approves while a picked finding is unresolved does not approve', () =>
    expect(
      judgeReview(
        answer({ verdict: 'approve', findings: [], resolved: [{ id: 'F1', resolved: false, reason: 'no' }] }),
        laterRun(),
        scope(),
      ),
    ).toMatchObject({ verdict: 'findings', resolved: [{ id: 'F1', resolved: false }] }))
})

describe('a rebuttal', () => {
  const debating = () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1'), finding('F2')] })
    cycle.stop(ready, 't1')
    return cycle.state.run!
  }
  const position = (id: string) => ({ id, needed: false, priority: 'low' as const, reason: 'r', concession: ' ' })
  it('keeps the priority and the reason of what is still held', () =>
    expect(
      judgeRebuttal(
        {
          positions: [
            { ...position('F1'), needed: true },
            { ...position('F2'), concession: ' line 4 ' },
          ],
        },
        debating(),
      ),
    ).toEqual({
      positions: [
        { id: 'F1', by: 'codex', round: 1, needed: true, priority: 'low', reason: 'r', concession: null },
        { id: 'F2', by: 'codex', round: 1, needed: false, priority: null, reason: 'r', concession: 'line 4' },
      ],
    }))
  it('that speaks to every open finding is taken; an empty concession is none', () =>
    expect(judgeRebuttal({ positions: [position('F2'), position('f1')] }, debating())).toMatchObject({
      positions: [
        { id: 'F1', concession: null, priority: null },
        { id: 'F2', concession: null },
      ],
    }))
  it('that leaves one out is no answer', () =>
    expect(judgeRebuttal({ positions: [position('F1')] }, debating())).toMatchObject({ unreviewed: 'malformed' }))
})

describe('a suite that', () => {
  const end = (more: object) => ({ ended: 'exited' as const, exitCode: 0, signal: null, ...more })
  it.each([
    ['exits 0', end({}), 'green'],
    ['exits 1', end({ exitCode: 1 }), 'red'],
    ['does not finish', end({ ended: 'timed-out', exitCode: null }), 'red'],
    ['is killed', end({ ended: 'signalled', exitCode: null, signal: 'SIGKILL' }), 'unable'],
    ['is not found', end({ exitCode: 127 }), 'unable'],
    ['is killed under a shell', end({ exitCode: 137 }), 'unable'],
    ['exits with a high code of its own', end({ exitCode: 255 }), 'red'],
    ['never starts', end({ ended: 'not-started', exitCode: null }), 'unable'],
  ])('%s is %s', (_, how, result) => expect(judgeSuite(how, { seconds: 600, cutShort: false }).result).toBe(result))

  it('cut off by the hook’s own time is not red: the author can mend nothing', () => {
    const end = { ended: 'timed-out', exitCode: null, signal: null } as const
    expect(judgeSuite(end, { seconds: 600, cutShort: true }).result).toBe('unable')
  })

  it.each([
    [end({}), null],
    [end({ exitCode: 2 }), 'exit 2'],
    [end({ ended: 'timed-out', exitCode: null }), 'did not finish within 600 s'],
    [end({ ended: 'signalled', exitCode: null, signal: 'SIGSEGV' }), 'killed by SIGSEGV'],
    [end({ ended: 'stopped', exitCode: null }), 'killed by a signal'],
    [end({ exitCode: 126 }), 'command not executable (exit 126)'],
    [end({ exitCode: 139 }), 'killed by signal 11'],
    [end({ exitCode: 128 }), 'exit 128'],
    [end({ exitCode: 129 }), 'killed by signal 1'],
    [end({ exitCode: 159 }), 'killed by signal 31'],
    [end({ exitCode: 160 }), 'exit 160'],
  ])('says how: %j → %s', (how, note) => expect(judgeSuite(how, { seconds: 600, cutShort: false }).note).toBe(note))
})

it.each([
  ['', 'none'],
  ['green green', 'green'],
  ['green unable', 'unable'],
  ['unable red green', 'red'],
])('suites that are %s are %s together', (results, together) =>
  expect(
    overall(
      results
        .split(' ')
        .filter(Boolean)
        .map(result => ({ result }) as SuiteRun),
    ),
  ).toBe(together),
)
