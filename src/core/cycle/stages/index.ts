import type { StageName } from '../../../model/ledger/fields.ts'
import { choice } from './choice.ts'
import { debate } from './debate.ts'
import type { StageRule } from './enter.ts'
import { fix } from './fix.ts'
import { review } from './review.ts'
import { selfReview } from './self-review.ts'
import { tests } from './tests.ts'

/** The stages of a cycle in their order. */
export const stages: Record<StageName, StageRule> = {
  tests,
  'self-review': selfReview,
  review,
  debate,
  choice,
  fix,
}
