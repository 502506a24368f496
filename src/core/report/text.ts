import type { Position } from '../../model/finding.ts'
import { standing } from '../ledger/debate.ts'
import { type DebatedFinding, debated, type Run } from '../ledger/state.ts'
import { bill, someOf, unreviewed } from '../messages/outcomes.ts'
import { counted, oneLine, place } from '../text/wording.ts'
import { claim, names, type Section, sections, type Tone } from './sections.ts'

/** How a report sets words off, and the columns it may fill; the plain one changes nothing and never wraps. */
export type Ink = Record<'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan', (text: string) => string> & {
  columns: number
}
const same = (text: string) => text
const wide = Number.POSITIVE_INFINITY
export const plain: Ink = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same, columns: wide }

/** The agreed list by priority, then disputed, then agreed not needed: what the user chooses from. */
export function listText(run: Run, ink: Ink = plain): string {
  const shown = sections(run).map(section => sectionText(section, ink))
  return shown.length > 0 ? shown.join('\n\n') : 'No findings.'
}

const tones: Record<Tone, Exclude<keyof Ink, 'columns'>> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'yellow',
  disputed: 'cyan',
  mended: 'green',
  quiet: 'dim',
}

const sectionText = ({ title, tone, findings }: Section, ink: Ink): string =>
  [ink[tones[tone]](`${title} (${findings.length})`), ...findings.map(finding => card(finding, ink))].join('\n')

/** Where the two differ, or agree that nothing is needed, their arguments say more than the finding. */
const card = (finding: DebatedFinding, ink: Ink): string =>
  finding.outcome === 'disputed' || finding.outcome === 'not-needed'
    ? arguedCard(finding, ink)
    : agreedCard(finding, ink)

/** The whole report: where the run stands, the list, what it cost. */
export function findingsText(run: Run | null, ink: Ink = plain): string {
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
    ['not named by Codex as read', rest],
    ['never sent, a bound of the run being reached (`limits`)', unsent],
    ['left out, their names saying that they hold secrets', leftOut],
  ] as const
  return lines
    .filter(([, paths]) => paths.length > 0)
    .map(([why, paths]) => `Not reviewed, ${why}: ${someOf([...paths], 20)}`)
    .join('\n')
}

const standingLine = (run: Run): string =>
  run.stage === 'countersigned'
    ? `Countersigned in cycle ${run.cycle}`
    : `Cycle ${run.cycle} · ${run.stage}${run.away ? ' · not in this tree now' : ''}`

const pickHint = (run: Run): string =>
  run.stage === 'choice' && !run.away
    ? 'Choose: type `pick F1 F3-F5`, `pick high`, `pick all` or `pick none` to Claude, or run `npx countersign pick`.'
    : ''

function agreedCard(finding: DebatedFinding, ink: Ink): string {
  const lines = [finding.body, finding.fix && `Fix: ${finding.fix}`, stillThere(finding), loweredBy(finding)].filter(
    Boolean,
  )
  return [headLine(finding, ink), ...lines.map(line => indent(line, ink))].join('\n')
}

/** Why the reviewer holds that it is still there, after what was done to mend it. */
const stillThere = ({ history, positions, fate }: DebatedFinding): string =>
  history.length > 0 && fate !== 'resolved' ? `Codex, looking again: ${oneLine(positions[0]!.reason)}` : ''

/** How two priorities became one, when they differ. */
function loweredBy({ positions, outcome }: DebatedFinding): string {
  const [codex, claude] = [standing(positions, 'codex'), standing(positions, 'claude')]
  if (outcome !== 'agreed' || !codex || !claude || codex.priority === claude.priority) return ''
  return `Codex held ${codex.priority}, Claude ${claude.priority}: the lower counts. Claude: ${oneLine(claude.reason)}`
}

function arguedCard(finding: DebatedFinding, ink: Ink): string {
  const says = (['codex', 'claude'] as const)
    .map(by => [by, standing(finding.positions, by)] as const)
    .map(([by, position]) => indent(`${names[by]}: ${argument(position)}`, ink))
  return [headLine(finding, ink), ...says].join('\n')
}

const argument = (position: Position | null): string =>
  position ? `${claim(position)} — ${oneLine(position.reason)}` : 'gave no answer'

function headLine(finding: DebatedFinding, ink: Ink): string {
  const marks = [
    finding.fate === 'pending' ? '' : finding.fate,
    finding.kind === 'defect' ? '' : finding.kind,
    finding.verified ? '' : 'unverified',
    finding.failedFixes > 0 &&
      finding.fate !== 'resolved' &&
      `not resolved after ${counted(finding.failedFixes, 'attempt')}`,
  ].filter(Boolean)
  return `  ${ink.bold(finding.id)} ${finding.title}${marks.length > 0 ? ` [${marks.join(', ')}]` : ''}  ${ink.dim(place(finding))}`
}

const indent = (text: string, { columns }: Ink): string =>
  text
    .split('\n')
    .flatMap(line => wrapped(line, columns - 5))
    .map(line => `     ${line}`)
    .join('\n')

/** Breaks a line between words; a word that is longer stays whole, so that it can be copied. */
function wrapped(line: string, width: number): string[] {
  const lines: string[] = []
  for (const word of line.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
