import { replay } from '../../core/ledger/replay.ts'
import { openRun } from '../../core/ledger/state.ts'
import { cleanEntries } from '../../core/text/clean.ts'
import { UserError } from '../../errors.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import { GitError, locate } from '../../shell/git/git.ts'
import { headCommit } from '../../shell/git/head-commit.ts'
import { reasonOf } from '../../shell/setup/refused-by-system.ts'
import { appendLedger } from '../../shell/state/append-ledger.ts'
import { readLedger } from '../../shell/state/ledger.ts'
import { scopeOf } from '../../shell/state/setup-root.ts'
import { treeNow } from '../shared/tree-now.ts'
import type { Site } from './site.ts'

/**
 * Changes the setup, which needs no review: where nothing was left to do before, nothing is left to do after. A
 * change that is not yet reviewed stays unreviewed.
 *
 * @throws {UserError | GitError} Git cannot tell what is there; then nothing has been changed.
 */
export function withoutReview(site: Site, change: () => void): void {
  const entries = readLedger(site.stateDir).entries
  const state = replay(entries)
  const isSettled = entries.length === 0 || (!openRun(state) && state.settled?.tree === treeBefore(site))
  change()
  if (!isSettled) return
  try {
    const baseline: Happening = { kind: 'baseline', tree: treeOf(site), head: headCommit(locate(site.root)!) }
    appendLedger(site.stateDir, cleanEntries([baseline]), new Date().toISOString())
  } catch (error) {
    // Every file is in place; only the next stop has more to do.
    process.stderr.write(
      `Countersign could not record that this change needs no review (${reasonOf(error)}), so the next stop reviews it.\n`,
    )
  }
}

function treeBefore(site: Site): string {
  try {
    return treeOf(site)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const says = error instanceof GitError ? error.stderr : ''
    const full = code === 'EDQUOT' || /quota/i.test(says) ? 'EDQUOT' : 'ENOSPC'
    if (code === full || /no space left|diskspace|quota/i.test(says))
      throw new UserError('not-writable', { path: site.stateDir, reason: reasonOf({ code: full }) }, { cause: error })
    throw error
  }
}

const treeOf = ({ root }: Site): string => treeNow({ root, scope: scopeOf(locate(root)!, root) })
