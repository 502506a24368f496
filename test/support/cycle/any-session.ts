import fc from 'fast-check'
import { type UnreviewedReason, unreviewedReasons } from '../../../src/model/ledger/fields.ts'
import type { LedgerEntry } from '../../../src/model/ledger/ledger-entry.ts'
import { priorities } from '../../../src/model/priority.ts'
import { Cycle, finding, says } from './cycle.ts'

/** One event of a session, and what the world does meanwhile. */
export type Move =
  | { event: 'stop'; message: string; tree: string }
  | { event: 'prompt'; text: string }
  | { event: 'start'; source: string }
  | { event: 'complete'; tree: string }
  | { event: 'answer'; answers: Record<string, string> }
  | { event: 'session'; name: string; ownerAlive: boolean }
  | { event: 'head'; head: string; newBase: string | null }
  | { event: 'reviewer'; says: 'approves' | 'raises' | 'repeats' | 'cannot'; reason: UnreviewedReason; yields: boolean }
  | { event: 'clock'; now: string }

const tree = fc.constantFrom('base', 't1', 't2', 't3', 't4', 't5', 'red1', 'red2', 'unable')
const id = fc.constantFrom('F1', 'F2', 'F3', 'F1-F4', 'all', 'high', 'F9')
const priority = fc.constantFrom(...priorities)
const answerLine = fc.oneof(
  fc.tuple(id, priority).map(([which, how]) => `${which}: needed, ${how} — it breaks`),
  id.map(which => `${which}: not needed — conceded: nobody calls it`),
  id.map(which => `${which}: not needed`),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const message = fc.oneof(
  { weight: 3, arbitrary: fc.constant('Done.') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(says('self-review: ready', 'Checked.'), says('self-review: not ready', 'No.')),
  },
  { weight: 4, arbitrary: fc.array(answerLine, { minLength: 1, maxLength: 4 }).map(lines => says(...lines)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 120 }) },
)
const pick = fc.oneof(
  id.map(which => `pick ${which}`),
  fc.constantFrom('pick none', 'pick all', 'go on', 'pick a colour'),
)

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ event: fc.constant('stop' as const), message, tree }) },
  { weight: 3, arbitrary: fc.record({ event: fc.constant('prompt' as const), text: pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ event: fc.constant('start' as const), source: fc.constantFrom('startup', 'resume') }),
  },
  { weight: 1, arbitrary: fc.record({ event: fc.constant('complete' as const), tree }) },
  {
    weight: 1,
    arbitrary: fc.record({ event: fc.constant('answer' as const), answers: fc.dictionary(message, pick) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      event: fc.constant('session' as const),
      name: fc.constantFrom('s1', 's2'),
      ownerAlive: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      event: fc.constant('head' as const),
      head: fc.constantFrom('c0', 'c1', 'c2'),
      newBase: fc.option(tree),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      event: fc.constant('reviewer' as const),
      says: fc.constantFrom('approves' as const, 'raises' as const, 'repeats' as const, 'cannot' as const),
      reason: fc.constantFrom(...unreviewedReasons),
      yields: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('1999-01-01T00:00:00.000Z', '2026-01-05T10:00:00.000Z', '2031-01-01T00:00:00.000Z')
      .map(now => ({ event: 'clock' as const, now })),
  },
)

/** A session of some length: most stops are at the tree of the stop before, as they are in life. */
export const anySession: fc.Arbitrary<Move[]> = fc
  .array(fc.tuple(move, fc.boolean()), { minLength: 1, maxLength: 60 })
  .map(moves => {
    let at = 't1'
    return moves.map(([next, stays]) => {
      if (next.event !== 'stop' && next.event !== 'complete') return next
      if (!stays) at = next.tree
      return { ...next, tree: at }
    })
  })

/** Plays a session without a disk, and calls `after` with what each event added to the ledger and answered. */
export function play(
  moves: Move[],
  after: (cycle: Cycle, move: Move, added: LedgerEntry[]) => void,
  config: object = {},
): Cycle {
  const cycle = new Cycle(config)
  cycle.red = new Set(['red1', 'red2'])
  cycle.unable = new Set(['unable'])
  for (const next of moves) {
    const from = cycle.entries.length
    cycle.last = null
    perform[next.event](cycle, next as never)
    after(cycle, next, cycle.entries.slice(from))
  }
  return cycle
}

const perform: { [E in Move['event']]: (cycle: Cycle, move: Extract<Move, { event: E }>) => unknown } = {
  stop: (cycle, { message: said, tree: at }) => cycle.stop(said, at),
  prompt: (cycle, { text }) => cycle.prompt(text),
  start: (cycle, { source }) => cycle.start(source),
  complete: (cycle, { tree: at }) => {
    cycle.tree = at
    return cycle.complete()
  },
  answer: (cycle, { answers }) => cycle.answer(answers),
  session: (cycle, { name, ownerAlive }) => Object.assign(cycle, { session: name, ownerAlive }),
  head: (cycle, { head, newBase }) => Object.assign(cycle, { head, newBase }),
  clock: (cycle, { now }) => Object.assign(cycle, { now }),
  // Whatever Codex is asked from now on, it answers like this.
  reviewer: (cycle, { says: how, reason, yields }) => {
    cycle.reviewer = {
      review: run => {
        if (how === 'cannot') return { cannot: reason, until: yields ? '2030-01-01T00:00:00.000Z' : undefined }
        const resolved = Object.fromEntries(run.findings.map(({ id: known }) => [known, how === 'approves']))
        const raised = how === 'raises' ? [finding(`F${run.findings.length + 1}`)] : []
        return { findings: raised, resolved }
      },
      rebuttal: (_, open) =>
        how === 'cannot'
          ? { cannot: reason }
          : Object.fromEntries(open.map(known => [known, { needed: !yields, concession: yields ? 'so it is' : null }])),
    }
  },
}
