import type { Happening, HappeningOf, LedgerEntry, LetGoReason } from '../../model/ledger-entry.ts'
import { fateAfterPick, undebated, withPositions } from './finding-reducer.ts'
import { added, afterEntering, afterReview, billed, newRun } from './run-reducer.ts'
import { emptyState, type Run, type State } from './state.ts'

/** `at` is there once an entry has been written. */
type Rules = { [K in Happening['kind']]: (state: State, entry: HappeningOf<K> & { at?: string }) => State }

/** Returns the state after the given entries. Entries of kinds we do not know, from a newer version, are passed over. */
export function replay(entries: readonly LedgerEntry[], from: State = emptyState): State {
  return entries.reduce(apply, from)
}

/** Returns the state after one more entry. */
export function apply(state: State, entry: Happening): State {
  if (!Object.hasOwn(rules, entry.kind)) return state
  const rule = rules[entry.kind] as (state: State, entry: Happening) => State
  return rule(state, entry)
}

const rules: Rules = {
  baseline: (state, { tree, head }) => ({ ...state, settled: { tree, head }, skipped: null }),
  session: (state, { session, pid, phase, at: since = null }) => {
    const others = state.endedSessions.filter(ended => ended !== session)
    if (phase === 'ended') return { ...state, endedSessions: [...others, session].slice(-20) }
    const sessions = [...state.sessions.filter(known => known !== session), session].slice(-20)
    // A resumed session is the same one in another process.
    const resumed =
      state.run?.owner.session === session ? onRun(state, () => ({ owner: { session, pid, since } })) : state
    return { ...resumed, sessions, endedSessions: others }
  },
  prompted: (state, { text }) => ({
    ...state,
    prompts: [...state.prompts, text].slice(-6),
    skipped: state.run?.heldOut ? null : state.skipped,
    boundReached: false,
    run: state.run && {
      ...state.run,
      prompts: state.run.open ? [...state.run.prompts, text].slice(-12) : state.run.prompts,
      heardSinceTests: true,
      redAttempts: 0,
      tasksRefused: 0,
      holds: 0,
      heldOut: false,
      asks: ['choice', 'fix'].includes(state.run.stage) ? state.run.asks : 0,
    },
  }),
  paused: state => ({ ...state, paused: true }),
  resumed: state => ({ ...state, paused: false }),
  'run-started': (state, entry) => ({
    ...state,
    prompts: [],
    skipped: null,
    boundReached: false,
    gateFiles: entry.gate ?? state.gateFiles,
    run: newRun(entry),
  }),
  'gate-files': (state, { files }) => ({ ...state, gateFiles: files }),
  'head-moved': (state, { head, base }) => ({
    ...onRun(state, run =>
      run.open
        ? { baseHead: head, base: base ?? run.base, cameFrom: base ? (run.cameFrom ?? run.base) : run.cameFrom }
        : {},
    ),
    settled: state.settled && { tree: base ?? state.settled.tree, head },
  }),
  adopted: (state, { session, pid, at: since = null }) => onRun(state, () => ({ owner: { session, pid, since } })),
  entered: (state, { stage, tree, cycle, round }) => ({
    ...onRun(state, run => afterEntering(run, { stage, tree, cycle, round })),
    skipped: null,
  }),
  'tests-ran': (state, { tree, after, result, seconds, suites, moved = [] }) =>
    onRun(state, run => ({
      tests: new Map(run.tests)
        .set(tree, { result, seconds, suites, moved })
        .set(after ?? tree, { result, seconds, suites, moved }),
      heardSinceTests: false,
      bill: { ...run.bill, seconds: run.bill.seconds + seconds },
    })),
  asked: (state, { stage }) =>
    onRun(state, run => ({
      asks: run.asks + 1,
      holds: run.holds + 1,
      redAttempts: run.redAttempts + (stage === 'tests' ? 1 : 0),
      heardSinceTests: run.heardSinceTests || stage === 'tests',
      claudeKnowsPick: run.claudeKnowsPick || stage === 'fix',
    })),
  'task-refused': state => onRun(state, run => ({ tasksRefused: run.tasksRefused + 1 })),
  'self-reviewed': (state, { ready, tree }) => ({ ...state, skipped: ready ? null : tree }),
  'codex-called': state => onRun(state, run => ({ bill: { ...run.bill, codexCalls: run.bill.codexCalls + 1 } })),
  'part-reviewed': (state, { kind: _, tree: __, ...part }) =>
    onRun(state, run => ({ parts: [...run.parts, part], bill: billed(run, part) })),
  reviewed: (state, entry) => ({ ...onRun(state, run => afterReview(run, entry)), skipped: null }),
  'could-not-review': (state, entry) => ({
    ...onRun(state, run => ({
      bill: billed(run, entry),
      owed: {
        call: entry.call,
        reason: entry.reason,
        until: entry.until,
        detail: entry.detail,
        since: entry.at ?? null,
      },
      // A thread that Codex cannot go on in (it may have been pruned) is given up; the next try begins one.
      thread: entry.call === 'rebuttal' && entry.reason === 'crashed' ? null : run.thread,
      review:
        entry.call === 'rebuttal'
          ? run.review
          : {
              result: 'could-not-review',
              reason: entry.reason,
              model: null,
              summary: entry.detail,
              reviewed: [],
              notReviewed: [],
              leftOut: [],
            },
    })),
    skipped: entry.tree,
  }),
  'tree-moved': state => state,
  'no-progress': (state, { ids }) =>
    onRun(state, run => ({
      unmoved: 0,
      findings: run.findings.map(finding => (ids.includes(finding.id) ? undebated(finding) : finding)),
    })),
  answered: (state, { round, positions, unanswered }) =>
    onRun(state, run => ({
      answeredRound: round,
      asks: 0,
      findings: withPositions(run.findings, positions, id => unanswered.includes(id)),
    })),
  rebutted: (state, entry) => ({
    ...onRun(state, run => ({
      bill: { ...billed(run, entry), rounds: run.bill.rounds + 1 },
      threadUsage: added(run.threadUsage, entry.usage),
      owed: null,
      rebuttedRound: entry.round,
      findings: withPositions(run.findings, entry.positions, () => entry.last),
    })),
    skipped: null,
  }),
  picked: (state, { ids, told }) => ({
    ...state,
    skipped: null,
    boundReached: false,
    run: state.run && {
      ...state.run,
      open: true,
      billBefore: state.run.open ? state.run.billBefore : state.run.bill,
      stage: 'fix',
      asks: 0,
      holds: 0,
      redAttempts: 0,
      claudeKnowsPick: told,
      picked: [...state.run.picked.filter(id => !ids.includes(id)), ...ids],
      findings: state.run.findings.map(finding => ({ ...finding, fate: fateAfterPick(finding, ids) })),
    },
  }),
  dismissed: (state, { ids }) =>
    onRun(state, run => ({
      findings: run.findings.map(finding => (ids.includes(finding.id) ? { ...finding, fate: 'dismissed' } : finding)),
    })),
  'let-go': (state, { tree, head, why }) => {
    if (!handsOver.includes(why))
      return { ...onRun(state, () => ({ heldOut: why === 'held-too-often' })), skipped: tree }
    const over = onRun(state, () => ({ open: false }))
    return { ...over, settled: { tree, head }, skipped: null, boundReached: bounds.includes(why) }
  },
  countersigned: (state, { tree, head }) => ({
    ...onRun(state, () => ({ stage: 'countersigned', tree, open: false, owed: null })),
    settled: { tree, head },
    skipped: null,
  }),
  withdrawn: (state, { tree, head }) => ({
    ...state,
    settled: { tree, head },
    skipped: null,
    // What was reviewed may be on another branch or in a stash, and come back.
    run: state.run?.review ? { ...state.run, open: false, away: true } : null,
  }),
  returned: (state, { head }) =>
    onRun(state, run => ({
      open: true,
      away: false,
      base: run.cameFrom ?? run.base,
      cameFrom: null,
      baseHead: head,
      prompts: [...run.prompts, ...state.prompts].slice(-12),
    })),
}

/** These end the run without a countersignature: the change is the user's to judge. */
const handsOver: LetGoReason[] = ['cycles', 'budget', 'unsent', 'withheld']
/** Of these, what happens without the user has come to its bound; every cycle but the first is the user's own. */
const bounds: LetGoReason[] = ['budget', 'unsent']

const onRun = (state: State, change: (run: Run) => Partial<Run>): State =>
  state.run ? { ...state, run: { ...state.run, ...change(state.run) } } : state
