import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Repository } from '../../model/repository.ts'
import { readWhole } from '../files/bounded-file.ts'
import { contentHash } from '../files/content-hash.ts'
import { allTips, committerHere } from '../git/history.ts'

/** Which commits were not made here. A file of its own, since a repository may have thousands of refs. */
export type Known = {
  /** Seconds since 1970: when the first of it was recorded. */
  since: number
  /** What these reach was not made here, … */
  tips: string[]
  /** … but for these, which were, and which nobody has reviewed as they are. */
  unsound: string[]
  /** Trees that were countersigned, the latest last. */
  signed: string[]
  /** Commits made here that a countersigned one rests on, itself included, the latest last. */
  reviewed?: string[]
  /** Addresses that commits made here bear. */
  users: string[]
}

const mostSigned = 1000
const keptFiles = 4

/** What is known before the first change: whatever HEAD and all refs reach then was not made by a session. */
export function knownNow(repo: Repository, head: string | null, now: number): Known {
  const user = committerHere(repo)
  return {
    since: Math.floor(now / 1000),
    tips: [...new Set([...(head === null ? [] : [head]), ...allTips(repo)])],
    unsound: [],
    signed: [],
    users: user === null ? [] : [user],
  }
}

/** Reads the list that a ledger names; null when it is not there, or is not the one that was written. */
export function readKnown(stateDir: string, hash: string): Known | null {
  const text = readWhole(fileOf(stateDir, hash))
  return text !== null && contentHash(text) === hash ? JSON.parse(text) : null
}

/**
 * Writes a list, and removes those that no ledger line in use can name any more.
 *
 * @returns The name that the ledger calls it by.
 */
export function writeKnown(stateDir: string, known: Known): string {
  const text = JSON.stringify({
    ...known,
    signed: known.signed.slice(-mostSigned),
    ...(known.reviewed && { reviewed: known.reviewed.slice(-mostSigned) }),
  })
  const hash = contentHash(text)
  const file = fileOf(stateDir, hash)
  mkdirSync(folder(stateDir), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.${process.pid}`, text, { mode: 0o600 })
  renameSync(`${file}.${process.pid}`, file)
  const found = readdirSync(folder(stateDir)).map(name => join(folder(stateDir), name))
  const byAge = found.map(path => ({ path, time: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
  for (const { path } of byAge.sort((a, b) => b.time - a.time).slice(keptFiles)) rmSync(path, { force: true })
  return hash
}

const folder = (stateDir: string) => join(stateDir, 'known')
const fileOf = (stateDir: string, hash: string) => join(folder(stateDir), `${hash}.json`)
