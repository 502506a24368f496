import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isThatStart, ownStart } from '../processes/process-start.ts'
import { isAlive } from './lock.ts'

// A hook that is registered twice, by a plugin beside the repository or in two settings files, is started twice for one
// event, both at once and with the same input. One of them answers. The same input also comes again in earnest, when Claude
// says the same thing at two stops: then the first has ended before the second began, since Claude Code waits for all hooks.

/** No hook lives longer. */
const oldestMs = 3_700_000
/** A claim is written in one go; one that cannot be read for longer was cut off. */
const unreadableMs = 200

/** Who works on an event, and when the answer was there, in milliseconds since the epoch. */
type Claim = { pid: number; start: string; doneAt: number | null }

/** To be called once the event is answered. */
type Release = () => void

const eventsDir = (stateDir: string): string => join(stateDir, 'events')

/**
 * Claims an event for this process. Where no claim can be made, the event is answered all the same.
 *
 * @param input The event as it came in; both processes have been given the same.
 * @returns Null when another process answers this very event, or has.
 */
export function claimEvent(stateDir: string, input: string): Release | null {
  try {
    return claim(eventsDir(stateDir), createHash('sha256').update(input).digest('hex').slice(0, 24))
  } catch {
    return () => {}
  }
}

function claim(dir: string, name: string): Release | null {
  const file = join(dir, name)
  const aside = `${file}.${process.pid}`
  const own: Claim = { pid: process.pid, start: ownStart(), doneAt: null }
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  for (let attempt = 0; attempt < 3; attempt++) {
    if (isCreated(file, own)) return () => settle(file, aside, own)
    if (isAnswered(claimIn(file))) return null
    // Moved aside first: whoever does the same at this moment finds it gone, and nobody removes a new one.
    try {
      renameSync(file, aside)
    } catch {
      continue
    }
    const isNew = isAnswered(claimIn(aside))
    if (isNew) renameSync(aside, file)
    else rmSync(aside, { force: true })
  }
  return null
}

function settle(file: string, draft: string, own: Claim): void {
  try {
    writeFileSync(draft, JSON.stringify({ ...own, doneAt: Date.now() }), { mode: 0o600 })
    renameSync(draft, file)
  } catch {
    // The answer stands; at worst the other process gives it once more.
  }
}

function isCreated(file: string, own: Claim): boolean {
  try {
    writeFileSync(file, JSON.stringify(own), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Whether another process has an event in hand, or answered it after this one was started. */
function isAnswered(other: Claim | null): boolean {
  if (!other || other.pid === process.pid) return false
  if (other.doneAt === null) return isAlive(other.pid) && isThatStart(other.pid, other.start) !== false
  // A clock that was set back meanwhile says nothing.
  return Date.now() - process.uptime() * 1000 <= other.doneAt && other.doneAt <= Date.now()
}

function claimIn(file: string): Claim | null {
  for (const until = performance.now() + unreadableMs; ; ) {
    try {
      return JSON.parse(readFileSync(file, 'utf8'))
    } catch (error) {
      if (!(error instanceof SyntaxError) || performance.now() > until) return null
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
  }
}

/** Forgets events that no hook can be working on any more. */
export function sweepClaims(stateDir: string): void {
  try {
    for (const name of readdirSync(eventsDir(stateDir))) {
      const file = join(eventsDir(stateDir), name)
      const found = statSync(file, { throwIfNoEntry: false })
      if (found && Date.now() - found.mtimeMs > oldestMs) rmSync(file, { force: true })
    }
  } catch {
    // There are none.
  }
}
