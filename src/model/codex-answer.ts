import * as z from 'zod/mini'
import { findingKinds } from './finding.ts'
import { priorities } from './priority.ts'

const Priority = z.enum(priorities)

// Strict structured output wants flat objects, every property required, and null in place of absence. What `describe` says
// is read by the model.

const text = (about: string) => z.string().check(z.describe(about))

const ReviewedFinding = z.strictObject({
  title: text('At most ten words.'),
  body: text('What goes wrong, and for which input or caller.'),
  kind: z
    .enum(findingKinds)
    .check(
      z.describe('defect: a reachable failure. gap: asked for and missing. excess: not needed, better taken out.'),
    ),
  priority: Priority,
  file: text('Path from the repository root, forward slashes.'),
  line_start: z.nullable(z.int()).check(z.describe('1-based; null for the whole file.')),
  line_end: z.nullable(z.int()),
  quote: text('The code in question, copied exactly from the file.'),
  fix: text('The smallest change that mends it.'),
})

export const ReviewAnswer = z.strictObject({
  verdict: z
    .enum(['approve', 'findings', 'could-not-review'])
    .check(z.describe('could-not-review only when the change could not be read.')),
  summary: text('Two sentences at most.'),
  reviewed: z.array(z.string()).check(z.describe('Paths of the changed files that were actually read.')),
  findings: z.array(ReviewedFinding),
  resolved: z
    .array(z.strictObject({ id: z.string(), resolved: z.boolean(), reason: z.string() }))
    .check(z.describe('One entry for each earlier finding that the prompt lists, else empty.')),
})
export type ReviewAnswer = z.infer<typeof ReviewAnswer>

export const RebuttalAnswer = z.strictObject({
  positions: z.array(
    z.strictObject({
      id: z.string(),
      needed: z.boolean(),
      priority: Priority,
      reason: z.string(),
      concession: z.nullable(z.string()).check(z.describe('When you change your mind: what changed it. Else null.')),
    }),
  ),
})
export type RebuttalAnswer = z.infer<typeof RebuttalAnswer>
