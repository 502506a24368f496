import { finding, findingKinds, findingPosition } from '../finding.ts'
import { priorities } from '../priority.ts'
import {
  byName,
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
  wordLike,
} from './shape.ts'

// The fields that the ledger's lines are made of.

const stageNames = ['tests', 'self-review', 'review', 'debate', 'choice', 'fix'] as const
/** The stages of a cycle in their order. */
export type StageName = (typeof stageNames)[number]

/** What a review can say in a word; see codex-answer.ts. */
export const verdicts = ['approve', 'findings', 'could-not-review'] as const
export type Verdict = (typeof verdicts)[number]

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

/**
 * Tokens of one Codex call, as Codex counts them. `cachedTokens`: those of the input that its provider had cached; left out by
 * earlier versions.
 */
export const usage = object({ inputTokens: number, outputTokens: number, cachedTokens: optional(number) })
export type Usage = ValueOf<typeof usage>

/** What the reviewer says of a finding that a former cycle left to be fixed. */
const resolution = object({ id: text, resolved: flag, reason: foreignText() })
export type Resolution = ValueOf<typeof resolution>

export const positions = listOf(findingPosition)

const sidesOfLine = ['lower', 'higher'] as const
/** Which priority counts across the high | medium line; left out: the reviewer's, as the rule has it. */
export const across = optional(oneOf(sidesOfLine))

/** Path → hash of what the gate is made of; null for a file that is not there. */
export const gateFiles = byName(orNull(text))
export type GateFiles = ValueOf<typeof gateFiles>

// Paths of the tree stay as they are, since they are compared with those of the change; whoever shows one uses `shownPath`.
export const paths = listOf(text)

/** How many of each priority were raised beyond what one review may raise. */
export const beyond = optional(byName(number))

const sandboxNames = ['profile', 'read-only'] as const
export type SandboxName = (typeof sandboxNames)[number]

/** Why a changed file need not be read; `left out` by its name, which says that it holds secrets. */
export const unneededReasons = ['deleted', 'generated', 'binary', 'left out'] as const
export type Unneeded = (typeof unneededReasons)[number]

/** What Codex has said, of a part of the change or of all of it. */
export const review = {
  reviewed: paths,
  /** Every changed file that Codex did not name as read; in the end also what it was not given. */
  notReviewed: paths,
  findings: listOf(finding),
  resolved: listOf(resolution),
  /** Files that it read, each with git's id of what it held: read as long as it holds that. Left out by earlier versions. */
  read: optional(byName(text)),
  summary: foreignText(),
  /** Findings that were raised beyond what one review may raise, of the lowest priority; nobody has seen them. */
  tooMany: optional(number),
  beyond,
  model: orNull(foreignText()),
  /** What Codex's commands ran in; a permission profile also keeps secrets from them. Left out by earlier versions. */
  sandbox: optional(oneOf(sandboxNames)),
  /** Of the last call; earlier parts have entries of their own. */
  usage,
  seconds: number,
}
/** A part of a change that does not fit into one prompt. `paths` is what Codex was given. */
export const reviewedPart = { part: number, of: number, paths, ...review }
export type ReviewedPart = ObjectOf<typeof reviewedPart>

/** What is whole in an answer of which the rest is still to be given. */
export const kept = object({
  /** The thread that can be asked for the rest, and its tokens so far; null where it is lost. */
  thread: orNull(text),
  threadUsage: usage,
  /** Changed files that Codex has opened by a command. */
  opened: paths,
  verdict: orNull(oneOf(verdicts)),
  summary: foreignText(),
  reviewed: listOf(foreignText()),
  findings: listOf(
    object({
      ...{ title: foreignText(), body: foreignText(), kind: oneOf(findingKinds), priority: oneOf(priorities) },
      ...{ file: foreignText(), line_start: orNull(number), line_end: orNull(number) },
      ...{ quote: foreignText(), fix: foreignText() },
    }),
  ),
  resolved: listOf(resolution),
  positions: listOf(
    object({
      ...{ id: text, needed: flag, priority: orNull(oneOf(priorities)), reason: foreignText() },
      concession: orNull(foreignText()),
      evidence: listOf(object({ file: foreignText(), line: orNull(number), quote: foreignText() })),
    }),
  ),
  /** Findings that were raised and could not be read. */
  lost: listOf(object({ title: foreignText(), why: foreignText(1000) })),
})
export type Kept = ValueOf<typeof kept>

export const pickedBy = ['question', 'prompt', 'command'] as const
export type PickedBy = (typeof pickedBy)[number]

/** Why Claude may stop although the cycle is not through. */
export const letGoReasons = [
  'red',
  'no-tests',
  'tests-unable',
  'tests-move',
  'no-self-review',
  'not-fixed',
  'held-too-often',
  'cycles',
  'budget',
  'seen-before',
  'unsent',
  'withheld',
  'nested',
  'beside',
  'left-out',
] as const
export type LetGoReason = (typeof letGoReasons)[number]

export const call = oneOf(['review', 'rebuttal'])
export const stage = oneOf(stageNames)
export const where = { tree: text, head: orNull(text) }

/** The commits that were not made here: a list in the state directory, by its hash. */
export const known = optional(text)
/** Globs of files that did not count when the tree was taken. */
export const globs = optional(listOf(text))
/** Repositories inside the working tree by path, each with what it holds. */
export const nested = optional(byName(text))

/** Where something lies that is not in the tree that is reviewed. */
export const besidePlaces = ['head', 'staged', 'unlisted', 'forced', 'converted', 'ignored'] as const
export type BesidePlace = (typeof besidePlaces)[number]
/** Files of which it does, by the place. */
export const beside = byName(paths)

/**
 * Commits that a base moved over without a review: how many, the first authors, the refs on the last of them, and whether
 * no session was running then.
 */
export const passedOver = object({
  commits: number,
  by: listOf(foreignText(80)),
  from: listOf(foreignText(200)),
  between: flag,
})
export type PassedOver = ValueOf<typeof passedOver>

/** Why a stop is not looked at, or a part of what changed is not. */
const unseenReasons = [
  'paused',
  'agents',
  'plan',
  'other-session',
  'locked',
  'other-tree',
  'config',
  'nested',
  'outside',
] as const
export type UnseenReason = (typeof unseenReasons)[number]

/** That a session's user was told what is not looked at; `about` names it where there can be several. */
export const telling = { session: text, what: wordLike(unseenReasons), about: foreignText(2000) }
export type Telling = ObjectOf<typeof telling>

/** What decides, outside the tree, which files git sees, by the names under which it is watched. */
export const ignoreRules: readonly string[] = [
  '.git/info/exclude',
  'git config core.excludesFile',
  'git config include',
  'global gitignore',
]
