import { ignoreRules } from '../../model/ledger/fields.ts'
import type { Happening, HappeningOf, LedgerEntry } from '../../model/ledger/ledger-entry.ts'
import { afterChoice, isOver, raise, undebated, withPositions } from './finding-reducer.ts'
import { afterReopening, isWorthKeeping } from './kept.ts'
import {
  added,
  afterAdoption,
  afterAnswer,
  afterEntering,
  afterHead,
  afterReturn,
  afterReview,
  afterWord,
  billed,
  heardAs,
  isOwner,
  newRun,
  withPrompt,
} from './run-reducer.ts'
import { type Course, emptyState, type Run, type State } from './state.ts'
import {
  afterCall,
  afterFailure,
  afterLetGo,
  afterPrompt,
  afterSession,
  afterStart,
  afterTakeover,
  afterTelling,
  afterWords,
  askedAs,
  handsOver,
  withDeed,
  withScheduled,
  withTold,
} from './state-reducer.ts'
import { afterSettling, afterTests } from './suite-memory.ts'

/** `at` is there once an entry has been written. */
type Written<K extends Happening['kind']> = HappeningOf<K> & { at?: string }
/** What an entry changes in the run, where there is one, and then in the state around it, given the state before. */
type Rule<K extends Happening['kind']> = {
  run?: (run: Run, entry: Written<K>) => Run | Partial<Course>
  state?: (before: State, entry: Written<K>) => Partial<State>
}

/** Returns the state after the given entries. Entries of kinds we do not know, from a newer version, are passed over. */
export function replay(entries: readonly LedgerEntry[], from: State = emptyState): State {
  return entries.reduce(apply, from)
}

/** Returns the state after one more entry. */
export function apply(state: State, entry: Happening): State {
  const run = state.run && runAfter(state.run, entry)
  return { ...state, run, ...ruleFor(entry).state?.(state, entry) }
}

/** Returns a run after one more entry that concerns it alone. */
export const runAfter = (run: Run, entry: Happening): Run => ({ ...run, ...ruleFor(entry).run?.(run, entry) })

const ruleFor = ({ kind }: Happening): Rule<Happening['kind']> =>
  Object.hasOwn(rules, kind) ? (rules[kind] as Rule<Happening['kind']>) : {}

