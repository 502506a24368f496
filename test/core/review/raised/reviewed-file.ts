import { raise } from '../../../../src/core/ledger/finding-reducer.ts'
import type { DebatedFinding, Run } from '../../../../src/core/ledger/state.ts'
import { type RaisedIn, raisedFindings } from '../../../../src/core/review/raised/raised-findings.ts'
import { cleanEntries } from '../../../../src/core/text/clean.ts'
import type { LineRange } from '../../../../src/model/changed-file.ts'
import type { ReviewedFinding } from '../../../../src/model/codex-answer.ts'
import type { Finding } from '../../../../src/model/finding.ts'
import type { HappeningOf } from '../../../../src/model/ledger/ledger-entry.ts'
import { Cycle } from '../../../support/cycle/cycle.ts'

// What a review raises in one file, src/mean.js, as a test lays out the file and what is known of it.

export const said = (more: Partial<ReviewedFinding> = {}): ReviewedFinding => ({
  title: 'Divides by zero',
  body: 'An empty list.',
  kind: 'defect',
  priority: 'medium',
  file: 'src/mean.js',
  line_start: null,
  line_end: null,
  quote: 'return sum / xs.length',
  fix: 'return 0',
  ...more,
})

/** The file at three times, and which of its lines changed since the last review; null on the first. */
export type Told = {
  now?: string | null
  base?: string | null
  last?: string | null
  changed?: LineRange[] | null
  rules?: string
  resolved?: RaisedIn['resolved']
  earlier?: DebatedFinding[]
}

export function raisedIn(
  { now = '', base = null, last = null, changed = null, ...more }: Told,
  ...all: ReviewedFinding[]
) {
  const { rules = '', resolved = [], earlier = [] } = more
  const only = (text: string | null) => (path: string) => (path.startsWith('src/mean.js') ? text : null)
  return raisedFindings(all, runWith(earlier), {
    ...{ fileAt: only(now), baseAt: only(base), lastAt: only(last) },
    changedSince: changed && new Map([['src/mean.js', changed]]),
    frozenSince: changed && new Map([['src/mean.js', changed]]),
    ...{ fileOf: path => path, rules, resolved },
  })
}

function runWith(findings: DebatedFinding[]): Run {
  const cycle = new Cycle()
  cycle.prompt('Please return null for an empty list.')
  cycle.stop('', 't1')
  return { ...cycle.state.run!, findings }
}

/** A finding as the ledger gives it back in a later cycle, and what came of it. */
export function earlier(raised: Omit<Finding, 'id'>, more: Partial<DebatedFinding> = {}): DebatedFinding {
  const usage = { inputTokens: 0, outputTokens: 0 }
  const entry: HappeningOf<'reviewed'> = {
    ...{ kind: 'reviewed', tree: 't1', verdict: 'findings', findings: [{ id: 'F1', ...raised }], resolved: [] },
    ...{ reviewed: [], notReviewed: [], summary: '', model: null, usage, seconds: 0, thread: null },
  }
  const [written] = cleanEntries([entry])
  return { ...raise((written as HappeningOf<'reviewed'>).findings[0]!), ...more }
}
