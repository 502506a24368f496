import { join } from 'node:path'
import { mayComeBack } from '../../core/ledger/kept.ts'
import type { Run } from '../../core/ledger/state.ts'
import { reopened } from '../../core/review/raised/reopened.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import type { Setup } from '../../model/repository.ts'
import { readBounded } from '../../shell/files/bounded-file.ts'
import { changedLines } from '../../shell/git/changed-lines.ts'
import { withFilesAt } from '../../shell/git/files-at.ts'

const largest = 16 * 1024 * 1024

/** The text of a file on disk, which no tree holds where a rule hides it. Only for a path that a tree has held before. */
export const hiddenIn =
  ({ root }: Setup) =>
  (path: string): string | null =>
    readBounded(join(root, path), largest)

/**
 * Looks for the code of findings of a change that was put away, of a run that a limit has ended, or of what an earlier review
 * has seen gone. Before the first part is sent, so that the review checks what is there again.
 */
export function lookForKept(run: Run, setup: Setup): Happening[] {
  const waiting = mayComeBack(run)
  if (waiting.length === 0 || run.parts.length > 0) return []
  const { scope } = setup
  const changes = changedLines(scope, run.base.tree, run.tree)
  const paths = [...waiting.map(({ file }) => file), ...changes.keys()]
  return withFilesAt(scope, run.tree, paths, fileAt => reopened(run, { fileAt, hiddenAt: hiddenIn(setup), changes }))
}
