import { mayComeBack } from '../../ledger/kept.ts'
import { undecided } from '../../ledger/lists.ts'
import { isOwner, runsAgain } from '../../ledger/run-reducer.ts'
import { type OpenRun, openRun } from '../../ledger/state.ts'
import { readSelfReview } from '../answers/self-review.ts'
import type { Facts } from '../facts.ts'
import { isHeadUnseen, named, notCovered } from '../not-covered.ts'
import { nothingToDo, passed } from '../nothing-to-do.ts'
import { heldForReview, isDue } from '../stages/call-codex.ts'
import { stages } from '../stages/index.ts'
import { letGo, record, reply, type Step, seenOtherwise, silence, startRun } from '../step.ts'
import { isOthers, leftAlone, telling, unseenAtStop } from '../unseen.ts'
import { remember, schedulesOf } from '../word/schedules.ts'
import type { Decision } from './decision.ts'

/** Decides what happens when Claude wants to stop: first whether there is a cycle to go on with, then its stage. */
export const onStop: Decision = (state, facts, event) => {
  const news = remember(state, [...schedulesOf(event), ...facts.scheduledInFiles])
  if (news.length > 0) return record(...news)
  const untold = unseenAtStop(state, facts, event)
  if (untold) return record(untold)
  if (leftAlone(event)) return silence
  const nested = notCovered(state, facts)
  if (nested) return record(nested)
  if (isHeadUnseen(state, facts)) return record({ kind: 'looked', head: facts.head, beside: named(facts.beside) })
  if (nothingToDo(state, facts)) return silence
  const run = openRun(state)
  if (!run) return startRun(state, facts)
  if (isOthers(run, facts)) {
    const untoldToo = telling(state, facts.session, 'other-session', String(run.owner.pid ?? ''))
    return untoldToo ? reply(null, untoldToo) : silence
  }
  if (run.owner.session !== facts.session || (!isOwner(run, facts) && !facts.ownerAlive))
    return record({ kind: 'adopted', session: facts.session, pid: facts.pid })
  if (seenOtherwise(state, facts.config)) return { do: 'see-through' }
  if (run.base.head !== undefined && run.base.head !== facts.head) return followed(run, run.base.head, facts)
  if (facts.tree === run.base.tree) return reply(null, { kind: 'withdrawn', tree: facts.tree, head: facts.head })
  if (facts.tree === state.skipped && !wakes(run, facts)) return heldForReview(run, facts)
  if (facts.tree !== run.tree) return moved(run, facts)
  return stages[run.stage](run, facts)
}

/** The tree decides: what was frozen and is there goes on where it stood, whatever HEAD has been through. */
const followed = (run: OpenRun, from: string | null, { tree, head }: Facts): Step =>
  tree === run.tree
    ? record({ kind: 'head-moved', head, base: null, inCycle: true })
    : { do: 'follow-head', from, atStart: false }

/** What can go on at a tree where Claude was let go: tests once more, itself declared ready, or a reviewer that may be back. */
function wakes(run: OpenRun, facts: Facts): boolean {
  if (run.stage === 'tests') return runsAgain(run, facts.tree) || passed(run.tests.ran.get(facts.tree))
  if (run.stage === 'self-review') return readSelfReview(facts.message)?.ready === true
  return run.owed !== null && (run.stage === 'review' || run.stage === 'debate') && isDue(run.owed, facts)
}

/** An edit sends the cycle back to the tests, one that is taken back to where it was; after a pick it begins the next cycle. */
function moved(run: OpenRun, facts: Facts): Step {
  const { left } = run
  if (left?.tree === facts.tree)
    return record({ kind: 'entered', stage: left.stage, tree: left.tree, cycle: left.cycle, round: left.round })
  const cycle = run.stage === 'fix' ? run.cycle + 1 : run.cycle
  if (cycle > facts.config.limits.cycles) return letGo('cycles', facts)
  // An edit that undoes an edit: the review of this very tree is in the ledger, and would come out as it did, unless
  // what it raised has been seen gone since.
  if (run.reviews.trees.includes(facts.tree) && mayComeBack(run).length === 0) return letGo('seen-before', facts)
  const open = run.stage === 'choice' ? undecided(run).map(({ id }) => id) : []
  const ended = open.length > 0 && { undecided: open }
  return record({ kind: 'entered', stage: 'tests', tree: facts.tree, cycle, round: 0, ...ended })
}
