import * as z from 'zod/mini'
import { described } from './described.ts'
import { findingKinds } from './finding.ts'
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

export const ReviewAnswer = z.strictObject({
  verdict: described(
    z.enum(['approve', 'findings', 'could-not-review']),
    'could-not-review only if the change could not be read.',
  ),
  summary: text('At most two sentences.'),
  reviewed: described(z.array(z.string()), 'Paths of the changed files you actually read.'),
  findings: z.array(ReviewedFinding),
  resolved: described(
    z.array(z.strictObject({ id: z.string(), resolved: z.boolean(), reason: z.string() })),
    'One entry for each earlier finding that the prompt lists. Otherwise empty.',
  ),
})
export type ReviewAnswer = z.infer<typeof ReviewAnswer>

export const RebuttalAnswer = z.strictObject({
  positions: z.array(
    z.strictObject({
      id: z.string(),
      needed: z.boolean(),
      priority: Priority,
      reason: z.string(),
      concession: described(z.nullable(z.string()), 'If you change your mind: what changed it. Otherwise null.'),
      evidence: described(
        z._default(z.nullable(z.strictObject({ file: z.string(), line: z.int(), quote: z.string() })), null),
        'The code that shows it, copied exactly from the file as it is now. null: nothing shows it.',
      ),
    }),
  ),
})
export type RebuttalAnswer = z.infer<typeof RebuttalAnswer>
