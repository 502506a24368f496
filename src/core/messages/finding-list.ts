import type { Position, Speaker } from '../../model/finding.ts'
import { changesMind, highestHeld, isAboveLine, standing } from '../ledger/debate.ts'
import { beyondInWords, byTitle, waitingFor } from '../ledger/kept.ts'
import { unreadOffered } from '../ledger/lists.ts'
import type { DebatedFinding, Run } from '../ledger/state.ts'
import { plain, type TerminalStyles } from '../text/terminal-styles.ts'
import { counted, fileAndLine, oneLine, someOf } from '../text/wording.ts'
import { wrapped } from '../text/wrapped.ts'
import { claim, names, reasonOf, remarks, type Section, sections, type Tone } from './sections.ts'

/** The line to know a finding by, and the lines below it. */
type Card = (finding: DebatedFinding) => string[]

/**
 * The agreed list by priority, then disputed, then agreed not needed: what the user chooses from.
 *
 * @param more What a report says of a finding besides.
 */
export const listText = (run: Run, ink: TerminalStyles = plain, more: Card = () => []): string =>
  listOf(run, ink, finding => [...card(finding, ink), ...more(finding)])

/** The same where each has been told in full before: of what is agreed, the line to know it by. */
export const briefList = (run: Run): string =>
  listOf(run, plain, finding => (finding.outcome === 'agreed' ? [headLine(finding, plain)] : card(finding, plain)))

function listOf(run: Run, ink: TerminalStyles, cardOf: Card): string {
  const shown = [...sections(run).map(section => sectionText(section, ink, cardOf)), ...notListed(run, ink)]
  return shown.length > 0 ? shown.join('\n\n') : 'No findings.'
}

/** What the list does not hold: unread files, findings whose code is elsewhere, what one review raised beyond its limit. */
function notListed(run: Run, ink: TerminalStyles): string[] {
  const waiting = waitingFor(run)
  const title = `Raised before · not found in this tree (${waiting.length})`
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

function sectionText({ title, tone, findings }: Section, ink: TerminalStyles, cardOf: Card): string {
  const cards = findings.map(finding => {
    const [head, ...lines] = cardOf(finding)
    return [head, ...lines.filter(Boolean).map(line => indent(line, ink))].join('\n')
  })
  return [ink[tones[tone]](`${title} (${findings.length})`), ...cards].join('\n')
}

/** Where the two differ, or agree that nothing is needed, their arguments are part of the finding. */
const card = (finding: DebatedFinding, ink: TerminalStyles): string[] =>
  finding.outcome === 'disputed' || finding.outcome === 'not-needed'
    ? arguedCard(finding, ink)
    : agreedCard(finding, ink)

const agreedCard = (finding: DebatedFinding, ink: TerminalStyles): string[] => [
  headLine(finding, ink),
  finding.body,
  finding.fix && `Fix: ${finding.fix}`,
  stillThere(finding),
  whosePriority(finding),
]

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
function arguedCard(finding: DebatedFinding, ink: TerminalStyles): string[] {
  const { body, fix, quote } = finding
  const says = (['codex', 'claude'] as const).map(by => `${names[by]}: ${argument(finding.positions, by)}`)
  return [headLine(finding, ink), body, quote && `Quote: \`${oneLine(quote)}\``, fix && `Fix: ${fix}`, ...says]
}

/** What a model said last; a change of mind that shows no code stands beside what it changes nothing of. */
function argument(positions: Position[], by: Speaker): string {
  const [last, counts] = [positions.findLast(one => one.by === by), standing(positions, by)]
  if (!last || !counts) return 'no answer'
  const before =
    last === counts || !changesMind(counts, last) ? '' : `shows no other code for it; before: ${claim(counts)}`
  return [`${claim(last)} — ${oneLine(reasonOf(last))}`, ...shown(last), before].filter(Boolean).join(' · ')
}

/** The code that a position shows, where its words do not. */
const shown = ({ cited = [], reason }: Position): string[] =>
  cited
    .filter(({ quote }) => !oneLine(reason).includes(oneLine(quote)))
    .map(place => `${place.file && `${fileAndLine(place)} `}\`${oneLine(place.quote)}\``)

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
  wrapped(text.replace(/^/gm, '     '), columns, () => 5)
