import {
  flag,
  foreignText,
  number,
  type ObjectOf,
  object,
  oneOf,
  optional,
  orNull,
  text,
  type ValueOf,
} from './ledger/shape.ts'
import { priorities } from './priority.ts'

/** A defect is a reachable failure, a gap something asked for and missing, an excess something not needed. */
export const findingKinds = ['defect', 'gap', 'excess'] as const
export type FindingKind = (typeof findingKinds)[number]

/** One thing the reviewer says about the frozen tree, as it is raised and written into the ledger. */
export const finding = object({
  /** `F1`, `F2`, …: in the reviewer's order, never reused within a run. */
  id: text,
  title: foreignText(),
  body: foreignText(),
  kind: oneOf(findingKinds),
  priority: oneOf(priorities),
  /** Path from the repository root, forward slashes. */
  file: foreignText(),
  /** 1-based; null for the whole file. */
  lineStart: orNull(number),
  lineEnd: orNull(number),
  /** The code in question, verbatim. */
  quote: foreignText(),
  /** The smallest change that would fix it. */
  fix: foreignText(),
  /** Whether `quote` stands in `file` in the frozen tree, in what the change took out of it, or, for a gap, in the request. */
  verified: flag,
  /** The lines that `quote` stood in, as `LinedText` makes it; left out where it did not, and by earlier versions. */
  anchor: optional(foreignText()),
  /** False for what a later cycle raised outside its frozen scope: kept and shown, never debated. */
  inScope: flag,
  /** The id of the earlier finding that it raises again, where that did not settle it. */
  again: optional(text),
})
export type Finding = ValueOf<typeof finding>

const speakers = ['claude', 'codex'] as const
export type Speaker = (typeof speakers)[number]

/** Where one model stands on one finding after one round. */
const position = {
  by: oneOf(speakers),
  /** 0 is the review itself; a debate round is 1 or more. */
  round: number,
  needed: flag,
  /** Null when the speaker says the finding is not needed. */
  priority: orNull(oneOf(priorities)),
  reason: foreignText(),
  /** What changed the speaker's mind; a flip without it does not count. */
  concession: orNull(foreignText()),
}
export type Position = ObjectOf<typeof position>

/** The same with the finding's id, as an answer to several findings holds it. */
export const findingPosition = object({ id: text, ...position })
export type FindingPosition = ValueOf<typeof findingPosition>
