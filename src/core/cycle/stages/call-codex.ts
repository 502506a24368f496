import type { OpenRun, Owed } from '../../ledger/state.ts'
import { heldReviewText } from '../../messages/author-texts.ts'
import { spent } from '../budget.ts'
import type { Facts } from '../facts.ts'
import { hold, reply, type Step, silence } from '../step.ts'

/** Asks Codex, unless a bound of the run is reached or it is known not to answer yet. */
export function callCodex(run: OpenRun, facts: Facts, call: Owed['call'], step: Step): Step {
  if (facts.codexFailed) return heldForReview(run, facts)
  // Parts that are reviewed already are brought to an end, which takes no call any more.
  const ends = call === 'review' && run.parts.length > 0
  const bound = ends ? null : spent(run, facts.config.limits)
  if (bound) return handedOver(facts, call, bound)
  return run.owed && !isDue(run.owed, facts) ? stillPending(run, run.owed, facts, call) : step
}

/** Another tree that nobody reviews for now: said anew, since its green tests alone would pass for more. */
function stillPending(run: OpenRun, { reason, until, detail, kept }: Owed, facts: Facts, call: Owed['call']): Step {
  if (facts.config.gate.onReviewerFailure === 'block') return heldForReview(run, facts)
  const usage = { inputTokens: 0, outputTokens: 0 }
  const { tree } = facts
  const still = { call, tree, reason, until, detail, ...(kept?.tree === tree && { kept }), usage, seconds: 0 } as const
  return reply(null, { kind: 'could-not-review', ...still })
}

/** Ends the run at a bound, unsigned: waiting would not lift it, and a run that goes on has nothing left to review with. */
export function handedOver({ tree, head }: Facts, call: Owed['call'], detail: string): Step {
  const usage = { inputTokens: 0, outputTokens: 0 }
  return reply(
    null,
    { kind: 'could-not-review', call, tree, reason: 'budget', until: null, detail, usage, seconds: 0 },
    { kind: 'let-go', tree, head, why: 'budget' },
  )
}

/** The longest of Codex's own limits is counted in weeks; a time beyond that is tried before it comes. */
const longestWaitMs = 8 * 24 * 3_600_000

/** Whether what kept the reviewer away can have passed. */
export function isDue(owed: Owed, { now, codexFound, codexFailed }: Facts): boolean {
  if (codexFailed) return false
  if (owed.reason === 'missing') return codexFound
  if (owed.until === null) return true
  const waitedMs = owed.since === null ? 0 : Date.parse(now) - Date.parse(owed.since)
  // Less than nothing: the clock has been set back meanwhile, and the time named may now be as far off as that.
  return Date.parse(now) >= Date.parse(owed.until) || waitedMs < 0 || waitedMs > longestWaitMs
}

/** While a review is owed Claude is let go, or held where the repository says so, a bounded number of times. */
export function heldForReview(run: OpenRun, facts: Facts): Step {
  const { gate, limits } = facts.config
  if (!run.owed || gate.onReviewerFailure === 'allow' || run.counts.asks >= limits.answers) return silence
  return hold(run, facts, { block: heldReviewText(run, run.owed, limits.answers) })
}
