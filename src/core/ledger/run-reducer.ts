import type { StageName, Usage } from '../../model/ledger/fields.ts'
import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import type { SessionProcess } from '../../model/ledger/users-word.ts'
import { raise, recheck, withPositions } from './finding-reducer.ts'
import type { Bill, Course, OpenRun, Review, Run, Standing } from './state.ts'

type Entering = { stage: StageName; tree: string; cycle: number; round: number }

/** What entering a stage changes. Back on the tree the cycle was frozen on, it stands as it stood there. */
export function afterEntering(run: Run, at: Entering): Run {
  const stays = at.tree === run.tree
  const back = !stays && run.left?.tree === at.tree ? run.left : null
  const { review, parts, owed } = back ?? { ...run, parts: stays ? run.parts : [] }
  return {
    ...run,
    ...at,
    counts: { ...run.counts, asks: 0, heldOut: false },
    base: { ...run.base, before: null },
    review: at.stage === 'review' ? null : review,
    parts,
    owed,
    left: back ? null : stays ? run.left : (frozen(run) ?? run.left),
  }
}

/** Where the run stands, at stages whose tree is not to change meanwhile; the review that comes next forgets it. */
const frozen = ({ stage, tree, cycle, round, review, parts, owed }: Run): Standing | null =>
  stage === 'tests' || stage === 'self-review' || stage === 'countersigned'
    ? null
    : { stage, tree, cycle, round, review, parts, owed }

/** The base once HEAD stands elsewhere; `tree`: what the change now begins at, null: as before. */
export const baseAfter = (base: Run['base'], head: string | null, tree: string | null): Run['base'] =>
  tree ? { tree, head, before: base.before ?? base.tree } : { ...base, head }

export const noCounts: Run['counts'] = { asks: 0, holds: 0, heldOut: false, redAttempts: 0, tasksRefused: 0 }

export const added = (a: Usage, b: Usage): Usage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
})

/** The run's bill with one more call or test run on it; seconds of wall-clock time. */
export const billed = (run: Run, { usage, seconds }: { usage: Usage; seconds: number }) => ({
  ...run.bill,
  ...added(run.bill, usage),
  seconds: run.bill.seconds + seconds,
})

const emptyBill: Bill = { codexCalls: 0, inputTokens: 0, outputTokens: 0, rounds: 0, seconds: 0 }

/** A run as it begins: in its first cycle, before the tests. `at` is an ISO time, missing in old ledgers. */
export function newRun({
  run,
  session,
  pid,
  base,
  tree,
  prompts,
  head,
  at,
}: HappeningOf<'run-started'> & { at?: string }): OpenRun {
  return {
    id: run,
    owner: { session, pid, since: at ?? null },
    prompts,
    base: { tree: base, head, before: null },
    tree,
    status: 'on',
    stage: 'tests',
    cycle: 1,
    round: 0,
    left: null,
    tests: { ran: new Map(), heardSince: false },
    counts: noCounts,
    review: null,
    parts: [],
    reviews: { trees: [], unmoved: 0, unsent: [], thread: null, threadUsage: { inputTokens: 0, outputTokens: 0 } },
    owed: null,
    answered: { claude: 0, codex: 0 },
    findings: [],
    across: 'ask',
    choice: { picked: [], claudeKnows: false },
    bill: emptyBill,
    billBefore: emptyBill,
  }
}

/** A review that could not be done, as reports show it. */
export const unreviewed = ({ reason, detail }: HappeningOf<'could-not-review'>): Review => ({
  ...{ result: 'could-not-review', reason, model: null, summary: detail },
  ...{ reviewed: [], notReviewed: [], leftOut: [] },
})

/** What a completed review changes. */
export function afterReview(run: Run, entry: HappeningOf<'reviewed'>): Partial<Course> {
  const checked = new Map(entry.resolved.map(resolution => [resolution.id, resolution]))
  const earlier = run.findings.map(finding => recheck(finding, checked.get(finding.id)))
  const { verdict, summary, reviewed, notReviewed, thread, model } = entry
  return {
    findings: [...earlier, ...entry.findings.map(raise)],
    review: {
      result: verdict === 'approve' ? 'passed' : 'findings',
      reason: null,
      model,
      summary,
      reviewed,
      notReviewed,
      leftOut: entry.leftOut ?? [],
    },
    left: null,
    parts: [],
    reviews: {
      trees: [...run.reviews.trees, entry.tree],
      unmoved: changesNothing(entry) ? run.reviews.unmoved + 1 : 0,
      unsent: entry.unsent ?? [],
      thread,
      threadUsage: entry.usage,
    },
    owed: null,
    answered: { claude: 0, codex: 0 },
    bill: billed(run, entry),
  }
}

/** What the author's answers change; whoever gave none in time has not agreed. */
export function afterAnswer(
  { answered, counts, findings }: Run,
  { round, positions, unanswered, across: side }: HappeningOf<'answered'>,
): Partial<Course> {
  const across = side ?? 'ask'
  return {
    answered: { ...answered, claude: round },
    counts: { ...counts, asks: 0 },
    findings: withPositions(findings, positions, { over: ({ id }) => unanswered.includes(id), across }),
    across,
  }
}

const changesNothing = ({ resolved, findings }: HappeningOf<'reviewed'>): boolean =>
  resolved.length > 0 && resolved.every(one => !one.resolved) && !findings.some(({ inScope }) => inScope)

/** A schedule that is gone can still be on its way, so that none is forgotten before there are this many. */
export const mostScheduled = 100
const mostProcesses = 40

export const withProcess = (processes: SessionProcess[], pid: number | null, since: string | null): SessionProcess[] =>
  pid === null ? processes : [...processes.filter(known => known.pid !== pid), { pid, since }].slice(-mostProcesses)

/** What makes two prompts of others the same to the user: what a scheduled one says, else who is behind it. */
export const heardAs = ({ by, text }: Pick<HappeningOf<'heard'>, 'by' | 'text'>): string =>
  by === 'scheduled' ? `${by}: ${text}` : by
