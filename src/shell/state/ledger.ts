import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Happening, isWhole, type LedgerEntry } from '../../model/ledger/ledger-entry.ts'
import type { Clean } from '../../model/ledger/shape.ts'
import { ledgerName } from '../../model/paths.ts'
import { readEnd } from '../files/bounded-file.ts'

const runStart = '{"v":1,"kind":"run-started"'
const firstChunk = 1 << 18

export type LedgerRead = {
  /** Entries since the last run began, or all of them before the first run. */
  entries: LedgerEntry[]
  /** Lines that could not be read: torn by a crash, or short of a field. They stay in the file. */
  torn: string[]
}

/**
 * Reads the ledger from the line that began the last run: replaying those entries gives the same state as replaying all,
 * because everything earlier was settled when that run began. An absent file is an empty ledger.
 */
export function readLedger(stateDir: string): LedgerRead {
  return parsed(tail(join(stateDir, ledgerName)).text)
}

/** Every entry that can be read, those of earlier runs too; of a very long ledger the last ones. */
export const allEntries = (stateDir: string): LedgerEntry[] =>
  parsed(readEnd(join(stateDir, ledgerName), 1 << 24)).entries

/** The ledger as one event works with it. */
export type Ledger = {
  /**
   * Entries that have not been returned yet, this process's own and what others have written meanwhile; at first those since
   * the last run began.
   */
  next(): LedgerEntry[]
  /**
   * Appends entries, all in one write that has reached the disk when this returns. A torn last line is ended first, so that
   * it cannot swallow the new one.
   *
   * @param now ISO time.
   */
  append(happenings: readonly Clean<Happening>[], now: string): void
  close(): void
}

/** Opens the ledger: once to read it, and once more, for reading on as well, when the first entry is written. */
export function openLedger(stateDir: string): Ledger {
  const file = join(stateDir, ledgerName)
  let fd: number | null = null
  /** How far it has been returned; a line that is being written by somebody else is left for the next time. */
  let end: number | null = null
  const next = (): LedgerEntry[] => {
    const read = end === null ? tail(file) : since(fd ?? file, end)
    end = read.end
    return parsed(read.text).entries
  }
  const append = (happenings: readonly Clean<Happening>[], now: string): void => {
    if (happenings.length === 0) return
    if (fd === null) mkdirSync(stateDir, { recursive: true, mode: 0o700 })
    fd ??= openSync(file, 'a+', 0o600)
    const lines = happenings.map(({ kind, ...rest }) => `${JSON.stringify({ v: 1, kind, at: now, ...rest })}\n`)
    const bytes = Buffer.from((endsTorn(fd) ? '\n' : '') + lines.join(''))
    for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written)
    fsyncSync(fd)
  }
  const close = (): void => {
    if (fd !== null) closeSync(fd)
    fd = null
  }
  return { next, append, close }
}

function parsed(text: string): LedgerRead {
  const entries: LedgerEntry[] = []
  const torn: string[] = []
  for (const line of text.split('\n')) {
    if (line === '') continue
    const entry = parse(line)
    if (entry) entries.push(entry)
    else torn.push(line)
  }
  return { entries, torn }
}

function parse(line: string): LedgerEntry | null {
  try {
    const entry = JSON.parse(line)
    return typeof entry?.kind === 'string' && isWhole(entry) ? entry : null
  } catch {
    return null
  }
}

function endsTorn(fd: number): boolean {
  const { size } = fstatSync(fd)
  if (size === 0) return false
  const last = Buffer.alloc(1)
  readSync(fd, last, 0, 1, size - 1)
  return last[0] !== 0x0a
}

type Piece = { text: string; end: number }

/** The file from its last run start up to its last whole line, found from behind, so that a long history costs nothing. */
function tail(file: string): Piece {
  const fd = open(file)
  if (fd === null) return { text: '', end: 0 }
  try {
    const { size } = fstatSync(fd)
    for (let length = Math.min(size, firstChunk); ; length = Math.min(size, length * 4)) {
      const bytes = read(fd, size - length, length)
      const from = lastRunStart(bytes) ?? (length === size ? 0 : null)
      if (from !== null) return { text: bytes.toString('utf8', from), end: size - unfinished(bytes) }
    }
  } finally {
    closeSync(fd)
  }
}

/** Bytes of a last line without its end that cannot be read yet: somebody may be writing it. */
function unfinished(bytes: Buffer): number {
  const rest = bytes.subarray(bytes.lastIndexOf(0x0a) + 1)
  return parse(rest.toString()) ? 0 : rest.length
}

/** What has been added since; an open descriptor saves opening the file. */
function since(where: number | string, end: number): Piece {
  const fd = typeof where === 'number' ? where : open(where)
  if (fd === null) return { text: '', end }
  try {
    const { size } = fstatSync(fd)
    if (size <= end) return { text: '', end }
    const bytes = read(fd, end, size - end)
    const whole = bytes.lastIndexOf(0x0a) + 1
    return { text: bytes.toString('utf8', 0, whole), end: end + whole }
  } finally {
    if (fd !== where) closeSync(fd)
  }
}

function read(fd: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(fd, bytes, 0, length, from))
}

/** Where the last line that began a run begins. A torn one began none: what was before it still counts. */
function lastRunStart(bytes: Buffer): number | null {
  for (let at = bytes.length; at > 0; ) {
    at = bytes.lastIndexOf(`\n${runStart}`, at - 1)
    if (at < 0) return null
    const end = bytes.indexOf(0x0a, at + 1)
    if (parse(bytes.toString('utf8', at + 1, end < 0 ? bytes.length : end))) return at + 1
  }
  return null
}

function open(file: string): number | null {
  try {
    return openSync(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
