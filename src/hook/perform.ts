import { join } from 'node:path'
import type { Effect } from '../core/cycle/step.ts'
import { openRun, type State } from '../core/ledger/state.ts'
import { movesSince, newBase } from '../core/review/change-base.ts'
import type { Happening } from '../model/ledger-entry.ts'
import { readEnd } from '../shell/files/bounded-file.ts'
import { treeOfCommit } from '../shell/git/fingerprint.ts'
import { isAncestor } from '../shell/git/git.ts'
import { emptyTree } from '../shell/git/private-index.ts'
import type { Effects } from './effects.ts'
import { rebut, review } from './perform-codex.ts'
import { runTests } from './perform-tests.ts'

/** The only place where a step becomes an effect. Returns what came of it, for the ledger. */
export async function perform(step: Effect, state: State, effects: Effects): Promise<Happening[]> {
  switch (step.do) {
    case 'find-base':
      return [findBase(effects)]
    case 'follow-head':
      return [followHead(step.from, Boolean(openRun(state)), effects)]
    case 'run-tests':
      return runTests(step.run, effects)
    case 'review':
      return review(step.run, effects)
    case 'rebut':
      return rebut(step.run, step.last, effects)
  }
}

function findBase({ setup: { scope }, sight }: Effects): Happening {
  const head = sight.head()
  return { kind: 'baseline', tree: head ? treeOfCommit(scope, head) : emptyTree(scope), head }
}

function followHead(from: string | null, inCycle: boolean, { setup: { scope }, sight }: Effects): Happening {
  const head = sight.head()
  const moves = movesSince(readEnd(join(scope.gitDir, 'logs', 'HEAD'), 1 << 20), from)
  const to = moves ? newBase(moves) : from && head && !isAncestor(scope, from, head) ? head : null
  return { kind: 'head-moved', head, base: to && treeOfCommit(scope, to), inCycle }
}
