import { linkSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isThatStart, ownStart, startedAt } from '../processes/process-start.ts'

/**
 * No hook may live longer than an hour, so that an older lock has lost its owner even if the pid is in use again; one from
 * the future is from before the clock was set back.
 */
const oldestMs = 3_700_000
const emptyMs = 5_000

/**
 * Takes a lock of the worktree: the one for as long as an event is being worked on, or another by its name.
 *
 * @returns A function that gives it back, or null when a living process holds it. The lock of a dead one is taken over.
 */
export function takeLock(stateDir: string, name = 'lock'): (() => void) | null {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 })
  const file = join(stateDir, name)
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, `${process.pid} ${ownStart()}`, { flag: 'wx', mode: 0o600 })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        // On a full disk it is there all the same, empty, and would hold everybody up.
        rmSync(file, { force: true })
        throw error
      }
    }
    if (!removeStale(file)) return null
  }
  return null
}

/** Who holds a lock, for how many seconds, and whether it still runs; null when there is no lock. */
export function lockOwner(stateDir: string, name: string): { pid: number; seconds: number; alive: boolean } | null {
  const owner = ownerOf(join(stateDir, name))
  return owner && { pid: owner.pid, seconds: Math.max(0, Math.round(owner.ageMs / 1000)), alive: !owner.stale }
}

/** The living process that holds a lock, and since when (ISO time); null where none does. */
export function heldBy(stateDir: string, name: string): { pid: number; since: string } | null {
  const owner = ownerOf(join(stateDir, name))
  // Without a number it was made this instant, and its owner is about to write one.
  return owner && !owner.stale && owner.pid > 0 ? { pid: owner.pid, since: new Date(owner.madeAt).toISOString() } : null
}

/** Whether a process with this id is running. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Moves a stale lock aside before removing it: whoever else does the same finds it gone, and nobody removes a new one. */
function removeStale(file: string): boolean {
  const owner = ownerOf(file)
  if (owner === null) return true
  if (!owner.stale) return false
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return true
  }
  const moved = ownerOf(aside)
  if (moved && !moved.stale) linkSync(aside, file)
  rmSync(aside, { recursive: true, force: true })
  return true
}

function ownerOf(file: string): { pid: number; madeAt: number; ageMs: number; stale: boolean } | null {
  try {
    const found = lstatSync(file)
    const [id = '', start = ''] = found.isFile() ? readFileSync(file, 'utf8').split(' ') : []
    const pid = Number(id) || 0
    const madeAt = found.mtimeMs
    const ageMs = Date.now() - madeAt
    // A directory or a link is nobody's. A lock that is still empty was made this instant, and its owner is about to write its pid, or it was killed before.
    const isOld = Math.abs(ageMs) > (pid > 0 ? oldestMs : emptyMs)
    return { pid, madeAt, ageMs, stale: isOld || (pid > 0 && !isHeldBy(pid, start, madeAt)) }
  } catch {
    return null
  }
}

/** Whether the process that made a lock still runs. Its number alone says little: after a restart somebody else has it. */
function isHeldBy(pid: number, start: string, madeAt: number): boolean {
  if (!isAlive(pid)) return false
  if (start !== '') return isThatStart(pid, start) ?? true
  // From a version that wrote the number alone, or from Windows.
  const began = pid === process.pid ? Number.POSITIVE_INFINITY : startedAt(pid)
  return began === null || began <= madeAt + 60_000
}
