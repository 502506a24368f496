import { debated, type Run } from '../ledger/state.ts'
import { listText } from '../messages/finding-list.ts'
import { bill, unreviewed } from '../messages/run-lines.ts'
import { plain, type TerminalStyles } from '../text/terminal-styles.ts'
import { counted, someOf } from '../text/wording.ts'

/** The whole report: where the run stands, the list, what it cost. */
export function findingsText(run: Run | null, ink: TerminalStyles = plain): string {
  if (!run) return 'No change has been reviewed yet.'
  const head = ink.bold(`${standingLine(run)} · ${counted(debated(run).length, 'finding')}`)
  const result = run.review?.result === 'could-not-review' && run.owed ? ink.yellow(`! ${unreviewed(run.owed)}`) : ''
  return [head, result, listText(run, ink), unread(run), pickHint(run), ink.dim(bill(run))].filter(Boolean).join('\n\n')
}

/** What Codex has not reviewed, and why where we know it. */
function unread({ review, unsent }: Run): string {
  const { notReviewed = [], leftOut = [] } = review ?? {}
  const rest = notReviewed.filter(path => !unsent.includes(path) && !leftOut.includes(path))
  const lines = [
    ['Not reviewed (Codex does not list it as read)', rest],
    ['Not sent to Codex (run limit reached, see `limits`)', unsent],
    ['Not sent to Codex (sensitive by name)', leftOut],
  ] as const
  return lines
    .filter(([, paths]) => paths.length > 0)
    .map(([why, paths]) => `${why}: ${someOf([...paths], 20)}`)
    .join('\n')
}

const standingLine = (run: Run): string =>
  run.stage === 'countersigned'
    ? `Countersigned in cycle ${run.cycle}`
    : `Cycle ${run.cycle} · ${run.stage}${run.status === 'away' ? ' · not in this working tree now' : ''}`

const pickHint = (run: Run): string =>
  run.stage === 'choice' && run.status !== 'away'
    ? 'Choose: type `pick F1 F3-F5`, `pick high`, `pick all` or `pick none` to Claude, or run `npx countersign pick`.'
    : ''
