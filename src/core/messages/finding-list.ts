import type { Position } from '../../model/finding.ts'
import { highestHeld, isAboveLine, standing } from '../ledger/debate.ts'
import { beyondInWords, byTitle, waitingFor } from '../ledger/kept.ts'
import { unreadOffered } from '../ledger/lists.ts'
import type { DebatedFinding, Run } from '../ledger/state.ts'
import { plain, type TerminalStyles } from '../text/terminal-styles.ts'
import { counted, fileAndLine, oneLine, someOf } from '../text/wording.ts'
import { claim, names, reasonOf, remarks, type Section, sections, type Tone } from './sections.ts'

/** The agreed list by priority, then disputed, then agreed not needed: what the user chooses from. */
export function listText(run: Run, ink: TerminalStyles = plain): string {
  const shown = [...sections(run).map(section => sectionText(section, ink)), ...notListed(run, ink)]
  return shown.length > 0 ? shown.join('\n\n') : 'No findings.'
}

/** What the list does not hold: unread files, findings whose code is elsewhere, what one review raised beyond its limit. */
function notListed(run: Run, ink: TerminalStyles): string[] {
  const waiting = waitingFor(run)
  const title = `Raised before · the code is not in this tree (${waiting.length})`
  const over = beyondInWords(run.reviews.beyond)
  return [
    ...unreadFiles(run, ink),
    ...(waiting.length > 0 ? [[ink.dim(title), ...waiting.map(one => `  ${byTitle(one)}`)].join('\n')] : []),
    ...(over ? [`Left out, since one review raised more findings than a list can take: ${over}`] : []),
  ]
}

/** The files that nobody signs over unasked, with the word that does. */
function unreadFiles(run: Run, ink: TerminalStyles): string[] {
  const files = unreadOffered(run)
  if (files.length === 0) return []
  const how = `Sign without Codex having read: ${someOf(files, 20)} (\`pick unread\`)`
  return [[ink.cyan(`Not read by Codex · you decide (${files.length})`), indent(how, ink)].join('\n')]
}

const tones: Record<Tone, Exclude<keyof TerminalStyles, 'columns'>> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'yellow',
  disputed: 'cyan',
  fixed: 'green',
  quiet: 'dim',
}

const sectionText = ({ title, tone, findings }: Section, ink: TerminalStyles): string =>
  [ink[tones[tone]](`${title} (${findings.length})`), ...findings.map(finding => card(finding, ink))].join('\n')

/** Where the two differ, or agree that nothing is needed, their arguments are part of the finding. */
const card = (finding: DebatedFinding, ink: TerminalStyles): string =>
  finding.outcome === 'disputed' || finding.outcome === 'not-needed'
    ? arguedCard(finding, ink)
    : agreedCard(finding, ink)

function agreedCard(finding: DebatedFinding, ink: TerminalStyles): string {
  const lines = [
    finding.body,
    finding.fix && `Fix: ${finding.fix}`,
    stillThere(finding),
    whosePriority(finding),
  ].filter(Boolean)
  return [headLine(finding, ink), ...lines.map(line => indent(line, ink))].join('\n')
}

/** Why the reviewer says that it is still there after the fix. */
const stillThere = ({ history, positions, fate }: DebatedFinding): string =>
  history.length > 0 && fate !== 'resolved' ? `Codex, re-check: ${oneLine(positions[0]!.reason)}` : ''

/** How two priorities became one, when they differ. */
function whosePriority({ positions, priority }: DebatedFinding): string {
  const [codex, claude] = [standing(positions, 'codex'), standing(positions, 'claude')]
  if (!codex || !claude || codex.priority === claude.priority) return ''
  const isLower = isAboveLine(codex.priority) === isAboveLine(claude.priority)
  const counts = isLower ? 'the lower one counts' : `${priority === codex.priority ? 'Codex’s' : 'Claude’s'} counts`
  return `Codex says ${codex.priority}, Claude ${claude.priority}; ${counts}. Claude: ${oneLine(reasonOf(claude))}`
}

/** What it is about, since whoever decides has to know that, and then what each of the two says and shows. */
function arguedCard(finding: DebatedFinding, ink: TerminalStyles): string {
  const { body, fix, quote } = finding
  const about = [body, quote && `Quote: \`${oneLine(quote)}\``, fix && `Fix: ${fix}`].filter(Boolean)
  const says = (['codex', 'claude'] as const)
    .map(by => [by, standing(finding.positions, by)] as const)
    .map(([by, position]) => `${names[by]}: ${argument(position)}`)
  return [headLine(finding, ink), ...[...about, ...says].map(line => indent(line, ink))].join('\n')
}

const argument = (position: Position | null): string =>
  position ? [`${claim(position)} — ${oneLine(reasonOf(position))}`, ...shown(position)].join(' · ') : 'no answer'

/** The code that a position shows. */
const shown = ({ cited = [] }: Position): string[] =>
  cited.map(place => `${place.file && `${fileAndLine(place)} `}\`${oneLine(place.quote)}\``)

function headLine(finding: DebatedFinding, ink: TerminalStyles): string {
  const marks = [
    finding.outcome === 'disputed' || finding.outcome === 'not-needed' ? called(finding) : '',
    finding.kind === 'defect' ? '' : finding.kind,
    ...remarks(finding),
    finding.failedFixes > 0 &&
      finding.fate !== 'resolved' &&
      `not resolved after ${counted(finding.failedFixes, 'attempt')}`,
  ].filter(Boolean)
  return `  ${ink.bold(finding.id)} ${finding.title}${marks.length > 0 ? ` [${marks.join(', ')}]` : ''}  ${ink.dim(fileAndLine(finding))}`
}

/** How urgent it is where the section does not say so; `remarks` says it of what was once more urgent. */
const called = (finding: DebatedFinding): string => (highestHeld(finding) === finding.priority ? finding.priority : '')

const indent = (text: string, { columns }: TerminalStyles): string =>
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
