import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { hookPath, journalName, manifestPath } from '../../model/paths.ts'
import type { Repository, Scope } from '../../model/repository.ts'

/** What a directory has that is set up; either is enough, since the other may have been deleted. */
const marks = [manifestPath, hookPath]

/** Memories of setups below the root lie in directories of their own beside that of the root. */
const elsewhere = /^at-[0-9a-f]{16}$/

/**
 * The nearest directory with a setup, from `dir` upward; the root of the working tree where there is none.
 *
 * @param dir Absolute, resolved, inside the working tree.
 */
export function nearestSetup(repo: Repository, dir: string): string {
  for (let at = dir; at !== repo.root && at !== dirname(at); at = dirname(at)) if (holdsSetup(repo, at)) return at
  return repo.root
}

export const isSetUp = (dir: string): boolean => marks.some(mark => existsSync(join(dir, mark)))

/** An interrupted run counts: whoever comes next has to find what it left. */
const holdsSetup = (repo: Repository, dir: string): boolean =>
  isSetUp(dir) || existsSync(join(scopeOf(repo, dir).stateDir, journalName))

/** What a setup at `root` covers, and the directory of its own in git's for whatever it remembers. */
export function scopeOf(repo: Repository, root: string): Scope & { home: string } {
  const home = relative(repo.root, root).split(sep).join('/')
  return { ...repo, home, stateDir: stateDirOf(repo.gitDir, home), ignore: [] }
}

function stateDirOf(gitDir: string, home: string): string {
  const atRoot = join(gitDir, 'countersign')
  if (home === '') return atRoot
  // Not imported above: most setups are at the root, and their hooks need no hash.
  const { createHash } = process.getBuiltinModule('node:crypto')
  return join(atRoot, `at-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`)
}

/** Removes all that a setup remembers; what another setup of this working tree remembers stays. */
export function removeState(stateDir: string): void {
  const names = existsSync(stateDir) ? readdirSync(stateDir) : []
  for (const name of names.filter(name => !elsewhere.test(name)))
    rmSync(join(stateDir, name), { recursive: true, force: true })
  for (const dir of elsewhere.test(basename(stateDir)) ? [stateDir, dirname(stateDir)] : [stateDir]) {
    try {
      rmdirSync(dir)
    } catch {
      // Another setup's memory is in it, or it is gone.
    }
  }
}
