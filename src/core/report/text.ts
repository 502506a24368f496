import { pickable, unreadOffered } from '../ledger/lists.ts'
import { type DebatedFinding, debated, type Run } from '../ledger/state.ts'
import { listText } from '../messages/finding-list.ts'
import { bill, unreviewed } from '../messages/run-lines.ts'
import { plain, type TerminalStyles } from '../text/terminal-styles.ts'
import { counted, someOf } from '../text/wording.ts'
import { wrapped } from '../text/wrapped.ts'
import { falseQuotes, howAgreed, leftByUser, unread } from './evidence.ts'

/** The whole report: where the run stands, the list, what it cost. */
export function findingsText(run: Run | null, ink: TerminalStyles = plain): string {
  if (!run) return 'No change has been reviewed yet.'
  const head = ink.bold(`${standingLine(run)} · ${counted(debated(run).length, 'finding')}`)
  const result = run.review?.result === 'could-not-review' && run.owed ? ink.yellow(`! ${unreviewed(run.owed)}`) : ''
  const left = leftByUser(run).join('\n')
  const parts = [head, result, listText(run, ink, more), left, unreadLines(run), pickHint(run), ink.dim(bill(run))]
  return wrapped(parts.filter(Boolean).join('\n\n'), ink.columns, hanging)
}

const unreadLines = (run: Run): string =>
  unread(run)
    .map(({ why, paths }) => `${why}: ${someOf(paths, 20)}`)
    .join('\n')

/** How it was agreed, and which quotes were false. */
const more = (finding: DebatedFinding): string[] => [howAgreed(finding), ...falseQuotes(finding)].filter(Boolean)

/** What follows of a finding's head stands where its text does. */
const hanging = (line: string): number => (/^ {2}\S/.test(line) ? 5 : line.search(/\S/))

const standingLine = (run: Run): string =>
  run.stage === 'countersigned'
    ? `Countersigned in cycle ${run.cycle}`
    : `Cycle ${run.cycle} · ${run.stage}${run.status === 'away' ? ' · not in this working tree now' : ''}`

function pickHint(run: Run): string {
  if (run.stage !== 'choice' || run.status === 'away') return ''
  const isUnread = unreadOffered(run).length > 0
  const ways = [...(pickable(run).length > 0 ? ['F1 F3-F5', 'high', 'all'] : []), isUnread ? 'unread' : 'none']
  const last = `\`pick ${ways.at(-1)}\``
  const others = ways.slice(0, -1).map(way => `\`pick ${way}\``)
  const typed = others.length > 0 ? `${others.join(', ')} or ${last}` : last
  return `Choose: type ${typed} to Claude, or run \`npx countersign pick\`.`
}
