import { apply } from '../../../src/core/ledger/replay.ts'
import { emptyState } from '../../../src/core/ledger/state.ts'
import type { Happening } from '../../../src/model/ledger/ledger-entry.ts'

// Lines of a ledger, with what a test does not care about filled in.

export const states = (...entries: Happening[]) => entries.reduce(apply, emptyState)
export const session = (name: string, phase: 'started' | 'ended', pid = 1): Happening => ({
  kind: 'session',
  session: name,
  pid,
  phase,
})
export const prompted = (text: string): Happening => ({ kind: 'prompted', session: 's1', text })
export const begun = (more: object = {}): Happening => ({
  kind: 'run-started',
  run: 'r1',
  session: 's1',
  pid: 1,
  base: 'base',
  tree: 't1',
  prompts: ['add a cart'],
  head: 'c0',
  ...more,
})
export const entered = (stage: 'tests' | 'review' | 'debate', tree = 't1'): Happening => ({
  kind: 'entered',
  stage,
  tree,
  cycle: 1,
  round: 0,
})
export const asked = (stage: 'tests' | 'self-review' | 'fix'): Happening => ({
  kind: 'asked',
  stage,
  tree: 't1',
  problems: [],
})
export const usage = { inputTokens: 5, outputTokens: 3 }
export const part = (n: number): Happening => ({
  kind: 'part-reviewed',
  tree: 't1',
  ...{ part: n, of: 3, paths: [`${n}.js`], reviewed: [], notReviewed: [], findings: [], resolved: [], summary: '' },
  ...{ model: null, usage, seconds: 2 },
})
export const cannot = (call: 'review' | 'rebuttal', reason: 'crashed' | 'timed-out'): Happening => ({
  kind: 'could-not-review',
  ...{ call, tree: 't1', reason, until: null, detail: 'd', usage, seconds: 2 },
})
export const reviewed = (more: object = {}): Happening => ({
  kind: 'reviewed',
  ...{
    tree: 't1',
    verdict: 'approve' as const,
    summary: '',
    reviewed: [],
    notReviewed: [],
    findings: [],
    resolved: [],
  },
  ...{ thread: 't', model: null, usage, seconds: 2 },
  ...more,
})
