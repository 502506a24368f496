import { join } from 'node:path'
import { loadConfig } from './config-file.ts'
import { fingerprint } from './fingerprint.ts'
import { headCommit, locate } from './git.ts'
import { appendLedger, readLedger } from './ledger.ts'

/** Remembers the tree as it is right after the setup was written: the setup itself is no change to review. */
export async function recordBaseline(root: string): Promise<void> {
  const repo = locate(root)
  if (!repo) return
  const stateDir = join(repo.gitDir, 'countersign')
  if (readLedger(stateDir).entries.length > 0) return
  const loaded = loadConfig(root, stateDir)
  const ignore = 'config' in loaded ? loaded.config.ignore : []
  const tree = fingerprint({ ...repo, stateDir, ignore })
  appendLedger(stateDir, [{ kind: 'baseline', tree, head: headCommit(repo) }], new Date().toISOString())
}
