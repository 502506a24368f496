import * as z from 'zod/mini'
import { described } from './described.ts'
import { findingKinds } from './finding.ts'
import { priorities } from './priority.ts'

const Priority = z.enum(priorities)

// Strict structured output wants flat objects, every property required, and null in place of absence. The model reads
// what each is described as.

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
  file: text('Path from the repository root, forward slashes.'),
  line_start: described(z.nullable(z.int()), '1-based; null for the whole file.'),
  line_end: z.nullable(z.int()),
  quote: text('The code in question, copied exactly from the file.'),
  fix: text('The smallest change that fixes it.'),
})
export type ReviewedFinding = z.infer<typeof ReviewedFinding>

export const ReviewAnswer = z.strictObject({
  verdict: described(
    z.enum(['approve', 'findings', 'could-not-review']),
    'could-not-review only when the change could not be read.',
  ),
  summary: text('Two sentences at most.'),
  reviewed: described(z.array(z.string()), 'Paths of the changed files that were actually read.'),
  findings: z.array(ReviewedFinding),
  resolved: described(
    z.array(z.strictObject({ id: z.string(), resolved: z.boolean(), reason: z.string() })),
    'One entry for each earlier finding that the prompt lists, else empty.',
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
      concession: described(z.nullable(z.string()), 'When you change your mind: what changed it. Else null.'),
    }),
  ),
})
export type RebuttalAnswer = z.infer<typeof RebuttalAnswer>
