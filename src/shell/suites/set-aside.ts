import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What test runs have written, beside the ledger, since each look at the tree needs it. */
export type Aside = {
  /** Globs, from the directory that is set up, of what does not count. */
  globs: string[]
  /** Paths that a run has added and that do count: written once more, they are known for the run's own. */
  written: string[]
}

const fileOf = (stateDir: string) => join(stateDir, 'set-aside.json')
const most = 500

export function readAside(stateDir: string): Aside {
  try {
    const { globs, written } = JSON.parse(readFileSync(fileOf(stateDir), 'utf8')) as Aside
    return { globs: [...globs].map(String), written: [...written].map(String) }
  } catch {
    return { globs: [], written: [] }
  }
}

export function writeAside(stateDir: string, { globs, written }: Aside): void {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 })
  const draft = `${fileOf(stateDir)}.${process.pid}`
  writeFileSync(draft, JSON.stringify({ globs: globs.slice(-most), written: written.slice(-most) }), { mode: 0o600 })
  renameSync(draft, fileOf(stateDir))
}
