import {
  byName,
  flag,
  foreignText,
  listOf,
  number,
  type ObjectOf,
  object,
  optional,
  text,
  type ValueOf,
  wordLike,
} from './shape.ts'

// What the ledger says about what the gate looks at: fields of several of its lines.

/** The commits that were not made here: a list in the state directory, by its hash. */
export const known = optional(text)
/** Globs of files that did not count when the tree was taken. */
export const globs = optional(listOf(text))
/** Repositories inside the working tree by path, each with what it holds. */
export const nested = optional(byName(text))

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
const unseenReasons = ['paused', 'agents', 'plan', 'other-session', 'other-tree', 'config', 'nested'] as const
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
