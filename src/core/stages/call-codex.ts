import { heldReviewText } from '../author-texts.ts'
import { spent } from '../budget.ts'
import type { Facts } from '../facts.ts'
import type { Owed, Run } from '../state.ts'
import { hold, record, type Step, silence } from '../step.ts'

/** Asks Codex, unless its calls are spent or it is known not to answer yet. */
export function callCodex(run: Run, facts: Facts, call: Owed['call'], step: Step): Step {
  if (facts.codexFailed || (run.owed && !isDue(run.owed, facts))) return silence
  // Parts that are reviewed already are brought to an end, which takes no call any more.
  const ends = call === 'review' && run.parts.length > 0
  const detail = spent(run, facts.config.limits)
  if (ends || !detail) return step
  const usage = { inputTokens: 0, outputTokens: 0 }
  const until = null
  return record({
    kind: 'could-not-review',
    call,
    tree: facts.tree,
    reason: 'budget',
    until,
    detail,
    usage,
    seconds: 0,
  })
}

/** Whether what kept the reviewer away can have passed. */
export function isDue(owed: Owed, { now, codexFound, codexFailed }: Facts): boolean {
  if (codexFailed) return false
  return owed.reason === 'missing' ? codexFound : owed.until === null || now >= owed.until
}

/** While a review is owed Claude is let go, or held where the repository says so, a bounded number of times. */
export function heldForReview(run: Run, facts: Facts): Step {
  const { gate, limits } = facts.config
  if (!run.owed || gate.onReviewerFailure === 'allow' || run.asks >= limits.answers) return silence
  return hold(run, facts, { block: heldReviewText(run, run.owed, limits.answers) })
}
