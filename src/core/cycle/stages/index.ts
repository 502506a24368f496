import type { OpenRun } from '../../ledger/state.ts'
import { choice } from './choice.ts'
import { debate } from './debate.ts'
import type { Stage } from './enter.ts'
import { fix } from './fix.ts'
import { review } from './review.ts'
import { selfReview } from './self-review.ts'
import { tests } from './tests.ts'

/** The stages of a cycle in their order. */
export const stages: Record<OpenRun['stage'], Stage> = {
  tests,
  'self-review': selfReview,
  review,
  debate,
  choice,
  fix,
}
