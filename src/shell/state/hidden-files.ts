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
 */
export function hiddenFiles(scope: Scope, base: string, tree: string, rules: string[] = []): string[] {
  const changed = changedFiles(scope, base, tree).map(({ path }) => path)
  const gitignores = changed.filter(isGitignore)
  const byGit =
    gitignores.length + rules.length > 0 ? hiddenByGit(scope, base, new Set(gitignores), rules.length > 0) : []
  const byGlob = changed.includes(configPath) ? hiddenByGlobs(scope, base) : []
  return [...new Set([...byGlob, ...byGit])].sort()
}

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

function hiddenByGit(scope: Scope, base: string, gitignores: Set<string>, outside: boolean): string[] {
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
  const old = withFilesAt(
    scope,
    base,
    [...gitignores],
    fileAt => new Map([...gitignores].map(path => [path, (fileAt(path) ?? '').split(/\r?\n/)])),
  )
  const isNew = (source: string, pattern: string): boolean => {
    const path = fromHome(scope, source)
    if (!isGitignore(path) || path.startsWith('/')) return outside
    return old.get(path)?.includes(pattern) === false
  }
  return Array.from({ length: fields.length / 4 }, (_, index) => fields.slice(index * 4, index * 4 + 4)).flatMap(
    ([source = '', , pattern = '', path = '']) => (isNew(source, pattern) ? [fromHome(scope, path)] : []),
  )
}

const isGitignore = (path: string): boolean => /(^|\/)\.gitignore$/.test(path)

const asText = (name: string): string => Buffer.from(name, 'latin1').toString()

/** A path as trees have it, where a directory below the root is set up. */
const fromHome = ({ home = '' }: Scope, path: string): string =>
  home !== '' && path.startsWith(`${home}/`) ? path.slice(home.length + 1) : path
