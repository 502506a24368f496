import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Happening, isWhole, type LedgerEntry } from '../../model/ledger-entry.ts'
import type { Clean } from '../../model/shape.ts'

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
  const entries: LedgerEntry[] = []
  const torn: string[] = []
  for (const line of tail(join(stateDir, 'ledger.jsonl')).split('\n')) {
    if (line === '') continue
    const entry = parse(line)
    if (entry) entries.push(entry)
    else torn.push(line)
  }
  return { entries, torn }
}

/**
 * Appends entries, all in one write that has reached the disk when this returns. A torn last line is ended first, so that
 * it cannot swallow the new one.
 *
 * @param now ISO time.
 */
export function appendLedger(stateDir: string, happenings: readonly Clean<Happening>[], now: string): void {
  if (happenings.length === 0) return
  mkdirSync(stateDir, { recursive: true })
  const lines = happenings.map(({ kind, ...rest }) => `${JSON.stringify({ v: 1, kind, at: now, ...rest })}\n`)
  const fd = openSync(join(stateDir, 'ledger.jsonl'), 'a+')
  try {
    const bytes = Buffer.from((endsTorn(fd) ? '\n' : '') + lines.join(''))
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
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

/** The file from its last run start, found from behind, so that a long history costs nothing. */
function tail(file: string): string {
  const fd = open(file)
  if (fd === null) return ''
  try {
    const { size } = fstatSync(fd)
    for (let length = Math.min(size, firstChunk); ; length = Math.min(size, length * 4)) {
      const bytes = Buffer.alloc(length)
      const got = readSync(fd, bytes, 0, length, size - length)
      const from = lastRunStart(bytes.subarray(0, got))
      if (from !== null) return bytes.toString('utf8', from, got)
      if (length === size) return bytes.toString('utf8', 0, got)
    }
  } finally {
    closeSync(fd)
  }
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
