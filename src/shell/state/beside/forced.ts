import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import type { Scope } from '../../../model/repository.ts'
import { globSpecs } from '../../git/pathspecs.ts'
import { names, withIndex } from '../../git/private-index.ts'

/**
 * Files that `ignore` keeps from the review and that git tracks all the same, against its own ignore rules or since they were
 * last committed: added by force, or never there before. Only what was written since the last look.
 */
export function forced(scope: Scope, since: string | undefined, head: string | null): string[] {
  const specs = globSpecs(scope, scope.ignore)
  if (specs.length === 0 || since === undefined) return []
  const list = (args: string[]) => names(withIndex(scope, null, [...args, '--', ...specs]).stdout).map(asText)
  const ignored = list(['ls-files', '-z', '-c', '-i', '--exclude-standard'])
  const added = head === null ? [] : list(['diff-index', '--cached', '-z', '--name-only', '--diff-filter=A', head])
  const from = Date.parse(since)
  const home = scope.home ? `${scope.home}/` : ''
  return [...new Set([...ignored, ...added])]
    .filter(path => (lstatSync(join(scope.root, path), { throwIfNoEntry: false })?.ctimeMs ?? 0) > from)
    .map(path => path.slice(home.length))
    .sort()
}

const asText = (name: string): string => Buffer.from(name, 'latin1').toString()
