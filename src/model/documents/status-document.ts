import * as z from 'zod/mini'
import { described } from '../described.ts'
import { count, cycle, fingerprint, flag, orNull, stage, testResult, text, whyNotReviewed } from './words.ts'

const time = 'ISO 8601, UTC'

/** What `countersign status --json` prints. The published schema and the type of what is printed come from here. */
export const StatusDocument = z.object({
  version: z.literal(2),
  stage: stage(),
  cycle: cycle(),
  round: count('Round of the debate; 0 outside of one.'),
  fingerprint: fingerprint(),
  tests: z.object({
    result: testResult(),
    seconds: described(z.number().check(z.minimum(0)), 'How long they took; 0 where they have not run.'),
  }),
  owed: orNull(
    z.object({
      reason: text(whyNotReviewed),
      until: orNull(z.string(), `Before this time another try makes no sense (${time}); null: the next stop tries.`),
    }),
    'A review that is pending because Codex could not do it; null where none is.',
  ),
  open: count('Findings that are still being debated.'),
  agreed: count('Findings that both say are needed, those resolved included.'),
  disputed: count('Findings that the two do not agree on.'),
  picked: count('Findings that the user has picked in this run.'),
  paused: flag('Whether the gate is switched off in this working tree.'),
  now: orNull(
    z.object({
      what: described(
        z.enum(['tests', 'review', 'rebuttal', 'event']),
        'tests: the suites run; review, rebuttal: Codex is called; event: something shorter, such as taking an answer.',
      ),
      since: text(`When it began (${time}).`),
      detail: text('The process that does it, and which part of the work it is.'),
    }),
    'What the gate is doing at this moment; null while it is doing nothing.',
  ),
})
export type StatusDocument = z.infer<typeof StatusDocument>
