import { replay } from '../core/replay.ts'
import { openRun } from '../core/state.ts'
import type { Happening } from '../model/ledger-entry.ts'
import { loadConfig } from '../shell/config-file.ts'
import { fingerprint } from '../shell/fingerprint.ts'
import { headCommit, locate } from '../shell/git.ts'
import { appendLedger, readLedger } from '../shell/ledger.ts'
import { scopeOf } from '../shell/setup-root.ts'
import type { Site } from './setup.ts'

/**
 * Changes the setup, which is no change to review: where nothing was left to do before, nothing is left to do after. A
 * change of somebody's that is not yet reviewed stays one.
 */
export function withoutReview(site: Site, change: () => void): void {
  const entries = readLedger(site.stateDir).entries
  const state = replay(entries)
  const isSettled = entries.length === 0 || (!openRun(state) && state.settled?.tree === treeOf(site))
  change()
  if (!isSettled) return
  const baseline: Happening = { kind: 'baseline', tree: treeOf(site), head: headCommit(locate(site.root)!) }
  appendLedger(site.stateDir, [baseline], new Date().toISOString())
}

function treeOf({ root, stateDir }: Site): string {
  const loaded = loadConfig(root, stateDir)
  return fingerprint({ ...scopeOf(locate(root)!, root), ignore: 'config' in loaded ? loaded.config.ignore : [] })
}
