import * as z from 'zod/mini'
import { described } from '../described.ts'
import { evidences, findingKinds } from '../finding.ts'
import { priorities } from '../priority.ts'
import { count, cycle, fingerprint, flag, orNull, paths, stage, testResult, text, whyNotReviewed } from './words.ts'

const priority = (about: string) => described(z.enum(priorities), about)
const line = (about: string) => orNull(z.int(), about)

const Position = z.object({
  by: z.enum(['claude', 'codex']),
  round: count('0: the review, or a later look at what was to be fixed; from 1: a round of the debate.'),
  needed: flag('Whether this model says that it has to be fixed.'),
  priority: orNull(z.enum(priorities), 'Null where the model does not say.'),
  reason: text('Its reason, in its own words.'),
  evidence: described(
    z.enum(evidences),
    'checked: what it quotes was found in the frozen tree; none: it quotes nothing that counts; false: its quote is nowhere.',
  ),
  concession: orNull(z.string(), 'What changed its mind, in its own words.'),
})

const Finding = z.object({
  id: text('F1, F2, …: never reused within a run.'),
  title: text('One line.'),
  body: text('What is wrong, and when it shows.'),
  kind: described(
    z.enum(findingKinds),
    'defect: a reachable failure; gap: asked for and missing; excess: not needed and better removed.',
  ),
  priority: priority('The agreed one, else the reviewer’s latest.'),
  file: text('Path from the repository root; empty where there is none.'),
  lineStart: line('First line, from 1; null for the whole file.'),
  lineEnd: line('Last line; null: one line, or the whole file.'),
  quote: text('The code in question, as the reviewer gives it.'),
  fix: text('The smallest fix; may be empty.'),
  verified: flag('Whether the quote was found where it counts.'),
  agreedBy: orNull(
    z.enum(['at-once', 'conceded', 'independent']),
    'How the two came to agree that it is needed: at once, in the debate, or each by itself; null where they have not.',
  ),
  fate: described(z.enum(['pending', 'picked', 'left', 'dismissed', 'resolved']), 'What has become of it.'),
  support: described(z.enum(['own-quote', 'none']), 'Whether Claude’s “needed” shows code of its own choosing.'),
  marks: described(
    z.array(z.enum(['both-withdrew', 'raised-again', 'unverified'])),
    'both-withdrew: urgent, and both now say not needed; raised-again: an earlier cycle did not settle it; unverified: its quote was not found.',
  ),
  proof: described(
    z.enum(['none', 'reproduced', 'proved', 'not-reproduced', 'inconclusive']),
    'What a test of its own has shown; none: there is no such test.',
  ),
  positions: described(z.array(Position), 'What the two said, oldest first, through all cycles.'),
})

// Named, so that the schema has each once.
z.globalRegistry.add(Finding, { id: 'finding' })
z.globalRegistry.add(Position, { id: 'position' })

const findings = (about: string) => described(z.array(Finding), about)

/** What `countersign findings --format json` prints. The published schema and the type of what is printed come from here. */
export const FindingsDocument = z.object({
  version: z.literal(2),
  run: orNull(z.string(), 'Id of the run; null before the first.'),
  cycle: cycle(),
  stage: stage(),
  fingerprint: fingerprint(),
  agreed: described(
    z.object({
      critical: findings('Agreed at critical.'),
      high: findings('Agreed at high.'),
      medium: findings('Agreed at medium.'),
      low: findings('Agreed at low.'),
    }),
    'Both say: fix it. By the priority that counts.',
  ),
  disputed: findings('The two do not agree, or both withdrew what is urgent: the user decides.'),
  notNeeded: findings('Both say that it is not needed; still there to be picked.'),
  open: findings('Still being debated, or fixed before the debate ended.'),
  outOfScope: findings('Raised in a later cycle about what the picked fixes did not touch; never debated.'),
  picked: described(z.array(z.string()), 'Ids that the user has picked in this run, oldest first.'),
  review: described(
    z.object({
      result: orNull(
        z.enum(['passed', 'findings', 'could not review']),
        'Of the last review; null before the first. “could not review” is neither of the others.',
      ),
      reason: orNull(z.string(), whyNotReviewed),
      model: orNull(z.string(), 'The model that ran, from Codex’s own record; null where that is not known.'),
      sandbox: orNull(
        z.enum(['profile', 'read-only']),
        'What Codex’s commands ran in; a profile also keeps secrets from them. Null where that is not known.',
      ),
      reviewed: paths('Changed files that Codex names as read.'),
      notReviewed: paths('Changed files that it does not, and those that it was not given.'),
    }),
    'The last review.',
  ),
  tests: z.object({
    result: testResult(),
    olderFailures: described(z.array(z.string()), 'Tests that failed before this change, too, and hold nobody.'),
    flaky: described(z.array(z.string()), 'Tests that failed and passed on the same tree.'),
  }),
  bill: described(
    z.object({
      codexCalls: count('Calls of Codex.'),
      codexInputTokens: count('Tokens that Codex read, cached ones included.'),
      codexCachedTokens: count('Those of them that its provider had cached, as far as Codex says.'),
      codexOutputTokens: count('Tokens that Codex wrote.'),
      rounds: count('Rounds of debate.'),
      seconds: count('Seconds of tests and Codex calls.'),
    }),
    'What the run has cost so far.',
  ),
})
export type FindingsDocument = z.infer<typeof FindingsDocument>
