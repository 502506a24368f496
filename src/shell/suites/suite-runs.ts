import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SuiteRun, TestCount } from '../../model/ledger/suites.ts'
import type { Scope } from '../../model/repository.ts'
import { readBounded } from '../files/bounded-file.ts'
import { contentHash } from '../files/content-hash.ts'

/** What one suite came to at one tree, wherever in this repository it ran. */
export type KnownRun = Pick<SuiteRun, 'result' | 'failing' | 'seconds'> & {
  count: TestCount | null
  /** ISO time. */
  at: string
  /** The working tree that it ran in; null: in a scratch copy, which says less. */
  root: string | null
}

const keptRuns = 60
const mostBytes = 1024 * 1024

/**
 * Looks up how a suite came out at a tree; null where nobody knows. All working trees of a repository share these.
 *
 * @param what The suite's command, and whatever else its result hangs on.
 */
export function readRun(scope: Scope, tree: string, what: string): KnownRun | null {
  const text = readBounded(fileOf(scope, tree, what), mostBytes)
  try {
    return text === null ? null : (JSON.parse(text) as KnownRun)
  } catch {
    return null // Cut off while it was written; the suite runs again.
  }
}

/** Writes it down, and forgets the oldest beyond some sixty. */
export function writeRun(scope: Scope, tree: string, what: string, run: KnownRun): void {
  const file = fileOf(scope, tree, what)
  mkdirSync(folder(scope), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(run), { mode: 0o600 })
  renameSync(`${file}.${process.pid}`, file)
  const found = readdirSync(folder(scope)).map(name => join(folder(scope), name))
  if (found.length <= keptRuns) return
  const byAge = found.map(path => ({ path, time: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
  for (const { path } of byAge.sort((a, b) => b.time - a.time).slice(keptRuns)) rmSync(path, { force: true })
}

const folder = ({ commonDir }: Scope) => join(commonDir, 'countersign', 'suite-runs')
const fileOf = (scope: Scope, tree: string, what: string) =>
  join(folder(scope), `${contentHash(JSON.stringify([scope.home ?? '', tree, what]))}.json`)
