import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import { openRun, type State, signedTree } from '../ledger/state.ts'
import type { Beside, Facts, Nested } from './facts.ts'

type NotCovered = HappeningOf<'not-covered'>

/** Repositories inside the working tree that the user has not been told of in this session. */
export function notCovered(
  { paused, told }: State,
  facts: Pick<Facts, 'session' | 'partial' | 'nested'>,
): NotCovered | null {
  // Not taken apart above: `nested` takes two processes, and is read only where git could not add everything.
  if (paused || !facts.partial) return null
  const { session } = facts
  const known = told.filter(one => one.session === session && one.what === 'nested').map(({ about }) => about)
  const paths = Object.keys(facts.nested.states).filter(path => !known.includes(path))
  return paths.length > 0 ? { kind: 'not-covered', session, paths } : null
}

/**
 * What a session that starts is told: repositories that are new, or hold something else than when that was last said. What
 * lies in them then is no change of its own.
 */
export function nestedAtStart(session: string, { states, changed }: Nested): NotCovered[] {
  const paths = changed.filter(path => Object.hasOwn(states, path))
  return paths.length > 0 ? [{ kind: 'not-covered', session, paths, nested: states }] : []
}

/** Repositories that hold something else than they did, are new, or are gone. */
export const changedNested = (before: Record<string, string> | undefined, now: Record<string, string>): string[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(now)])].filter(path => before?.[path] !== now[path]).sort()

/** Without the places at which there is nothing. */
export const named = (beside: Beside): Beside =>
  Object.fromEntries(Object.entries(beside).filter(([, files]) => files.length > 0))

/**
 * Whether HEAD stands on a commit that nobody has looked at, while the tree is the settled one. Where a commit holds just
 * what was reviewed nothing comes of it; one that holds more is told.
 */
export const isHeadUnseen = (state: State, facts: Pick<Facts, 'tree' | 'head'>): boolean =>
  !state.paused &&
  !openRun(state) &&
  state.settled?.tree === facts.tree &&
  ![state.settled.head, state.lookedAt].includes(facts.head)

/** What the ledger says of the change that a signature is about; with no work left it is none. */
export const ledgerSide = (state: State, tree: string) => ({
  base: openRun(state)?.base.tree ?? tree,
  known: state.known,
  since: state.since,
  signed: signedTree(state),
  reviewed: openRun(state)?.reviews.trees ?? [],
})
