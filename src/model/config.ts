import * as z from 'zod/mini'
import { described } from './described.ts'

const text = (about: string) => described(z.string().check(z.minLength(1)), about)
const limit = (most: number, value: number, about: string, least = 1) =>
  described(z._default(z.int().check(z.minimum(least), z.maximum(most)), value), about)
const seconds = (what: string, value: number) => limit(1500, value, `${what}, in seconds (at most 1500).`)

const Glob = z
  .string()
  .check(z.regex(/^(?!(?:.*\/)?\.\.(?:\/|$))/, 'a glob goes from the directory that holds .claude and not above it'))
const globs = (about: string) => described(z._default(z.array(Glob), []), about)

const Suite = z.strictObject({
  name: text('What reports call this suite.'),
  command: text('Run with a shell from the directory that holds .claude; exit 0 means green.'),
  paths: globs('Globs. The suite runs when a changed file matches one; empty: on every change.'),
  timeoutSeconds: seconds('Longest the suite may take', 600),
})
export type Suite = z.infer<typeof Suite>

const theirs = (about: string) => described(z._default(z.nullable(z.string()), null), about)

/** `.claude/countersign.yaml`, with every default filled in. */
export const Config = z.strictObject({
  version: z.literal(1),
  tests: described(z._default(z.array(Suite), []), 'The suites that must be green before anything is reviewed.'),
  ignore: globs('Globs of files whose changes never start a cycle.'),
  review: z.prefault(
    z.strictObject({
      model: theirs("Codex model; null: the one in the user's own Codex config."),
      effort: theirs("Codex reasoning effort; null: the user's own."),
      timeoutSeconds: seconds('Longest one Codex call may take', 900),
    }),
    {},
  ),
  debate: z.prefault(
    z.strictObject({
      rounds: limit(5, 2, 'A round is one answer by Claude and one by Codex.'),
    }),
    {},
  ),
  gate: z.prefault(
    z.strictObject({
      onReviewerFailure: described(
        z._default(z.enum(['allow', 'block']), 'allow'),
        'What happens to Claude when the review could not be done. The review stays owed either way.',
      ),
    }),
    {},
  ),
  limits: z.prefault(
    z.strictObject({
      testAttempts: limit(10, 3, 'Times Claude is sent back to red tests per prompt.'),
      answers: limit(5, 3, 'Times one answer is asked for before it counts as not given.'),
      holds: limit(50, 16, 'Times Claude is made to go on, for whatever reason, before the user says something again.'),
      cycles: limit(10, 5, 'Cycles in one run before it is handed to the user.'),
      codexCalls: limit(100, 20, 'Codex calls in one run.'),
      minutes: limit(1440, 240, 'Minutes that tests and Codex may take in one run.'),
      tokens: limit(1e9, 20_000_000, 'Tokens, read and written, that Codex may use in one run.', 1000),
    }),
    {},
  ),
})
export type Config = z.infer<typeof Config>
