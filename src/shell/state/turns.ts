import { existsSync, mkdirSync, readdirSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Which sessions are in the middle of a turn: an empty file for each, made at a prompt and removed at the stop that ends the
// turn. In the ledger it would cost every stop a line. After Esc, which no hook sees, the file stays until the next stop.

const turnsDir = (stateDir: string): string => join(stateDir, 'turns')

/** Session ids are UUIDs; whatever else there is makes a name, and no path. */
const fileOf = (stateDir: string, session: string): string =>
  join(turnsDir(stateDir), session.replace(/[^\w-]/g, '_').slice(0, 100) || '_')

/** Longer than any turn. A session that was killed has left its file. */
const oldestMs = 24 * 3_600_000

/** A prompt was sent. */
export function turnBegins(stateDir: string, session: string): void {
  mkdirSync(turnsDir(stateDir), { recursive: true, mode: 0o700 })
  writeFileSync(fileOf(stateDir, session), '', { mode: 0o600 })
}

/** Claude has stopped, or its session is over. Asked at every stop. */
export function turnEnds(stateDir: string, session: string): void {
  try {
    unlinkSync(fileOf(stateDir, session))
  } catch {
    // There was none: the turn began before this version was here, or a stop in it has ended it.
  }
}

export const inTurn = (stateDir: string, session: string): boolean => existsSync(fileOf(stateDir, session))

/** Whether any session but this one is. */
export function othersInTurn(stateDir: string, session: string): boolean {
  const dir = turnsDir(stateDir)
  return existsSync(dir) && readdirSync(dir).some(name => join(dir, name) !== fileOf(stateDir, session))
}

/** Removes what sessions that were killed have left. */
export function sweepTurns(stateDir: string): void {
  const dir = turnsDir(stateDir)
  for (const name of existsSync(dir) ? readdirSync(dir) : []) {
    const found = statSync(join(dir, name), { throwIfNoEntry: false })
    if (found && Date.now() - found.mtimeMs > oldestMs) rmSync(join(dir, name), { force: true })
  }
}
