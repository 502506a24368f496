import { escaped, leftovers, shownLeftover } from '../../core/suites/leftovers.ts'
import type { Scope } from '../../model/repository.ts'
import { pathsIn } from '../../shell/git/files-at.ts'
import { globSpecs } from '../../shell/git/pathspecs.ts'
import { names, withIndex } from '../../shell/git/private-index.ts'
import { changedFiles } from '../../shell/git/tree-diff.ts'
import { readAside, writeAside } from '../../shell/suites/set-aside.ts'
import type { Sight } from '../sight.ts'

/** The tree after a run, as it counts, and what of it the run itself has written. */
export type After = { after: string | null; moved?: string[]; setAside?: string[] }

/**
 * Looks at what a test run has left behind. New reports and databases are set aside and count no more, and so does an untracked
 * file that one run has added and another one writes again. What else was added counts, and is as tested as the rest; where a
 * file was changed, somebody may be editing, and it is tested anew.
 */
export function leftBehind(scope: Scope, sight: Sight, tree: string): After {
  sight.forget()
  const seen = sight.tree()
  if (seen === tree) return { after: null }
  const changed = changedFiles(scope, tree, seen)
  const added = changed.filter(({ status }) => status === 'added').map(({ path }) => path)
  const other = changed.filter(({ status }) => status !== 'added').map(({ path }) => path)
  const aside = readAside(scope.stateDir)
  const before = new Set(pathsIn(scope, tree).flatMap(directoriesOf))
  const own = other.filter(path => aside.written.includes(path) && !isTracked(scope, path))
  const globs = [...leftovers(added, directory => before.has(directory)), ...own.map(escaped)]
  const written = [...new Set([...aside.written, ...added])]
  writeAside(scope.stateDir, { globs: [...new Set([...aside.globs, ...globs])], written })
  if (globs.length > 0) sight.forget()
  const setAside = globs.length > 0 ? { setAside: globs.map(shownLeftover) } : {}
  const moved = other.filter(path => !own.includes(path))
  if (moved.length > 0) return { after: null, moved: moved.slice(0, 20), ...setAside }
  const after = sight.tree()
  return { after: after === tree ? null : after, ...setAside }
}

/**
 * Lets count again what git has come to track since it was set aside.
 *
 * @returns Whether there was such a file.
 */
export function countTracked(scope: Scope): boolean {
  const { globs, written } = readAside(scope.stateDir)
  const kept = globs.filter(
    glob => names(withIndex(scope, null, ['ls-files', '-z', '--', ...globSpecs(scope, [glob])]).stdout).length === 0,
  )
  if (kept.length === globs.length) return false
  writeAside(scope.stateDir, { globs: kept, written })
  return true
}

const isTracked = (scope: Scope, path: string): boolean =>
  names(withIndex(scope, null, ['ls-files', '-z', '--', ...globSpecs(scope, [escaped(path)])]).stdout).length > 0

/** `a/b/c.js` → `a`, `a/b`. */
const directoriesOf = (path: string): string[] => {
  const steps = path.split('/').slice(0, -1)
  return steps.map((_, depth) => steps.slice(0, depth + 1).join('/'))
}
