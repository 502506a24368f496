import { selfReviewText } from '../../messages/author-texts.ts'
import { readSelfReview, selfReviewProblem } from '../answers/self-review.ts'
import { spent } from '../budget.ts'
import { hold, letGo, record, reply } from '../step.ts'
import { handedOver } from './call-codex.ts'
import { entered, type StageRule } from './enter.ts'

/** Claude says whether its change is ready; not ready lets it go, and the next change comes back here, unless HEAD has moved. */
export const selfReview: StageRule = (run, facts) => {
  const answer = readSelfReview(facts.message)
  // What is committed is out of Claude's hands: it is reviewed as it is.
  const isOut = run.headMoved && (answer ? !answer.ready : run.unready === facts.tree)
  if (answer && !answer.ready && !isOut) return reply(null, { kind: 'self-reviewed', tree: facts.tree, ...answer })
  const { limits } = facts.config
  // Nobody would read on where Claude is asked to stop: said before the asking instead of after the answer.
  const bound = spent(run, limits)
  if (bound) return handedOver(facts, 'review', bound)
  if (isOut) return record(entered(run, 'review'))
  if (answer) return record({ kind: 'self-reviewed', tree: facts.tree, ...answer }, entered(run, 'review'))
  const { answers } = limits
  if (run.counts.asks >= answers) return letGo('no-self-review', facts)
  const problems = run.counts.asks > 0 ? [selfReviewProblem(facts.message)] : []
  return hold(run, facts, { context: selfReviewText(run, problems, answers) }, problems)
}
