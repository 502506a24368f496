import { lstatSync } from 'node:fs'
import { join, posix } from 'node:path'
import { localSettingsPath, recordsDir, worktreesDir } from '../../model/paths.ts'
import type { Scope } from '../../model/repository.ts'
import { realPlace, wayInside } from '../files/real-place.ts'

// Our own state, the permissions that Claude Code notes for one user, and its own checkouts of this repository. Spelt out
// from the root: globs that match at any depth make git a quarter slower.
const neverCounted = [`${recordsDir}/**`, localSettingsPath, `${worktreesDir}/**`]

/** Pathspecs of everything that counts, or of everything that does not. */
export function pathspecs(scope: Scope, which: 'counted' | 'not-counted'): string[] {
  const { home = '', ignore } = scope
  const ignored = ignore.map(glob => glob.replace(/^(\.?\/)+/, '')).filter(Boolean)
  const globs = [...neverCounted, ...ignored].flatMap(glob => fromTop(scope, glob) ?? [])
  return which === 'counted'
    ? [home === '' ? '.' : `:(literal)${home}`, ...globs.map(glob => `:(exclude,glob)${glob}`)]
    : globs.map(glob => `:(glob)${glob}`)
}

/**
 * A glob of the setup's as one from the root of the working tree. Git refuses whatever lies behind a link, so that it names
 * what the link leads to; null where that is nothing git could see.
 */
function fromTop({ root, home = '' }: Scope, glob: string): string | null {
  const steps = glob.split('/')
  const wild = steps.findIndex(step => /[*?[\\]/.test(step))
  const fixed = wild < 0 ? steps.length - 1 : wild
  const below = steps.slice(0, fixed)
  const named = posix.join(home, ...below)
  const dir = hasLink(join(root, home), below) ? behindLinks(root, named) : named
  if (dir === null) return null
  const rest = steps.slice(fixed).join('/')
  return dir === '' || dir === '.' ? rest : `${dir.replace(/[\\*?[]/g, '\\$&')}/${rest}`
}

/** Asked at every stop, so without what is slow: resolving paths, and exceptions. */
function hasLink(dir: string, steps: string[]): boolean {
  let at = dir
  for (const step of steps) {
    at = join(at, step)
    const found = lstatSync(at, { throwIfNoEntry: false })
    if (!found) return false
    if (found.isSymbolicLink()) return true
  }
  return false
}

function behindLinks(root: string, dir: string): string | null {
  const way = wayInside(root, realPlace(join(root, dir)))
  // A link that leads nowhere is still in the way.
  return way === null || hasLink(root, way.split('/')) ? null : way
}
