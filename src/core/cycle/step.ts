import type { HookReply } from '../../model/hook-reply.ts'
import type { LetGoReason } from '../../model/ledger/fields.ts'
import type { Happening, HappeningOf } from '../../model/ledger/ledger-entry.ts'
import { isUrgentBeyond, leftOver, unnamed } from '../ledger/kept.ts'
import { promptsFor } from '../ledger/run-reducer.ts'
import { isBack, type OpenRun, type Run, type State } from '../ledger/state.ts'
import type { Facts } from './facts.ts'
import { named } from './not-covered.ts'

/**
 * What to do next. Whoever performs it writes what came of it into the ledger and asks again, until there is a reply.
 */
export type Step =
  | { do: 'find-base' }
  /** `init` knows of a settled tree, and not yet of the commits that were there. */
  | { do: 'know-commits'; settled: { tree: string; head: string | null } }
  /** `atStart`: a session begins; what was committed before it is not its change. */
  | { do: 'follow-head'; from: string | null; atStart: boolean }
  /** A session is over: what was committed in it, on whatever branch, is told from what comes before the next. `unseen`: no hook saw its end. */
  | { do: 'end-session'; ended: HappeningOf<'session'>; unseen?: boolean }
  /** Other files count than did when the base was taken. */
  | { do: 'see-through' }
  | { do: 'record'; entries: Happening[] }
  | { do: 'run-tests'; run: OpenRun }
  | { do: 'review'; run: OpenRun }
  | { do: 'rebut'; run: OpenRun; last: boolean }
  | { do: 'reply'; reply: HookReply; entries: Happening[] }

/** A step that something outside has to do. */
export type Effect = Exclude<Step, { do: 'reply' } | { do: 'record' }>

export const silence: Step = { do: 'reply', reply: null, entries: [] }

export const record = (...entries: Happening[]): Step => ({ do: 'record', entries })

export const reply = (reply: HookReply, ...entries: Happening[]): Step => ({ do: 'reply', reply, entries })

/** Claude may stop in mid-cycle; nothing more happens until the tree changes. */
export const letGo = (why: LetGoReason, { tree, head }: Facts): Step => reply(null, { kind: 'let-go', tree, head, why })

/** What of a change no diff shows. */
export type Uncovered = Pick<Facts, 'nested' | 'hidden' | 'beside'>

const nothingUncovered: Uncovered = { nested: { states: {}, changed: [] }, hidden: [], beside: {} }

/**
 * The end of a run with nothing left to decide. What was never sent to Codex, lies in a repository of its own, or beside the
 * tree that was reviewed, cannot be countersigned; what a new rule hides, and what changed under `ignore`, is named.
 */
export function signed(run: Run, head: string | null, uncovered = nothingUncovered): Happening {
  const { tree, cycle, reviews } = run
  const { nested, hidden } = uncovered
  // Named, but no reason not to sign: the configuration says that nobody has to look there.
  const { ignored, ...beside } = named(uncovered.beside)
  const isBeside = Object.keys(beside).length > 0
  const notSigned = { kind: 'let-go', tree, head, ...(isBeside && { beside }) } as const
  if (reviews.unsent.length > 0) return { ...notSigned, why: 'unsent' }
  if (isUrgentBeyond(reviews.beyond)) return { ...notSigned, why: 'left-out' }
  const { states, changed } = nested
  if (changed.length > 0) return { ...notSigned, why: 'nested', files: changed, nested: states }
  if (isBeside) return { ...notSigned, why: 'beside' }
  const kept = unnamed(run)
  // Whoever signs over what is unread has said so: see `choose`.
  const { unread } = reviews
  return {
    ...{ kind: 'countersigned', tree, head, cycle },
    ...(hidden.length > 0 && { hidden }),
    ...(ignored && { ignored }),
    ...(unread.length > 0 && { unread }),
    ...(Object.keys(reviews.beyond).length > 0 && { beyond: reviews.beyond }),
    ...(kept.length > 0 && { kept }),
  }
}

/** Makes Claude continue with a text, as long as the limit on doing so is not reached. */
export function hold(
  run: OpenRun,
  facts: Facts,
  said: { context: string } | { block: string },
  problems: string[] = [],
): Step {
  const { holds } = facts.config.limits
  if (run.counts.holds >= holds) return letGo('held-too-often', facts)
  const count = `\nStep ${run.counts.holds + 1} of at most ${holds} since the user's last prompt.`
  const counted = 'block' in said ? { block: said.block + count } : { context: said.context + count }
  return reply(counted, { kind: 'asked', stage: run.stage, tree: facts.tree, problems })
}

/**
 * Starts a run where there is something to do and none is on: once it is known where the change begins, or with one that
 * is back.
 */
export function startRun(state: State, { tree, head, session, pid, newRunId, config }: Facts): Step {
  if (isBack(state, tree)) return record({ kind: 'returned', head })
  if (!state.settled) return { do: 'find-base' }
  if (seenOtherwise(state, config)) return { do: 'see-through' }
  if (state.settled.head !== head) return { do: 'follow-head', from: state.settled.head, atStart: false }
  return record({
    kind: 'run-started',
    run: newRunId,
    session,
    pid,
    base: state.settled.tree,
    tree,
    head: state.settled.head,
    globs: config.ignore,
    ...(state.known && { known: state.known }),
    ...(state.nested && { nested: state.nested }),
    ...(state.told && { told: state.told }),
    ...(state.rules && { rules: state.rules }),
    ...(state.since && { since: state.since }),
    prompts: promptsFor(state.prompts, session),
    ...leftBy(state.run),
    ...(state.gateFiles && { gate: state.gateFiles }),
    ...(state.told.length > 0 && { told: state.told }),
    ...(Object.keys(state.suites).length > 0 && { suites: state.suites }),
    carried: {
      ...{ processes: state.processes, scheduled: state.scheduled, deeds: state.deeds, asked: state.asked },
      ...(state.recorded && { sessions: state.recorded }),
      prompts: state.prompts.flatMap(one => (one.apart && one.session !== session ? [one] : [])),
    },
  })
}

/** What a run that ends with the next one's start hands on to it. What was left out stays with a change that is put away. */
function leftBy(run: Run | null) {
  const kept = leftOver(run)
  const beyond = run?.status === 'away' ? run.reviews.beyond : {}
  return { ...(kept.length > 0 && { kept }), ...(Object.keys(beyond).length > 0 && { beyond }) }
}

/** Whether other files count today than when the settled tree was taken, as far as the ledger says. */
export const seenOtherwise = ({ globs }: State, { ignore }: Facts['config']): boolean =>
  globs !== undefined && (globs.length !== ignore.length || globs.some((glob, index) => glob !== ignore[index]))
