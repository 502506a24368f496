import type { PlanRow } from '../../core/setup/plan-parts.ts'
import type { LaidOut } from '../../core/setup/plan-records.ts'
import { isInRecords } from '../../core/setup/record-paths.ts'
import { counted } from '../../core/text/wording.ts'
import { claudeDir } from '../../model/paths.ts'
import { paint } from '../../shell/terminal.ts'
import { gitAt, print } from '../shared/print.ts'
import { changesFile, conflictLines, printRows } from './plan-print.ts'

/** What `upgrade` found and means to do; with `--json` it is printed as it is. */
export type UpgradeReport = {
  version: 1
  root: string
  /** The version that wrote the setup, and the one it is brought to. */
  from: string
  to: string
  written: boolean
  /** How many files there are to write or remove. */
  pending: number
  files: PlanRow[]
  conflicts: LaidOut[]
  /** Files to be written that git could not restore as they are now. */
  uncommitted: string[]
  /** The commands that undo all of it, one a line; null when git cannot. */
  undo: string | null
  /** Whether an earlier run was interrupted and is not finished yet. */
  unfinished: boolean
}

/** Prints what is meant to be done, or what came of it. */
export function printUpgrade(report: UpgradeReport, part: 'plan' | 'result'): void {
  if (part === 'plan') printPlan(report)
  else printResult(report)
}

function printPlan({ root, from, to, pending, files, uncommitted, unfinished }: UpgradeReport): void {
  const versions = from === to ? `Countersign ${to}` : `Countersign ${from} → ${to}`
  print(`${paint('bold', `${versions} in ${root}`)}\n`)
  if (unfinished) print('! An earlier run was interrupted. The next run that writes finishes it first.\n')
  const rows = files.filter(({ path, action }) => action === 'yours' || (action !== 'keep' && !isInRecords(path)))
  // Countersign's records are only shown when there is nothing else to write.
  const writesFiles = rows.some(({ action }) => changesFile(action) || action === 'conflict')
  printRows(writesFiles ? rows : files.filter(({ action }) => action !== 'keep'))
  if (pending > 0 && uncommitted.length > 0)
    print(`! Not committed, so git cannot restore it: ${uncommitted.join(', ')}\n`)
}

function printResult({ root, to, written, pending, conflicts, undo }: UpgradeReport): void {
  for (const line of conflictLines(conflicts)) print(`${paint('red', '✗')} ${line}`)
  if (pending === 0)
    print(
      conflicts.length > 0
        ? 'There is nothing else to do.'
        : `The setup is up to date with Countersign ${to}. There is nothing to write.`,
    )
  else if (!written) print(`Nothing was written. To write ${counted(pending, 'file')}:\n  npx countersign upgrade`)
  else {
    print(
      `${paint('green', '✓')} ${counted(pending, 'file')} written. See what changed: ${gitAt(root)} diff ${claudeDir}`,
    )
    if (undo) print(`To undo it:\n${undo.replace(/^/gm, '  ')}`)
  }
}
