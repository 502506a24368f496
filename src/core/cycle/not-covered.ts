import type { HappeningOf } from '../../model/ledger-entry.ts'
import type { State } from '../ledger/state.ts'
import type { Facts, Nested } from './facts.ts'

type Told = HappeningOf<'not-covered'>

/** What the session works on and the gate does not look at, where the user has not been told so in this session. */
export function notCovered(
  { paused, told }: State,
  facts: Pick<Facts, 'session' | 'elsewhere' | 'partial' | 'nested'>,
): Told | null {
  if (paused) return null
  const { session, elsewhere } = facts
  const known = told?.session === session ? told.paths : []
  if (elsewhere !== null && !known.includes(elsewhere))
    return { kind: 'not-covered', session, why: 'worktree', paths: [elsewhere] }
  // Looked for only where git says that it could not add everything: it takes two processes.
  const paths = facts.partial ? Object.keys(facts.nested.states).filter(path => !known.includes(path)) : []
  return paths.length > 0 ? { kind: 'not-covered', session, why: 'nested', paths } : null
}

/** What a session that starts is told; what lies in these repositories then is no change of its own. */
export function nestedAtStart(session: string, { states }: Nested): Told[] {
  const paths = Object.keys(states)
  return paths.length > 0 ? [{ kind: 'not-covered', session, why: 'nested', paths, nested: states }] : []
}

/** Repositories that hold something else than they did, are new, or are gone. */
export const changedNested = (before: Record<string, string> | undefined, now: Record<string, string>): string[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(now)])].filter(path => before?.[path] !== now[path]).sort()
