import { UserError } from '../../errors.ts'
import { containedPath } from '../files/contained-path.ts'
import { type Journal, rawHash, readJournal } from './journal.ts'
import { abandon, bytesOf, hashOf, putInPlace, WriteFailed } from './put-in-place.ts'
import { reasonOf } from './refused-by-system.ts'

/** What became of a run that was interrupted; `changed` is a file that somebody else has changed since, or null. */
export type Healed = { command: string; version: string; pid: number; changed: string | null }

/**
 * Finishes what a journal says, if there is one. Where a file is by now neither what it was nor what it should become,
 * nothing more is written: what is in place stays, and running the command again plans the rest anew.
 *
 * @throws {UserError} `write-failed`; the journal stays for the next time.
 */
export function healSetup(root: string, stateDir: string): Healed | null {
  const journal = readJournal(stateDir)
  if (!journal) return null
  const { command, version, pid } = journal
  const changed = journal.writes.find(write => !isOldOrNew(root, write, journal.followLinks))?.path ?? null
  if (changed !== null) abandon(root, stateDir, journal)
  else finish(root, stateDir, journal)
  return { command, version, pid, changed }
}

function isOldOrNew(root: string, { path, text, before }: Journal['writes'][number], followLinks = false): boolean {
  const { absolute } = containedPath(root, path, followLinks)
  const now = hashOf(bytesOf(absolute))
  return now === before || now === (text === null ? null : rawHash(text))
}

function finish(root: string, stateDir: string, journal: Journal): void {
  const onChange = (): never => {
    throw new Error('a file changed while an earlier run was being finished')
  }
  try {
    putInPlace(root, stateDir, journal, { isFresh: false, onChange, at: () => {} })
  } catch (error) {
    if (!(error instanceof WriteFailed)) throw error
    const { path, written, cause } = error
    throw new UserError('write-failed', { path, reason: reasonOf(cause), written }, { cause })
  }
}
