import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { journalName } from '../../model/paths.ts'
import { withPrivateMask } from '../processes/user-mask.ts'

/** One file to write, or with `text` null to remove; hashes are over the raw bytes, null where there is no file. */
export type JournalWrite = { path: string; text: string | null; before: string | null }

/**
 * What a command is about to do, on disk before it does any of it: all new bytes, in the order they are put in place.
 * It lies in git's own directory for this worktree, where no commit, checkout, stash or clean can reach it and where it is
 * no change to review.
 */
export type Journal = {
  v: 1
  /** The command that began it, and who ran it. */
  command: string
  version: string
  pid: number
  /** The user has said that links out of the repository are to be followed. */
  followLinks?: true
  writes: JournalWrite[]
}

/** Called at each point where a process could end; tests let it end there. */
export type AtPoint = (point: string) => void

/** Writes the journal so that it is on the disk, whole, when this returns. */
export function writeJournal(stateDir: string, journal: Journal, at: AtPoint = () => {}): void {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 })
  const file = join(stateDir, journalName)
  withPrivateMask(() => writeDurably(`${file}.tmp`, JSON.stringify(journal), at))
  renameSync(`${file}.tmp`, file)
  syncDirectory(stateDir)
  at('journal written')
}

/**
 * The journal of an interrupted run, or null where there is none.
 *
 * @throws {SyntaxError | Error} It is not JSON, or the system does not let it be read.
 */
export function readJournal(stateDir: string): Journal | null {
  try {
    return JSON.parse(readFileSync(join(stateDir, journalName), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

export const hasJournal = (stateDir: string): boolean => existsSync(join(stateDir, journalName))

/** Removes the journal, also one that was only begun. */
export function removeJournal(stateDir: string): void {
  rmSync(join(stateDir, `${journalName}.tmp`), { force: true })
  rmSync(join(stateDir, journalName), { force: true })
}

/** SHA-256 of these very bytes, as hex; a text's are those of UTF-8. */
export const rawHash = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** Writes a new file whose bytes have reached the disk when this returns. */
export function writeDurably(file: string, text: string, at: AtPoint = () => {}): void {
  writeBytes(file, text, at)
  sync(file, 'r+')
}

/** Writes a new file; `sync` makes it durable. */
export function writeBytes(file: string, text: string, at: AtPoint = () => {}): void {
  const fd = openSync(file, 'w')
  try {
    const bytes = Buffer.from(text)
    const half = Math.ceil(bytes.length / 2)
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(fd, bytes, done, done < half ? half - done : bytes.length - done)
      at(`${done} of ${bytes.length} bytes of ${file}`)
    }
  } finally {
    closeSync(fd)
  }
}

/** Makes renames within a directory durable, where the system can. */
export function syncDirectory(dir: string): void {
  if (process.platform !== 'win32') sync(dir, 'r')
}

/** Returns when what was written to a file, or renamed in a directory, has reached the disk. */
export function sync(path: string, flags: 'r' | 'r+'): void {
  const fd = openSync(path, flags)
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
