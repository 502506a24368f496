import { openFindings } from '../../ledger/state.ts'
import { record } from '../step.ts'
import { callCodex } from './call-codex.ts'
import { concluded, enter, type StageRule } from './enter.ts'

/** A fix that mends nothing is debated once; when the next one mends nothing either, the user decides. */
const mostUnmoved = 2

/** Codex reads the change; what it raises is debated, and where it raises nothing both have signed. */
export const review: StageRule = (run, facts) => {
  const open = openFindings(run)
  if (!run.review || run.review.result === 'could-not-review')
    return callCodex(run, facts, 'review', { do: 'review', run })
  if (run.unmoved >= mostUnmoved && open.length > 0)
    return record({ kind: 'no-progress', ids: open.map(({ id }) => id) })
  return open.length > 0 ? enter(run, 'debate', 1) : concluded(run, facts)
}
