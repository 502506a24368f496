import type { Position } from '../../model/finding.ts'
import { isAboveLine, standing } from '../ledger/debate.ts'
import { unreadOffered } from '../ledger/lists.ts'
import type { DebatedFinding, Run } from '../ledger/state.ts'
import { plain, type TerminalStyles } from '../text/terminal-styles.ts'
import { counted, fileAndLine, oneLine, someOf } from '../text/wording.ts'
import { claim, names, reasonOf, remarks, type Section, sections, type Tone } from './sections.ts'

/** The agreed list by priority, then disputed, then agreed not needed: what the user chooses from. */
export function listText(run: Run, ink: TerminalStyles = plain): string {
  const shown = [...sections(run).map(section => sectionText(section, ink)), unreadSection(run, ink)].filter(Boolean)
  return shown.length > 0 ? shown.join('\n\n') : 'No findings.'
}

/** The files that nobody signs over unasked, with the word that does. */
function unreadSection(run: Run, ink: TerminalStyles): string {
  const files = unreadOffered(run)
  if (files.length === 0) return ''
  const how = `Sign without Codex having read: ${someOf(files, 20)} (\`pick unread\`)`
  return [ink.cyan(`Not read by Codex · you decide (${files.length})`), indent(how, ink)].join('\n')
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

/** Where the two differ, or agree that nothing is needed, their arguments say more than the finding. */
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

function arguedCard(finding: DebatedFinding, ink: TerminalStyles): string {
  const says = (['codex', 'claude'] as const)
    .map(by => [by, standing(finding.positions, by)] as const)
    .map(([by, position]) => indent(`${names[by]}: ${argument(position)}`, ink))
  return [headLine(finding, ink), ...says].join('\n')
}

const argument = (position: Position | null): string =>
  position ? `${claim(position)} — ${oneLine(reasonOf(position))}` : 'no answer'

function headLine(finding: DebatedFinding, ink: TerminalStyles): string {
  const marks = [
    finding.kind === 'defect' ? '' : finding.kind,
    ...remarks(finding),
    finding.failedFixes > 0 &&
      finding.fate !== 'resolved' &&
      `not resolved after ${counted(finding.failedFixes, 'attempt')}`,
  ].filter(Boolean)
  return `  ${ink.bold(finding.id)} ${finding.title}${marks.length > 0 ? ` [${marks.join(', ')}]` : ''}  ${ink.dim(fileAndLine(finding))}`
}

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
