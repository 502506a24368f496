import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Scope } from '../../model/repository.ts'
import { contentHash } from '../files/content-hash.ts'
import { GitError, runGit } from './git.ts'
import { indexFile, names, ownSettings, withIndex } from './private-index.ts'

/**
 * The repositories inside the working tree, submodules and others, as far as git would show them, each with what it holds:
 * its commit, and a hash of what differs from that. What lies inside them is in no fingerprint and in no diff.
 *
 * Goes by the private index as the last fingerprint left it.
 *
 * @param partial Whether that fingerprint has met something that git could add nothing of.
 */
export function nestedRepositories(scope: Scope, partial = true): Record<string, string> {
  const index = indexFile(scope)
  if (!existsSync(index) || !(partial || mayHoldLink(index))) return {}
  const list = (...args: string[]) => names(withIndex(scope, index, ['ls-files', '-z', ...args]).stdout).map(asText)
  const linked = list('-s').flatMap(line => (line.startsWith('160000 ') ? [line.slice(line.indexOf('\t') + 1)] : []))
  // Everything else that is untracked has been added; left are directories that git can add nothing of.
  const loose = list('-o', '--exclude-standard', '--directory').flatMap(path =>
    path.endsWith('/') ? [path.slice(0, -1)] : [],
  )
  const found = [...new Set([...linked, ...loose])].filter(path => existsSync(join(scope.root, path, '.git')))
  return Object.fromEntries(found.sort().map(path => [path, stateOf(scope, path)]))
}

/** Every start asks, and most indexes list no repository: the mode of one is four bytes that stand in every format as they are. */
const mayHoldLink = (index: string): boolean => readFileSync(index).includes(linkMode)
const linkMode = Buffer.from([0, 0, 0xe0, 0])

const asText = (name: string): string => Buffer.from(name, 'latin1').toString()

function stateOf(scope: Scope, path: string): string {
  const cwd = join(scope.root, path)
  const config = ownSettings(scope.stateDir)
  try {
    // A `.git` that is no repository leads to the one around it, which knows nothing of what lies below such a name.
    const { stdout: top } = runGit(cwd, ['rev-parse', '--show-prefix'], { config })
    if (top.toString().trim() !== '') return 'no repository'
    const head = runGit(cwd, ['rev-parse', '-q', '--verify', 'HEAD'], { config, accept: [0, 1] })
    const args = ['status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=all', '--ignore-submodules=none']
    const changed = runGit(cwd, args, { config }).stdout.toString().split('\0').filter(Boolean)
    const commit = head.stdout.toString().trim() || 'none'
    return changed.length === 0
      ? commit
      : `${commit} ${contentHash(changed.map(line => stamped(cwd, line)).join('\0'))}`
  } catch (error) {
    if (error instanceof GitError) return 'unreadable'
    throw error
  }
}

/** A line of git's status with when that file was last written. */
function stamped(cwd: string, line: string): string {
  const found = lstatSync(join(cwd, line.slice(3)), { throwIfNoEntry: false })
  return `${line} ${found ? `${found.mtimeMs} ${found.size}` : ''}`
}
