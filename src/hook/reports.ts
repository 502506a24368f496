import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openFindings, type Run } from '../core/ledger/state.ts'
import { debateReport, debateReportName, listReportName } from '../core/messages/author-texts.ts'
import { listText } from '../core/messages/finding-list.ts'

/** Writes the lists that a text for Claude may name instead of holding them. */
export function writeReports(directory: string, run: Run): void {
  if (!['debate', 'choice', 'fix'].includes(run.stage)) return
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  writeFileSync(join(directory, listReportName(run)), `${listText(run)}\n`)
  if (run.stage === 'debate')
    writeFileSync(join(directory, debateReportName(run)), `${debateReport(run, openFindings(run))}\n`)
}
