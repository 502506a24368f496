import type { Position } from '../../model/finding.ts'
import type { DebatedFinding, Run } from '../ledger/state.ts'
import { bill, unreviewed } from '../messages/run-lines.ts'
import { answersOf, claim, names, occasion, reasonOf, remarks, type Section, sections } from '../messages/sections.ts'
import { fileAndLine, oneLine, someOf } from '../text/wording.ts'
import { escaped } from './markdown-words.ts'

/** The findings as Markdown, for a pull request or a chat. */
export function findingsMarkdown(run: Run | null): string {
  if (!run) return 'No change has been reviewed yet.'
  const parts = [
    `# Countersign: ${run.stage === 'countersigned' ? 'countersigned in' : `${run.stage},`} cycle ${run.cycle}`,
    run.owed ? `> **${escaped(oneLine(unreviewed(run.owed)))}**` : '',
    ...sections(run).map(section),
    run.review?.notReviewed.length ? `Not reviewed by Codex: ${code(someOf(run.review.notReviewed, 50))}` : '',
    `_${bill(run)}_`,
  ]
  return parts.filter(Boolean).join('\n\n')
}

const section = ({ title, findings }: Section): string => [`## ${title}`, ...findings.map(item)].join('\n\n')

function item(finding: DebatedFinding): string {
  const marks = [finding.kind, ...remarks(finding)]
  const lines = [
    `### ${finding.id} ${escaped(oneLine(finding.title))}`,
    `${code(fileAndLine(finding))} · ${marks.join(' · ')}`,
    escaped(finding.body),
    finding.quote ? fenced(finding.quote) : '',
    finding.fix ? `**Smallest fix:** ${escaped(finding.fix)}` : '',
    answersOf(finding).map(line).join('\n'),
  ]
  return lines.filter(Boolean).join('\n\n')
}

const line = (position: Position): string =>
  `- **${names[position.by]}**, ${occasion(position)}: ${claim(position)} — ${escaped(oneLine(reasonOf(position)))}`

/** In code nothing is markup but its own end. */
const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``

/** A quote must not end its own fence. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(run => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}\n${fence}`
}
