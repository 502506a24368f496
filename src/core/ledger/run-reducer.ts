import type { StageName, Usage } from '../../model/ledger/fields.ts'
import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import type { SessionProcess, SessionPrompt } from '../../model/ledger/users-word.ts'
import { raise, recheck, withPositions } from './finding-reducer.ts'
import { addedBeyond, fromParts } from './kept.ts'
import type { AwayRun, Bill, Course, OpenRun, Run, Standing, State } from './state.ts'

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
    // What the parts of a review have raised outlives them; back there it is in its parts again.
    ...(!stays && { findings: [...run.findings.filter(({ id }) => !isIn(back, id)), ...fromParts(run)] }),
    left: back ? null : stays ? run.left : (frozen(run) ?? run.left),
  }
}

const isIn = (back: Standing | null, id: string): boolean =>
  (back?.parts ?? []).some(part => part.findings.some(finding => finding.id === id))

/** Where the run stands, at stages whose tree is not to change meanwhile; the review that comes next forgets it. */
const frozen = ({ stage, tree, cycle, round, review, parts, owed }: Run): Standing | null =>
  stage === 'tests' || stage === 'self-review' || stage === 'countersigned'
    ? null
    : { stage, tree, cycle, round, review, parts, owed }

/** HEAD stands elsewhere; `base`: the tree that the change now begins at, null: as before. */
export const afterHead = (run: Run, { head, base: tree }: HappeningOf<'head-moved'>): Partial<Course> => ({
  base: tree ? { tree, head, before: run.base.before ?? run.base.tree } : { ...run.base, head },
  headMoved: true,
})

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
  carried,
  kept = [],
  beyond = {},
  at,
}: HappeningOf<'run-started'> & { at?: string }): OpenRun {
  return {
    id: run,
    owner: { session, pid, since: at ?? null },
    prompts,
    waiting: carried?.prompts ?? [],
    unready: null,
    headMoved: false,
    base: { tree: base, head, before: null },
    tree,
    status: 'on',
    stage: 'tests',
    cycle: 1,
    round: 0,
    left: null,
    tests: { ran: new Map(), heardSince: false, most: {}, setAside: [] },
    counts: noCounts,
    review: null,
    parts: [],
    reviews: {
      ...{ trees: [], unmoved: 0, unsent: [], beyond, read: {}, unread: [], unneeded: {} },
      followUps: { cycle: 1, count: 0 },
      ...{ thread: null, threadUsage: { inputTokens: 0, outputTokens: 0 } },
    },
    owed: null,
    answered: { claude: 0, codex: 0 },
    findings: [],
    kept,
    across: 'ask',
    choice: { picked: [], claudeKnows: false, frozenAt: null, none: false, reminded: false },
    bill: emptyBill,
    billBefore: emptyBill,
  }
}

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
      ...run.reviews,
      trees: [...run.reviews.trees, entry.tree],
      unmoved: changesNothing(entry) ? run.reviews.unmoved + 1 : 0,
      unsent: entry.unsent ?? [],
      read: { ...run.reviews.read, ...entry.read },
      unread: entry.unread ?? [],
      unneeded: entry.unneeded ?? {},
      beyond: addedBeyond(run.reviews.beyond, entry.beyond ?? {}),
      thread,
      threadUsage: entry.threadUsage ?? entry.usage,
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

/** Whether somebody is the session that works on a run, in the process that it runs as. */
export const isOwner = (
  { owner }: Pick<Run, 'owner'>,
  { session, pid = null }: { session: string; pid?: number | null | undefined },
): boolean => owner.session === session && (pid === null || owner.pid === null || owner.pid === pid)

/** What the user says to the session at work lifts the limits, and is what the run is for. */
export const afterWord = (run: Run, said: string[]): Partial<Course> => ({
  prompts: run.status === 'on' ? [...run.prompts, ...said].slice(-12) : run.prompts,
  tests: { ...run.tests, heardSince: true },
  headMoved: false,
  choice: { ...run.choice, reminded: false },
  counts: { ...noCounts, asks: ['choice', 'fix'].includes(run.stage) ? run.counts.asks : 0 },
})

/** A run in the hands of another session, with what that one was asked meanwhile. */
export function afterAdoption(run: Run, owner: Run['owner']): Partial<Course> {
  const said = run.waiting.filter(({ session }) => session === owner.session).map(({ text }) => text)
  const waiting = run.waiting.filter(({ session }) => session !== owner.session)
  return { ...(said.length > 0 && afterWord(run, said)), owner, waiting }
}

/** The change that was put away is there again. */
export const afterReturn = (run: AwayRun, prompts: State['prompts'], head: string | null): OpenRun => ({
  ...run,
  status: 'on',
  base: { tree: run.base.before ?? run.base.tree, head, before: null },
  prompts: [...run.prompts, ...promptsFor(prompts, run.owner.session)].slice(-12),
})

/**
 * Whether the tests run once more at a tree they have run at: when they were not green, and somebody has had the word since.
 * What makes them green may be nothing that git sees, a package installed or a service started; or they come out by chance.
 */
export function runsAgain(run: Run, tree: string): boolean {
  const ran = run.tests.ran.get(tree)
  return (
    run.stage === 'tests' &&
    run.tests.heardSince &&
    ran !== undefined &&
    ['red', 'unable', 'no-tests'].includes(ran.result)
  )
}

const mostPrompts = 30
const mostOfOneSession = 6

/** One session's many prompts leave those of the others alone. */
export function withPrompt<One extends SessionPrompt>(prompts: One[], prompt: One): One[] {
  const own = prompts.filter(({ session }) => session === prompt.session)
  const kept = own.length < mostOfOneSession ? prompts : prompts.filter(one => one !== own[0])
  return [...kept, prompt].slice(-mostPrompts)
}

/** What the user has asked of a session, and of those that were alone at work before it. */
export const promptsFor = (prompts: State['prompts'], session: string): string[] =>
  prompts.flatMap(one => (one.session === session || !one.apart ? [one.text] : [])).slice(-mostOfOneSession)

/** A schedule that is gone can still be on its way, so that none is forgotten before there are this many. */
export const mostScheduled = 100
const mostProcesses = 40

export const withProcess = (processes: SessionProcess[], pid: number | null, since: string | null): SessionProcess[] =>
  pid === null ? processes : [...processes.filter(known => known.pid !== pid), { pid, since }].slice(-mostProcesses)

/** What makes two prompts of others the same to the user: what a scheduled one says, else who is behind it. */
export const heardAs = ({ by, text }: Pick<HappeningOf<'heard'>, 'by' | 'text'>): string =>
  by === 'scheduled' ? `${by}: ${text}` : by
