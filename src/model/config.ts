import * as z from 'zod'

const seconds = (what: string) => z.int().min(1).max(1500).describe(`${what}, in seconds (at most 1500).`)

const Glob = z
  .string()
  .regex(/^(?!(?:.*\/)?\.\.(?:\/|$))/, 'a glob goes from the directory that holds .claude and not above it')

const Suite = z.strictObject({
  name: z.string().min(1).describe('What reports call this suite.'),
  command: z.string().min(1).describe('Run with a shell from the directory that holds .claude; exit 0 means green.'),
  paths: z
    .array(Glob)
    .default([])
    .describe('Globs. The suite runs when a changed file matches one; empty: on every change.'),
  timeoutSeconds: seconds('Longest the suite may take').default(600),
})
export type Suite = z.infer<typeof Suite>

/** `.claude/countersign.yaml`, with every default filled in. */
export const Config = z.strictObject({
  version: z.literal(1),
  tests: z.array(Suite).default([]).describe('The suites that must be green before anything is reviewed.'),
  ignore: z.array(Glob).default([]).describe('Globs of files whose changes never start a cycle.'),
  review: z
    .strictObject({
      model: z.string().nullable().default(null).describe("Codex model; null: the one in the user's own Codex config."),
      effort: z.string().nullable().default(null).describe("Codex reasoning effort; null: the user's own."),
      timeoutSeconds: seconds('Longest one Codex call may take').default(900),
    })
    .prefault({}),
  debate: z
    .strictObject({
      rounds: z.int().min(1).max(5).default(2).describe('A round is one answer by Claude and one by Codex.'),
    })
    .prefault({}),
  gate: z
    .strictObject({
      onReviewerFailure: z
        .enum(['allow', 'block'])
        .default('allow')
        .describe('What happens to Claude when the review could not be done. The review stays owed either way.'),
    })
    .prefault({}),
  limits: z
    .strictObject({
      testAttempts: z.int().min(1).max(10).default(3).describe('Times Claude is sent back to red tests per prompt.'),
      answers: z
        .int()
        .min(1)
        .max(5)
        .default(3)
        .describe('Times one answer is asked for before it counts as not given.'),
      holds: z
        .int()
        .min(1)
        .max(50)
        .default(16)
        .describe('Times Claude is made to go on, for whatever reason, before the user says something again.'),
      cycles: z.int().min(1).max(10).default(5).describe('Cycles in one run before it is handed to the user.'),
      codexCalls: z.int().min(1).max(100).default(20).describe('Codex calls in one run.'),
      minutes: z.int().min(1).max(1440).default(240).describe('Minutes that tests and Codex may take in one run.'),
      tokens: z
        .int()
        .min(1000)
        .max(1_000_000_000)
        .default(20_000_000)
        .describe('Tokens, read and written, that Codex may use in one run.'),
    })
    .prefault({}),
})
export type Config = z.infer<typeof Config>
