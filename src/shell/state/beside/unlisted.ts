import { lstatSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Scope } from '../../../model/repository.ts'
import { pathspecs } from '../../git/pathspecs.ts'
import { indexFile, names, withIndex } from '../../git/private-index.ts'

/**
 * Files that git adds nothing of, though no rule ignores them, and that were written since the last look: by a name that git
 * takes for its own (`.GIT`, `git~1`), unreadable, or below a `.git` that is no repository.
 *
 * Goes by the private index as the last fingerprint left it.
 *
 * @param since ISO time of the last look.
 * @param nested Repositories inside, which are told by themselves.
 */
export function unlisted(scope: Scope, since: string | undefined, nested: string[]): string[] {
  if (since === undefined) return []
  const index = indexFile(scope)
  const list = (...args: string[]) =>
    names(withIndex(scope, index, ['ls-files', '-z', ...args, '--', ...pathspecs(scope, 'counted')]).stdout).map(asText)
  const refused = list('-o', '--exclude-standard').filter(path => !path.endsWith('/'))
  const apart = [...refused, ...ownNames(list()).map(dir => posix.join(dir, '.git'))]
  const isNested = (path: string) => nested.some(repository => path.startsWith(`${repository}/`))
  const from = Date.parse(since)
  const home = scope.home ? `${scope.home}/` : ''
  const found = apart.filter(path => !isNested(path) && changedAt(join(scope.root, path)) > from)
  return found.map(path => path.slice(home.length)).sort()
}

/** Directories of these files, but for the root, in which something has git's own name. */
function ownNames(files: string[]): string[] {
  const dirs = new Set<string>()
  for (const file of files)
    for (let dir = posix.dirname(file); dir !== '.' && !dirs.has(dir); dir = posix.dirname(dir)) dirs.add(dir)
  return [...dirs]
}

const asText = (name: string): string => Buffer.from(name, 'latin1').toString()

/** When this, or something in it, was last written; a time that no program can set back without setting the clock. */
function changedAt(path: string): number {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) return 0
  const inside = found.isDirectory() ? readdirSync(path).map(name => changedAt(join(path, name))) : []
  return Math.max(found.ctimeMs, ...inside)
}
