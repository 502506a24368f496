import { toCheck } from '../../../src/core/ledger/lists.ts'
import { type Run, reviewedTree } from '../../../src/core/ledger/state.ts'
import { judgeReview } from '../../../src/core/review/judge-review.ts'
import { reopened } from '../../../src/core/review/raised/reopened.ts'
import { readAnswer } from '../../../src/core/review/reading/read-answer.ts'
import { pathsOf } from '../../../src/core/review/repository-path.ts'
import type { LineRange } from '../../../src/model/changed-file.ts'
import type { ReviewedFinding } from '../../../src/model/codex-answer.ts'
import type { Happening } from '../../../src/model/ledger/ledger-entry.ts'
import { Cycle } from './cycle.ts'

export type Files = Record<string, string>

/** What Codex does from now on: raise each line that begins with `danger`, say that all is well, break off, or break off after a part. */
export type Reviewer = 'raises' | 'approves' | 'crashes' | 'breaks-off'

const treeOf = (files: Files): string => JSON.stringify(Object.entries(files).sort())
const filesOf = (tree: string): Files => Object.fromEntries(JSON.parse(tree))

/** A cycle in which a tree is what its files say, and whose reviews are judged by the real code. */
export class TreeWorld extends Cycle {
  readonly base: Files
  work: Files
  codex: Reviewer = 'raises'
  /** Titles of what was raised, with the file and the line. */
  raised = new Map<string, { file: string; line: string }>()

  constructor(base: Files, config: object = {}) {
    super(config)
    this.base = base
    this.work = { ...base }
    this.entries[0] = { ...this.entries[0]!, tree: treeOf(base) } as (typeof this.entries)[number]
    this.tree = treeOf(base)
    this.reviewed = run => this.lookAndReview(run)
    this.reviewer = {
      review: () => ({}),
      rebuttal: (_, open) => {
        if (this.codex === 'crashes') return { cannot: 'crashed' }
        const said = { needed: this.codex !== 'approves', concession: 'so it is' }
        return Object.fromEntries(open.map(id => [id, said]))
      },
    }
  }

  stopHere(message = ''): string {
    this.files = this.work
    return this.stop(message, treeOf(this.work))
  }

  private lookAndReview(run: Run): Happening[] {
    const now = filesOf(run.tree)
    const fileAt = (path: string) => now[path] ?? null
    const base = filesOf(run.base.tree)
    const back =
      run.parts.length > 0 ? [] : reopened(run, { fileAt, hiddenAt: () => null, changes: changedLines(base, now) })
    return back.length > 0 ? back : this.review(run, now, base)
  }

  private review(run: Run, now: Files, base: Files): Happening[] {
    const call = { call: 'review', tree: run.tree } as const
    const called: Happening = { kind: 'codex-called', ...call, cycle: run.cycle, round: 0 }
    const spent = { usage: { inputTokens: 1, outputTokens: 1 }, seconds: 1 }
    if (this.codex === 'crashes' || (this.codex === 'breaks-off' && run.parts.length > 0))
      return [called, { kind: 'could-not-review', ...call, reason: 'crashed', until: null, detail: '', ...spent }]
    const said = this.codex === 'approves' ? [] : dangersIn(now)
    for (const one of said) this.raised.set(one.title, { file: one.file, line: one.quote })
    const last = reviewedTree(run)
    const frozen = run.choice.frozenAt
    const changed = Object.keys(now)
    const answer = {
      verdict: said.length > 0 ? ('findings' as const) : ('approve' as const),
      ...{ summary: 's', reviewed: changed, findings: said },
      resolved: toCheck(run).map(({ id }) => ({ id, resolved: true, reason: 'fixed' })),
    }
    const judged = judgeReview(readAnswer([JSON.stringify(answer)]), run, {
      ...{ changed, files: pathsOf(changed), root: '/repo', home: '', rules: '' },
      fileAt: path => now[path] ?? null,
      baseAt: path => base[path] ?? null,
      lastAt: path => (last ? filesOf(last) : base)[path] ?? null,
      changedSince: last === null ? null : changedLines(filesOf(last), now),
      frozenSince: frozen === null ? null : changedLines(filesOf(frozen), now),
    })
    if ('unreviewed' in judged)
      return [
        called,
        { kind: 'could-not-review', ...call, reason: judged.unreviewed, until: null, detail: '', ...spent },
      ]
    const { verdict, wants: _, ...review } = judged
    const whole = { ...review, summary: 's', model: null, ...spent }
    if (this.codex === 'breaks-off')
      return [called, { kind: 'part-reviewed', tree: run.tree, part: 1, of: 2, paths: ['a.js'], ...whole }]
    const findings = [...run.parts.flatMap(part => part.findings), ...review.findings]
    return [called, { kind: 'reviewed', tree: run.tree, verdict, ...whole, findings, thread: 't1' }]
  }
}

const dangersIn = (files: Files): ReviewedFinding[] =>
  Object.entries(files).flatMap(([file, text]) =>
    text.split('\n').flatMap((line, at) =>
      line.startsWith('danger')
        ? [
            {
              ...{ title: `${line} in ${file}`, body: `Anybody can call ${line}.`, kind: 'defect' as const },
              ...{ priority: 'critical' as const, file, line_start: at + 1, line_end: at + 1, quote: line, fix: 'no' },
            },
          ]
        : [],
    ),
  )

/** Lines of a file that stand nowhere in it as it was. */
function changedLines(before: Files, now: Files): Map<string, LineRange[]> {
  const changed = Object.entries(now).map(([file, text]) => {
    const known = (before[file] ?? '').split('\n')
    const lines = text.split('\n').flatMap((line, at): LineRange[] => (known.includes(line) ? [] : [[at + 1, at + 1]]))
    return [file, lines] as const
  })
  return new Map(changed.filter(([, lines]) => lines.length > 0))
}
