import type { LineRange } from '../../../model/changed-file.ts'
import type { Happening } from '../../../model/ledger/ledger-entry.ts'
import { byTitle, isLocated, mayComeBack } from '../../ledger/kept.ts'
import type { Run } from '../../ledger/state.ts'
import { isThereAgain } from './standing.ts'

/** What is known of the tree that is to be reviewed. */
export type LookedAt = {
  /** A file's text in that tree. */
  fileAt: (path: string) => string | null
  /** The text of a file that is on disk and not in the tree, since a rule hides it. */
  hiddenAt: (path: string) => string | null
  /** Lines that the change touches, by file. */
  changes: Map<string, LineRange[]>
}

/** Urgent findings that no user has decided and whose code is in the tree again; empty where there is none. */
export function reopened(run: Run, { fileAt, hiddenAt, changes }: LookedAt): Happening[] {
  const back = mayComeBack(run).filter(finding => {
    const textAt = (path: string) => fileAt(path) ?? (isLocated(finding) ? hiddenAt(path) : null)
    return isThereAgain(finding, { textAt, others: [...changes.keys()] }, changes)
  })
  if (back.length === 0) return []
  return [{ kind: 'reopened', tree: run.tree, ids: back.map(({ id }) => id), names: back.map(byTitle) }]
}
