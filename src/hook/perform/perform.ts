import type { Effect } from '../../core/cycle/step.ts'
import type { State } from '../../core/ledger/state.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import { endSession, findBase, followHead, knowCommits, seeThrough } from './base.ts'
import { rebut, review } from './codex.ts'
import type { Effects } from './effects.ts'
import { runTests } from './tests.ts'

/** The only place where a step becomes an effect. Returns what came of it, for the ledger. */
export async function perform(step: Effect, state: State, effects: Effects): Promise<Happening[]> {
  switch (step.do) {
    case 'find-base':
      return [findBase(effects)]
    case 'know-commits':
      return [knowCommits(step.settled, effects)]
    case 'follow-head':
      return [followHead(step, state, effects)]
    case 'end-session':
      return endSession(step, state, effects)
    case 'see-through':
      return [seeThrough(state, effects)]
    case 'run-tests':
      return runTests(step.run, state, effects)
    case 'review':
      return review(step.run, effects)
    case 'rebut':
      return rebut(step.run, step.last, effects)
  }
}
