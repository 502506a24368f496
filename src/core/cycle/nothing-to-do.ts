import { isBack, openRun, runsAgain, type State } from '../ledger/state.ts'

/**
 * Whether a stop at this tree needs nothing at all: what most stops are, and what must cost next to nothing. When in
 * doubt the answer is no, and the full decision in stop.ts is taken.
 */
export function restsAt(state: State, tree: string, message: string): boolean {
  if (state.paused) return true
  const run = openRun(state)
  if (!run) return state.boundReached || (state.settled?.tree === tree && !isBack(state, tree))
  return state.skipped === tree && !run.owed && !runsAgain(run, tree) && !/countersign/i.test(message)
}
