import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const name = 'laid-out-merges'

/**
 * The hashes of all merges that were ever laid out beside conflicts in this working tree. They lie in git's directory: a
 * clone has none, and where one cannot be read or written one merge less is known to be Countersign's, which does no
 * harm.
 */
export function laidOutMerges(stateDir: string): string[] {
  try {
    return readFileSync(join(stateDir, name), 'utf8').split('\n').filter(Boolean)
  } catch {
    return []
  }
}

/** Remembers merges that are about to be laid out. */
export function rememberMerges(stateDir: string, hashes: string[]): void {
  const known = laidOutMerges(stateDir)
  const added = hashes.filter(hash => !known.includes(hash))
  if (added.length === 0) return
  try {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 })
    appendFileSync(join(stateDir, name), added.map(hash => `${hash}\n`).join(''), { mode: 0o600 })
  } catch {
    // What is wrong with the place is said by whoever writes the merge.
  }
}
