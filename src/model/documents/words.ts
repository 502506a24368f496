import * as z from 'zod/mini'
import { described } from '../described.ts'
import { unreviewedReasons } from '../ledger/fields.ts'

// What both documents for other tools say in the same way.

/** A text of its own for each place it stands at. */
export const text = (about: string) => described(z.string(), about)
export const count = (about: string) => described(z.int().check(z.minimum(0)), about)
export const flag = (about: string) => described(z.boolean(), about)
export const paths = (about: string) => described(z.array(z.string()), `${about} Paths from the repository root.`)
export const orNull = <T extends z.core.$ZodType>(schema: T, about: string) => described(z.nullable(schema), about)

export const stage = () =>
  described(
    z.enum(['idle', 'tests', 'self-review', 'review', 'debate', 'choice', 'proof', 'fix', 'countersigned']),
    'Where the cycle stands; idle: no change has been looked at.',
  )
export const cycle = () => count('Cycle of the run, from 1; 0 when idle.')
export const fingerprint = () =>
  orNull(z.string(), 'Git tree id of the working tree that this is about; null before the first.')
export const testResult = () =>
  orNull(
    z.enum(['green', 'red', 'unable', 'no-tests', 'older', 'none']),
    'How the tests of that tree ended; unable: they could not run, no-tests: the command ran none, older: what fails failed before the change, too, none: no suite covers the change, null: not run yet.',
  )
/** Text, since a ledger that a later version wrote may hold other words. */
export const whyNotReviewed = `Why Codex could not review: ${unreviewedReasons.join(', ')}.`
