import { heldReviewText } from '../author-texts.ts'
import { spent } from '../budget.ts'
import type { Facts } from '../facts.ts'
import type { Owed, Run } from '../state.ts'
import { hold, record, type Step, silence } from '../step.ts'

/** Asks Codex, unless its calls are spent or it is known not to answer yet. */
export function callCodex(run: Run, facts: Facts, call: Owed['call'], step: Step): Step {
  if (facts.codexFailed || (run.owed && !isDue(run, run.owed, facts))) return heldForReview(run, facts)
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

/** The longest of Codex's own limits is counted in weeks; a time beyond that is tried before it comes. */
const longestWaitMs = 8 * 24 * 3_600_000

/** Whether what kept the reviewer away can have passed. */
export function isDue(run: Run, owed: Owed, { now, codexFound, codexFailed, config }: Facts): boolean {
  if (codexFailed) return false
  if (owed.reason === 'missing') return codexFound
  if (owed.reason === 'budget') return spent(run, config.limits) === null
  if (owed.until === null) return true
  const waitedMs = owed.since === null ? 0 : Date.parse(now) - Date.parse(owed.since)
  // Less than nothing: the clock has been set back meanwhile, and the time named may now be as far off as that.
  return Date.parse(now) >= Date.parse(owed.until) || waitedMs < 0 || waitedMs > longestWaitMs
}

/** While a review is owed Claude is let go, or held where the repository says so, a bounded number of times. */
export function heldForReview(run: Run, facts: Facts): Step {
  const { gate, limits } = facts.config
  if (!run.owed || gate.onReviewerFailure === 'allow' || run.asks >= limits.answers) return silence
  return hold(run, facts, { block: heldReviewText(run, run.owed, limits.answers) })
}
