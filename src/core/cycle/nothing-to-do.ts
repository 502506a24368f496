import { runsAgain } from '../ledger/run-reducer.ts'
import { isBack, openRun, type Run, type State, type TestRun } from '../ledger/state.ts'
import type { Facts } from './facts.ts'

/**
 * Whether nothing is to be done at this tree, which is what most stops come to and must cost next to nothing. These are the
 * first lines of the full decision and all of the quick answer: there is no second opinion. Paused is asked first, since the
 * tree is only looked at when it is read.
 *
 * A settled tree stays settled wherever HEAD goes: after `git reset --soft` the same bytes lie there that were reviewed.
 */
export function nothingToDo(state: State, facts: Pick<Facts, 'tree' | 'message' | 'session' | 'head'>): boolean {
  if (state.paused) return true
  const run = openRun(state)
  const waits = state.limitReached && !state.lifted.includes(facts.session)
  if (!run) return waits || (state.settled?.tree === facts.tree && !isBack(state, facts.tree))
  return (
    state.skipped === facts.tree &&
    facts.tree !== run.base.tree &&
    !run.owed &&
    !mayGoOn(run, facts) &&
    !mayAdopt(run, facts) &&
    !isCommitted(run, facts)
  )
}

/** What can lead on at a tree where Claude was let go: tests that passed since or run once more, or an answer. */
const mayGoOn = (run: Run, { tree, message }: Pick<Facts, 'tree' | 'message'>): boolean =>
  (run.stage === 'tests' && (runsAgain(run, tree) || passed(run.tests.ran.get(tree)))) || /countersign/i.test(message)

/** Whether HEAD has moved since Claude said that this tree is not ready. */
const isCommitted = ({ unready, base }: Run, { tree, head }: Pick<Facts, 'tree' | 'head'>): boolean =>
  unready === tree && base.head !== undefined && base.head !== head

/** Whether this session has been asked something since another one was let go: it takes the run over, with new limits. */
const mayAdopt = ({ owner, waiting }: Run, { session }: Pick<Facts, 'session'>): boolean =>
  owner.session !== session && waiting.some(one => one.session === session)

// A tree at which the tests never came to a result has none, and waits for a change.
export const passed = (tests: TestRun | undefined): boolean =>
  tests?.result === 'green' || tests?.result === 'older' || tests?.result === 'none'

/** Whether Claude Code is going to send a prompt that is not known yet; word for word, which is quickly told. */
export const hasNewSchedule = ({ scheduled }: Pick<State, 'scheduled'>, event: { session_crons?: unknown }): boolean =>
  Array.isArray(event.session_crons) &&
  event.session_crons.some(cron => cron?.prompt && !scheduled.includes(cron.prompt))
