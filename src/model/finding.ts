import {
  flag,
  foreignText,
  listOf,
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

const findingFields = {
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
  /** Where its quote stood when it was raised; left out where that was nowhere for sure, and by earlier versions. */
  stood: optional(oneOf(['file', 'removed', 'request'])),
}
/** One thing the reviewer says about the frozen tree, as it is raised and written into the ledger. */
export const finding = object(findingFields)
export type Finding = ValueOf<typeof finding>

const speakers = ['claude', 'codex'] as const
export type Speaker = (typeof speakers)[number]

/** What a speaker shows for a position: found where it counts, nothing of use, or a quote that is nowhere. */
export const evidences = ['checked', 'none', 'false'] as const
export type Evidence = (typeof evidences)[number]

/** A quote that was found in the frozen tree, and where; `file` is empty for one from the request or the rules. */
const cited = object({ file: foreignText(), lineStart: number, lineEnd: number, quote: foreignText(600) })
export type Cited = ValueOf<typeof cited>

/** Where one model stands on one finding after one round. */
const position = {
  by: oneOf(speakers),
  /** 0 is the review itself; a debate round is 1 or more. */
  round: number,
  needed: flag,
  /** Of a finding that is not needed: how urgent it would be if it were true; null where the speaker does not say. */
  priority: orNull(oneOf(priorities)),
  reason: foreignText(),
  /** What changed the speaker's mind, in its own words. */
  concession: orNull(foreignText()),
  /** Left out by earlier versions, and then it counts as none. */
  evidence: optional(oneOf(evidences)),
  /** Every quote of it that was found, whether it counts or not. */
  cited: optional(listOf(cited)),
}
export type Position = ObjectOf<typeof position>

/** The same with the finding's id, as an answer to several findings holds it. */
export const findingPosition = object({ id: text, ...position })
export type FindingPosition = ValueOf<typeof findingPosition>

/**
 * A finding that no user has decided, and what was said of it, while its code lies elsewhere. Its id begins with `K`.
 * `resolved`: a review has seen its code gone. `named`: a signing line has named it.
 */
export const keptFinding = object({
  ...findingFields,
  positions: listOf(object(position)),
  history: listOf(object(position)),
  resolved: flag,
  named: optional(flag),
})
export type KeptFinding = ValueOf<typeof keptFinding>

/** A position as its speaker wrote it. `shared`: one line for several findings, which shows nothing of any single one. */
export type SaidPosition = FindingPosition & { shared: boolean }
