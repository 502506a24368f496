import * as z from 'zod/mini'
import { described } from './described.ts'
import { findingKinds } from './finding.ts'
import { verdicts } from './ledger/fields.ts'
import { priorities } from './priority.ts'

const Priority = z.enum(priorities)

// Strict structured output requires flat objects with every property present, and null for an absent value. The model
// reads the descriptions.

const text = (about: string) => described(z.string(), about)

/** A finding as Codex writes it. */
const ReviewedFinding = z.strictObject({
  title: text('At most ten words.'),
  body: text('What goes wrong, and for which input or caller.'),
  kind: described(
    z.enum(findingKinds),
    'defect: a reachable failure. gap: asked for and missing. excess: not needed, better removed.',
  ),
  priority: Priority,
  file: text('Path from the repository root, with forward slashes.'),
  line_start: described(z.nullable(z.int()), '1-based. null: the whole file.'),
  line_end: z.nullable(z.int()),
  quote: text('The code in question, copied exactly from the file.'),
  fix: text('The smallest change that fixes it.'),
})
export type ReviewedFinding = z.infer<typeof ReviewedFinding>

/** What a review says, beside the empty `positions`. */
const review = {
  verdict: described(
    z.nullable(z.enum(verdicts)),
    'could-not-review only if the change could not be read. null in a rebuttal.',
  ),
  summary: text('At most two sentences. Empty in a rebuttal.'),
  reviewed: described(z.array(z.string()), 'Paths of the changed files you actually read. Empty in a rebuttal.'),
  findings: described(z.array(ReviewedFinding), 'Empty in a rebuttal.'),
  resolved: described(
    z.array(z.strictObject({ id: z.string(), resolved: z.boolean(), reason: z.string() })),
    'One entry for each earlier finding that a review asks to check. Otherwise empty.',
  ),
}

const Position = z.strictObject({
  id: z.string(),
  needed: z.boolean(),
  priority: Priority,
  reason: z.string(),
  concession: described(z.nullable(z.string()), 'If you change your mind: what changed it. Otherwise null.'),
  evidence: described(
    z.nullable(z.strictObject({ file: z.string(), line: z.int(), quote: z.string() })),
    'The code that shows it, copied exactly from the file as it is now. null: nothing shows it.',
  ),
})

/**
 * Whatever Codex is asked, it answers in this one shape: another schema in the same thread would cost the provider's prompt
 * cache, which begins with the schema.
 */
export const Answer = z.strictObject({
  ...review,
  positions: described(z.array(Position), 'One entry for each finding that a rebuttal asks about. Empty in a review.'),
})

const ReviewAnswer = z.strictObject(review)
const RebuttalAnswer = z.strictObject({ positions: z.array(Position) })
/** The part of an answer that its call asked for; whoever plays Codex writes no more. */
export type ReviewAnswer = z.infer<typeof ReviewAnswer>
export type RebuttalAnswer = z.infer<typeof RebuttalAnswer>
