import * as z from 'zod/mini'
import { described } from './described.ts'

const text = (about: string) => described(z.string().check(z.minLength(1)), about)
const limit = (most: number, value: number, about: string, least = 1) =>
  described(z._default(z.int().check(z.minimum(least), z.maximum(most)), value), about)
const seconds = (what: string, value: number) => limit(1500, value, `${what}, in seconds (at most 1500).`)

const Glob = z
  .string()
  .check(z.regex(/^(?!(?:.*\/)?\.\.(?:\/|$))/, 'a glob starts in the directory that holds .claude and cannot leave it'))
const globs = (about: string) => described(z._default(z.array(Glob), []), about)

const Suite = z.strictObject({
  name: text('Name of this suite in reports.'),
  command: text('Runs in a shell, in the directory that holds .claude. Exit code 0 means green.'),
  paths: globs('Globs. The suite runs when a changed file matches one of them. Empty: on every change.'),
  timeoutSeconds: seconds('Time limit of the suite', 600),
})
export type Suite = z.infer<typeof Suite>

const theirs = (about: string) => described(z._default(z.nullable(z.string()), null), about)

/** `.claude/countersign.yaml`, with every default filled in. */
export const Config = z.strictObject({
  version: z.literal(1),
  tests: described(z._default(z.array(Suite), []), 'Test suites that must be green before a change is reviewed.'),
  ignore: globs('Globs of files whose changes never start a cycle.'),
  review: z.prefault(
    z.strictObject({
      model: theirs("Codex model. null: the model in the user's own Codex configuration."),
      effort: theirs("Codex reasoning effort. null: the effort in the user's own Codex configuration."),
      timeoutSeconds: seconds('Time limit of one Codex call', 900),
    }),
    {},
  ),
  debate: z.prefault(
    z.strictObject({
      rounds: limit(
        5,
        2,
        'Debate rounds at most. In each round Claude answers once and Codex answers once; another follows only if Codex has shown new code.',
      ),
      priority: described(
        z._default(z.enum(['ask', 'lower', 'higher']), 'ask'),
        'If one model says critical or high and the other medium or low: ask = Codex’s priority counts unless both show why not, lower or higher = that of the two.',
      ),
    }),
    {},
  ),
  gate: z.prefault(
    z.strictObject({
      onReviewerFailure: described(
        z._default(z.enum(['allow', 'block']), 'allow'),
        'If Codex cannot review: allow = Claude may stop, block = Claude is sent back. The review stays pending either way.',
      ),
    }),
    {},
  ),
  limits: z.prefault(
    z.strictObject({
      testAttempts: limit(10, 3, 'Times Claude is sent back to red tests per prompt.'),
      answers: limit(
        5,
        3,
        'Times Claude is asked for the same answer before it counts as not given; in the debate at most 2.',
      ),
      holds: limit(50, 16, 'Times Claude is sent back, for any reason, between two prompts of the user.'),
      cycles: limit(10, 5, 'Cycles in one run. At this limit the change is not countersigned.'),
      codexCalls: limit(100, 20, 'Codex calls in one run.'),
      minutes: limit(1440, 240, 'Minutes of tests and Codex calls in one run.'),
      tokens: limit(1e9, 20_000_000, 'Codex tokens in one run, input and output.', 1000),
    }),
    {},
  ),
})
export type Config = z.infer<typeof Config>
