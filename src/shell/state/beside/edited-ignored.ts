import { lstatSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Scope } from '../../../model/repository.ts'
import { globSpecs } from '../../git/pathspecs.ts'
import { isSparse, names, withIndex } from '../../git/private-index.ts'

/**
 * Files that `ignore` keeps from the review, that git tracks, and that were changed since the last look: in the working tree,
 * in the index or by commits made here. What only was written anew is no change.
 *
 * @param committed Files that commits made here have changed, of those that these pathspecs name; paths from the root.
 */
export function editedIgnored(
  scope: Scope,
  since: string | undefined,
  head: string | null,
  committed: (specs: string[]) => string[],
): string[] {
  const specs = globSpecs(scope, scope.ignore)
  if (specs.length === 0 || since === undefined || head === null) return []
  const from = Date.parse(since)
  const list = (args: string[]) => names(withIndex(scope, null, [...args, '--', ...specs]).stdout).map(asText)
  const tracked = list(['ls-files', '-z', '-s', '-c']).flatMap(line => {
    const [, mode, id, path] = /^(\d+) (\w+) \d\t(.*)$/s.exec(line) ?? []
    return mode !== '160000' && id && path && changedAt(join(scope.root, path)) > from ? [{ id, path }] : []
  })
  const staged = list(['diff-index', '--cached', '-z', '--name-only', head])
  const elsewhere = [...staged, ...committed(specs)].filter(path => changedAt(join(scope.root, path)) > from)
  const home = scope.home ? `${scope.home}/` : ''
  const found = [...new Set([...elsewhere, ...unlikeIndex(scope, tracked)])]
  return found.map(path => path.slice(home.length)).sort()
}

type Tracked = { id: string; path: string }

/** Those that the disk has otherwise than the index, whatever the index says of when it looked. */
function unlikeIndex(scope: Scope, tracked: Tracked[]): string[] {
  const isPlain = ({ path }: Tracked) =>
    !path.includes('\n') && lstatSync(join(scope.root, path), { throwIfNoEntry: false })?.isFile()
  const plain = tracked.filter(isPlain)
  const odd = tracked.filter(one => !isPlain(one) && !(isSparse(scope) && !isThere(join(scope.root, one.path))))
  if (plain.length === 0) return odd.map(({ path }) => path)
  const input = Buffer.from(plain.map(({ path }) => `${path}\n`).join(''))
  const ids = withIndex(scope, null, ['hash-object', '--stdin-paths'], { input }).stdout.toString().split('\n')
  return [...odd, ...plain.filter(({ id }, index) => ids[index] !== id)].map(({ path }) => path)
}

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined

/** A time that no program can set back; of what is gone, that of the directory it was in. */
function changedAt(path: string): number {
  for (let at = path; ; at = dirname(at)) {
    const found = lstatSync(at, { throwIfNoEntry: false })
    if (found) return found.ctimeMs
  }
}

const asText = (name: string): string => Buffer.from(name, 'latin1').toString()
