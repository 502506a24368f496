import type { Finding, Position } from './finding.ts'

/** The stages of a cycle in their order; `countersigned` is what lies after. */
export type Stage = 'tests' | 'self-review' | 'review' | 'debate' | 'choice' | 'fix' | 'countersigned'

/** How one suite ended. `failing` holds test names in the runner's own notation. */
export type SuiteRun = {
  name: string
  command: string
  result: 'green' | 'red' | 'unable'
  /** What happened, in words, when it is not green. */
  note: string | null
  seconds: number
  failing: string[]
  /** The last lines printed, plain text; empty when green. */
  tail: string
}

export type TestResult = 'green' | 'red' | 'unable' | 'none'

export const unreviewedReasons = [
  'missing',
  'not-logged-in',
  'rate-limited',
  'timed-out',
  'malformed',
  'sandbox',
  'refused',
  'budget',
  'crashed',
] as const
export type UnreviewedReason = (typeof unreviewedReasons)[number]

/** Tokens of one Codex call, as Codex counts them. */
export type Usage = { inputTokens: number; outputTokens: number }

/** A new finding, and whether the frozen scope of a later cycle lets it count. */
export type RaisedFinding = Finding & { inScope: boolean }

/** What the reviewer says of a finding that a former cycle left to be fixed. */
export type Resolution = { id: string; resolved: boolean; reason: string }

/** Path → hash of what the gate is made of; null for a file that is not there. */
export type GateFiles = Record<string, string | null>

/** What Codex said of one part of a change that does not fit into one prompt. `paths` is what it was given. */
export type ReviewedPart = {
  part: number
  of: number
  paths: string[]
  reviewed: string[]
  notReviewed: string[]
  findings: RaisedFinding[]
  resolved: Resolution[]
  summary: string
  model: string | null
  usage: Usage
  seconds: number
}

export type PickedBy = 'question' | 'prompt' | 'command'

/** Why Claude was let go although the cycle is not through. */
export type LetGoReason =
  | 'red'
  | 'tests-unable'
  | 'tests-move'
  | 'no-self-review'
  | 'not-fixed'
  | 'held-too-often'
  | 'cycles'
  | 'budget'
  | 'seen-before'
  | 'unsent'
  | 'withheld'

/** One thing that happened, without its time. Trees are git tree ids; seconds are wall-clock. */
export type Happening =
  | { kind: 'baseline'; tree: string; head: string | null }
  | { kind: 'session'; session: string; pid: number | null; phase: 'started' | 'ended' }
  | { kind: 'prompted'; session: string; text: string }
  | { kind: 'paused' }
  | { kind: 'resumed' }
  | {
      kind: 'run-started'
      run: string
      session: string
      pid: number | null
      base: string
      tree: string
      /** What the user asked for since the last run, oldest first. */
      prompts: string[]
      gate?: GateFiles
      /** The commit that `base` was recorded with. */
      head?: string | null
    }
  /** HEAD stands on another commit than it did; `base` is the tree that the change now begins at, null: as before. */
  | { kind: 'head-moved'; head: string | null; base: string | null; inCycle: boolean }
  | { kind: 'gate-files'; files: GateFiles; changed: string[] }
  | { kind: 'adopted'; session: string; pid: number | null }
  | { kind: 'entered'; stage: Stage; tree: string; cycle: number; round: number }
  | {
      kind: 'tests-ran'
      tree: string
      /** The tree with what the run itself left behind, when that is another one; it counts as tested too. */
      after: string | null
      /** Files that were changed meanwhile, by the run or by somebody; the run then speaks of no tree that is there. */
      moved?: string[]
      result: TestResult
      seconds: number
      suites: SuiteRun[]
    }
  | { kind: 'asked'; stage: Stage; tree: string; problems: string[] }
  | { kind: 'task-refused'; tree: string }
  | { kind: 'self-reviewed'; tree: string; ready: boolean; text: string }
  | { kind: 'codex-called'; call: 'review' | 'rebuttal'; tree: string; cycle: number; round: number }
  | ({ kind: 'part-reviewed'; tree: string } & ReviewedPart)
  | {
      kind: 'reviewed'
      tree: string
      verdict: 'approve' | 'findings'
      summary: string
      reviewed: string[]
      /** Every changed file that Codex did not name as read, those below included. */
      notReviewed: string[]
      /** Changed files that were never sent, because the bound on Codex calls was reached. */
      unsent?: string[]
      /** Changed files that are never sent, because their names say that they hold secrets. */
      leftOut?: string[]
      /** How many prompts the change took; one when it fitted. */
      parts?: number
      findings: RaisedFinding[]
      resolved: Resolution[]
      /** Null when the parts had a thread each. */
      thread: string | null
      model: string | null
      /** Of the last call; earlier parts have entries of their own. */
      usage: Usage
      seconds: number
    }
  | {
      kind: 'could-not-review'
      call: 'review' | 'rebuttal'
      tree: string
      reason: UnreviewedReason
      /** ISO time before which another try makes no sense; null: the next stop may try. */
      until: string | null
      detail: string
      usage: Usage
      seconds: number
    }
  /** Files that differ from the frozen tree after Codex was at work; its sandbox lets it write nothing. */
  | { kind: 'tree-moved'; call: 'review' | 'rebuttal'; files: string[] }
  /** A cycle that left everything as it was: what is open goes to the user instead of into another debate. */
  | { kind: 'no-progress'; ids: string[] }
  | { kind: 'answered'; round: number; positions: (Position & { id: string })[]; unanswered: string[] }
  | {
      kind: 'rebutted'
      round: number
      /** Whether the rounds are spent with this one: what is still open is then disputed. */
      last: boolean
      positions: (Position & { id: string })[]
      usage: Usage
      seconds: number
    }
  | { kind: 'picked'; ids: string[]; by: PickedBy; told: boolean }
  | { kind: 'dismissed'; ids: string[]; reason: string }
  | { kind: 'let-go'; tree: string; head: string | null; why: LetGoReason }
  | { kind: 'countersigned'; tree: string; head: string | null; cycle: number }
  /** The tree is back where the change began: it was taken back, or lies on another branch or in a stash. */
  | { kind: 'withdrawn'; tree: string; head: string | null }
  /** What was withdrawn is there again, as it was reviewed. */
  | { kind: 'returned'; head: string | null }

/** One line of the ledger. `v` is the format; `at` an ISO time. */
export type LedgerEntry = { v: 1; at: string } & Happening
