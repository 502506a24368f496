import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import type { State } from '../ledger/state.ts'
import type { Facts, Nested } from './facts.ts'

type NotCovered = HappeningOf<'not-covered'>

/** Repositories inside the working tree that the user has not been told of in this session. */
export function notCovered(
  { paused, told }: State,
  { session, partial, nested }: Pick<Facts, 'session' | 'partial' | 'nested'>,
): NotCovered | null {
  // Looked for only where git says that it could not add everything: it takes two processes.
  if (paused || !partial) return null
  const known = told.filter(one => one.session === session && one.what === 'nested').map(({ about }) => about)
  const paths = Object.keys(nested.states).filter(path => !known.includes(path))
  return paths.length > 0 ? { kind: 'not-covered', session, paths } : null
}

/** What a session that starts is told; what lies in these repositories then is no change of its own. */
export function nestedAtStart(session: string, { states }: Nested): NotCovered[] {
  const paths = Object.keys(states)
  return paths.length > 0 ? [{ kind: 'not-covered', session, paths, nested: states }] : []
}

/** Repositories that hold something else than they did, are new, or are gone. */
export const changedNested = (before: Record<string, string> | undefined, now: Record<string, string>): string[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(now)])].filter(path => before?.[path] !== now[path]).sort()