const rules: { [K in Happening['kind']]: Rule<K> } = {
  baseline: {
    state: (before, { tree, head, known = before.known, globs = before.globs, at }) => ({
      settled: { tree, head },
      known,
      globs,
      rules: undefined,
      since: at,
      skipped: null,
    }),
  },
  session: {
    // A resumed session is the same one in another process.
    run: ({ owner, waiting }, { session, pid, phase, inside = false, at: since = null }) =>
      phase === 'started' && !inside && owner.session === session
        ? { owner: { session, pid, since }, waiting: waiting.filter(one => one.session !== session) }
        : {},
    state: afterSession,
  },
  heard: {
    state: (before, entry) => ({
      ...afterWords(before, entry),
      heard: [...before.heard.filter(known => known !== heardAs(entry)), heardAs(entry)].slice(-20),
    }),
  },
  scheduled: { state: ({ scheduled }, { texts }) => ({ scheduled: withScheduled(scheduled, texts) }) },
  'question-put': {
    state: (_, { session, cycle, answerers = [], call }) => ({
      questionPut: { session, cycle, answerers, ...(call !== undefined && { call }) },
    }),
  },
  'choice-unclear': { state: (_, { text }) => ({ unclear: text }) },
  deed: {
    state: ({ deeds, asked, run }, deed) => ({
      deeds: withDeed(deeds, deed),
      asked: deed.what === 'asked' ? [...asked, askedAs(run, deed)].slice(-40) : asked,
    }),
  },
  'deeds-told': { state: ({ deeds }, telling) => ({ deeds: afterTelling(deeds, telling) }) },
  prompted: {
    run: (run, { session, pid, text }) =>
      isOwner(run, { session, pid }) ? afterWord(run, [text]) : { waiting: withPrompt(run.waiting, { session, text }) },
    state: (before, entry) => ({ ...afterWords(before, entry), ...afterPrompt(before, entry) }),
  },
  paused: { state: () => ({ paused: true }) },
  // Paused again, it is said again.
  resumed: { state: ({ told }) => ({ paused: false, told: told.filter(({ what }) => what !== 'paused') }) },
  told: { state: ({ told }, telling) => ({ told: withTold(told, telling) }) },
  'run-started': { state: (before, entry) => ({ ...afterStart(before, entry), run: newRun(entry) }) },
  'globs-changed': {
    run: (run, { base }) => (run.status === 'on' ? { base: { ...run.base, tree: base } } : {}),
    state: ({ settled }, { globs, base }) => ({ globs, settled: settled && { ...settled, tree: base } }),
  },
  'not-covered': {
    state: ({ told, ...before }, { session, paths, nested = before.nested }) => ({
      nested,
      told: paths.reduce((all, about) => withTold(all, { session, what: 'nested', about }), told),
    }),
  },
  looked: { state: (_, { head }) => ({ lookedAt: head }) },
  'gate-files': {
    state: ({ rules = [] }, { files, changed }) => {
      const all = [...new Set([...rules, ...changed.filter(file => ignoreRules.includes(file))])]
      return { gateFiles: files, rules: all.length > 0 ? all : undefined }
    },
  },
  'head-moved': {
    run: (run, entry) => (run.status === 'on' ? afterHead(run, entry) : {}),
    state: ({ settled, skipped, ...before }, { head, base, known = before.known }) => ({
      skipped: skipped === before.run?.unready ? null : skipped,
      settled: settled && { tree: base ?? settled.tree, head },
      known,
    }),
  },
  adopted: {
    run: (run, { session, pid, at: since = null }) => afterAdoption(run, { session, pid, since }),
    state: afterTakeover,
  },
  entered: {
    run: (run, { stage, tree, cycle, round }) => afterEntering(run, { stage, tree, cycle, round }),
    state: () => ({ skipped: null }),
  },
  'tests-ran': { run: afterTests },
  asked: {
    run: ({ counts, tests, choice }, { stage }) => ({
      counts: {
        ...counts,
        asks: counts.asks + 1,
        holds: counts.holds + 1,
        redAttempts: counts.redAttempts + (stage === 'tests' ? 1 : 0),
      },
      tests: { ...tests, heardSince: tests.heardSince || stage === 'tests' },
      choice: { ...choice, claudeKnows: choice.claudeKnows || stage === 'fix' },
    }),
  },
  'task-refused': { run: ({ counts }) => ({ counts: { ...counts, tasksRefused: counts.tasksRefused + 1 } }) },
  'self-reviewed': {
    run: (_, { ready, tree }) => ({ unready: ready ? null : tree }),
    state: (_, { ready, tree }) => ({ skipped: ready ? null : tree }),
  },
  'codex-called': { run: afterCall },
  'part-reviewed': {
    run: (run, { kind: _, tree: __, ...part }) => ({
      parts: [...run.parts, part],
      reviews: { ...run.reviews, read: { ...run.reviews.read, ...part.read } },
      bill: billed(run, part),
      // What was kept is in this part by now; the review itself is still to be done.
      owed: run.owed && { ...run.owed, kept: null },
    }),
  },
  reopened: { run: (run, { ids }) => afterReopening(run, ids) },
  reviewed: { run: afterReview, state: () => ({ skipped: null }) },
  'could-not-review': {
    run: afterFailure,
    state: (_, { tree }) => ({ skipped: tree }),
  },
  'tree-moved': {},
  'no-progress': {
    run: ({ reviews, findings, across }, { ids }) => ({
      reviews: { ...reviews, unmoved: 0 },
      findings: findings.map(finding => (ids.includes(finding.id) ? undebated(finding, across) : finding)),
    }),
  },
  answered: { run: afterAnswer },
  rebutted: {
    run: (run, entry) => ({
      bill: { ...billed(run, entry), rounds: run.bill.rounds + 1 },
      reviews: { ...run.reviews, threadUsage: entry.threadUsage ?? added(run.reviews.threadUsage, entry.usage) },
      owed: null,
      answered: { ...run.answered, codex: entry.round },
      findings: [
        ...withPositions(run.findings, entry.positions, { over: isOver(entry.last), across: run.across }),
        ...(entry.findings ?? []).map(one => ({ ...raise(one), outcome: 'disputed' as const })),
      ],
    }),
    state: () => ({ skipped: null }),
  },
  'unread-accepted': {},
  'choice-waits': { run: ({ choice }) => ({ choice: { ...choice, reminded: true } }) },
  picked: {
    run: afterChoice,
    state: () => ({ skipped: null, limitReached: false }),
  },
  dismissed: {
    run: ({ findings }, { ids }) => ({
      findings: findings.map(finding => (ids.includes(finding.id) ? { ...finding, fate: 'dismissed' } : finding)),
    }),
  },
  'let-go': {
    run: ({ counts, ...run }, { why }) =>
      handsOver.includes(why)
        ? { ...run, counts, status: 'over' }
        : { counts: { ...counts, heldOut: why === 'held-too-often' } },
    state: afterLetGo,
  },
  countersigned: {
    run: (run, { tree }) => ({
      ...run,
      ...{ status: 'over', stage: 'countersigned', tree, owed: null },
      kept: run.kept.map(one => ({ ...one, named: true })),
    }),
    state: (before, { tree, head, at }) => ({
      settled: { tree, head },
      suites: afterSettling(before, tree),
      rules: undefined,
      since: at,
      skipped: null,
    }),
  },
  withdrawn: {
    state: ({ run }, { tree, head }) => ({
      settled: { tree, head },
      skipped: null,
      // What was reviewed may be on another branch or in a stash, and come back.
      run: run?.status === 'over' ? run : run && isWorthKeeping(run) ? { ...run, status: 'away' } : null,
    }),
  },
  returned: {
    state: ({ run, prompts }, { head }) => ({ run: run?.status === 'away' ? afterReturn(run, prompts, head) : run }),
  },
}
