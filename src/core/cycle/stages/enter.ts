import type { StageName } from '../../../model/ledger/fields.ts'
import type { Happening } from '../../../model/ledger/ledger-entry.ts'
import { undecided, unread } from '../../ledger/lists.ts'
import { type OpenRun, reviewedTree } from '../../ledger/state.ts'
import type { Facts } from '../facts.ts'
import { record, reply, type Step, signed } from '../step.ts'

/** What one stage of the cycle decides when Claude wants to stop and the tree is the stage's own. */
export type StageRule = (run: OpenRun, facts: Facts) => Step

export const entered = (run: OpenRun, stage: StageName, round = 0): Happening => ({
  kind: 'entered',
  stage,
  tree: run.tree,
  cycle: run.cycle,
  round,
})

export const enter = (run: OpenRun, stage: StageName, round = 0): Step => record(entered(run, stage, round))

/** After the debate: the user chooses, or there is nothing to choose from and both models have signed. */
export function concluded(run: OpenRun, facts: Facts): Step {
  // A ledger whose review is a line that cannot be read: what nobody is known to have reviewed is not signed.
  if (reviewedTree(run) !== run.tree) return enter(run, 'review')
  if (undecided(run).length > 0 || unread(run).length > 0) return enter(run, 'choice')
  return reply(null, signed(run, facts.head, facts))
}
