import type { Priority } from './priority.ts'

/** A defect is a reachable failure, a gap something asked for and missing, an excess something not needed. */
export const findingKinds = ['defect', 'gap', 'excess'] as const
export type FindingKind = (typeof findingKinds)[number]

/** One thing the reviewer says about the frozen tree, as it was first said. Nothing here ever changes. */
export type Finding = {
  /** `F1`, `F2`, …: in the reviewer's order, never reused within a run. */
  id: string
  title: string
  body: string
  kind: FindingKind
  priority: Priority
  /** Path from the repository root, forward slashes. */
  file: string
  /** 1-based; null for the whole file. */
  lineStart: number | null
  lineEnd: number | null
  /** The code it speaks of, verbatim. */
  quote: string
  /** The smallest change that would mend it. */
  fix: string
  /** Whether `quote` stands in `file` in the frozen tree. */
  verified: boolean
}

export type Speaker = 'claude' | 'codex'

/** Where one model stands on one finding after one round. */
export type Position = {
  by: Speaker
  /** 0 is the review itself; a debate round is 1 or more. */
  round: number
  needed: boolean
  /** Null when the speaker says the finding is not needed. */
  priority: Priority | null
  reason: string
  /** What changed the speaker's mind; a flip without it does not count. */
  concession: string | null
}
