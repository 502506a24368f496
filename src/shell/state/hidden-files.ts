import { statSync } from 'node:fs'
import { join } from 'node:path'
import { configPath } from '../../model/paths.ts'
import type { Scope } from '../../model/repository.ts'
import { withFilesAt } from '../git/files-at.ts'
import { globSpecs } from '../git/pathspecs.ts'
import { indexFile, isThere, names, withIndex } from '../git/private-index.ts'
import { changedFiles } from '../git/tree-diff.ts'
import { readConfig } from './config-file.ts'

/**
 * Files and directories that are there and that a rule added since the base keeps from the fingerprint: one in a .gitignore,
 * a glob of `ignore`, or any outside the tree where such rules have changed.
 *
 * @param rules Those that have, by their names in `ignoreRules`.
 * @param since ISO time of the last look: a .gitignore that ignores itself is in no tree, and new if it changed after that.
 */
export function hiddenFiles(
  scope: Scope,
  base: string,
  tree: string,
  { rules = [], since }: { rules?: string[] | undefined; since?: string | undefined },
): string[] {
  const changed = changedFiles(scope, base, tree).map(({ path }) => path)
  const byGit = hiddenByGit(scope, base, {
    changed: new Set(changed.filter(isGitignore)),
    outside: rules.length > 0,
    since: since === undefined ? Infinity : Date.parse(since),
  })
  const byGlob = changed.includes(configPath) ? hiddenByGlobs(scope, base) : []
  return outermost([...new Set([...byGlob, ...byGit])].sort())
}

/** Without what lies in a directory that is listed. */
const outermost = (paths: string[]): string[] =>
  paths.filter(path => !paths.some(other => other.endsWith('/') && other !== path && path.startsWith(other)))

function hiddenByGlobs(scope: Scope, base: string): string[] {
  const before = withFilesAt(scope, base, [configPath], fileAt => readConfig(fileAt(configPath) ?? 'version: 1'))
  const known = 'config' in before ? before.config.ignore : []
  const specs = globSpecs(
    scope,
    scope.ignore.filter(glob => !known.includes(glob)),
  )
  if (specs.length === 0) return []
  const listed = names(
    withIndex(scope, null, ['ls-files', '-z', '-c', '-o', '--exclude-standard', '--', ...specs]).stdout,
  )
  return listed.filter(name => isThere(scope, name)).map(name => fromHome(scope, asText(name)))
}

type NewRules = { changed: Set<string>; outside: boolean; since: number }

function hiddenByGit(scope: Scope, base: string, { changed, outside, since }: NewRules): string[] {
  const index = indexFile(scope)
  const list = [
    'ls-files',
    '-z',
    '-o',
    '-i',
    '--exclude-standard',
    '--directory',
    '--',
    `:(literal)${scope.home || '.'}`,
  ]
  const { stdout: input } = withIndex(scope, index, list)
  if (input.length === 0) return []
  const found = withIndex(scope, index, ['check-ignore', '-v', '-z', '--no-index', '--stdin'], {
    input,
    accept: [0, 1],
  })
  const fields = names(found.stdout).map(asText)
  const rules = Array.from({ length: fields.length / 4 }, (_, index) => fields.slice(index * 4, index * 4 + 4))
  const isAbove = (source: string) => Boolean(scope.home) && !source.startsWith(`${scope.home}/`)
  const sources = rules.flatMap(([source = '']) => (isAbove(source) ? [] : [fromHome(scope, source)]))
  const inTree = [...new Set(sources)].filter(isGitignore)
  const old = withFilesAt(scope, base, inTree, fileAt => new Map(inTree.map(path => [path, fileAt(path)])))
  const isNew = (source: string, pattern: string): boolean => {
    const path = fromHome(scope, source)
    if (!isGitignore(path) || path.startsWith('/')) return outside
    // In no tree of this setup's: it counts as new when it was written since the last look.
    if (isAbove(source)) return changedAt(join(scope.root, source)) > since
    const before = old.get(path) ?? null
    if (before !== null) return changed.has(path) && !before.split(/\r?\n/).includes(pattern)
    return changed.has(path) || changedAt(join(scope.root, source)) > since
  }
  return rules.flatMap(([source = '', , pattern = '', path = '']) =>
    isNew(source, pattern) ? [fromHome(scope, path)] : [],
  )
}

/** The time that no program can set back without setting the clock. */
const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? 0

const isGitignore = (path: string): boolean => /(^|\/)\.gitignore$/.test(path)

const asText = (name: string): string => Buffer.from(name, 'latin1').toString()

/** A path as trees have it, where a directory below the root is set up. */
const fromHome = ({ home = '' }: Scope, path: string): string =>
  home !== '' && path.startsWith(`${home}/`) ? path.slice(home.length + 1) : path
