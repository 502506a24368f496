import * as z from 'zod'
import { findingKinds } from './finding.ts'
import { priorities } from './priority.ts'

const Priority = z.enum(priorities)

// Strict structured output wants flat objects, every property required, and null in place of absence.

export const ReviewAnswer = z.strictObject({
  verdict: z
    .enum(['approve', 'findings', 'could-not-review'])
    .describe('could-not-review only when the change could not be read.'),
  summary: z.string().describe('Two sentences at most.'),
  reviewed: z.array(z.string()).describe('Paths of the changed files that were actually read.'),
  findings: z.array(
    z.strictObject({
      title: z.string().describe('At most ten words.'),
      body: z.string().describe('What goes wrong, and for which input or caller.'),
      kind: z
        .enum(findingKinds)
        .describe('defect: a reachable failure. gap: asked for and missing. excess: not needed, better taken out.'),
      priority: Priority,
      file: z.string().describe('Path from the repository root, forward slashes.'),
      line_start: z.int().nullable().describe('1-based; null for the whole file.'),
      line_end: z.int().nullable(),
      quote: z.string().describe('The code in question, copied exactly from the file.'),
      fix: z.string().describe('The smallest change that mends it.'),
    }),
  ),
  resolved: z
    .array(z.strictObject({ id: z.string(), resolved: z.boolean(), reason: z.string() }))
    .describe('One entry for each earlier finding that the prompt lists, else empty.'),
})
export type ReviewAnswer = z.infer<typeof ReviewAnswer>

export const RebuttalAnswer = z.strictObject({
  positions: z.array(
    z.strictObject({
      id: z.string(),
      needed: z.boolean(),
      priority: Priority,
      reason: z.string(),
      concession: z.string().nullable().describe('When you change your mind: what changed it. Else null.'),
    }),
  ),
})
export type RebuttalAnswer = z.infer<typeof RebuttalAnswer>
