import type { Position } from '../../model/finding.ts'
import type { DebatedFinding, Run } from '../ledger/state.ts'
import { bill, unreviewed } from '../messages/run-lines.ts'
import { answersOf, claim, names, occasion, reasonOf, remarks, type Section, sections } from '../messages/sections.ts'
import { shownPath } from '../text/plain-text.ts'
import { fileAndLine, oneLine } from '../text/wording.ts'
import { calledBy, evidenceWords, howAgreed, leftByUser, unread } from './evidence.ts'
import { escaped } from './markdown-words.ts'

/** The findings as Markdown, for a pull request or a chat. */
export function findingsMarkdown(run: Run | null): string {
  if (!run) return 'No change has been reviewed yet.'
  const parts = [
    `# Countersign: ${run.stage === 'countersigned' ? 'countersigned in' : `${run.stage},`} cycle ${run.cycle}`,
    run.owed ? `> **${escaped(oneLine(unreviewed(run.owed)))}**` : '',
    ...sections(run).map(section),
    leftByUser(run).join('\n'),
    unread(run)
      .map(
        ({ why, paths }) =>
          `- ${why}: ${paths
            .slice(0, 50)
            .map(path => code(shownPath(path)))
            .join(', ')}${paths.length > 50 ? ` and ${paths.length - 50} more` : ''}`,
      )
      .join('\n'),
    `_${bill(run)}_`,
  ]
  return parts.filter(Boolean).join('\n\n')
}

const section = ({ title, findings }: Section): string => [`## ${title}`, ...findings.map(item)].join('\n\n')

function item(finding: DebatedFinding): string {
  const marks = [finding.kind, calledBy(finding), ...remarks(finding)].filter(Boolean)
  const lines = [
    `### ${finding.id} ${escaped(oneLine(finding.title))}`,
    `${code(fileAndLine(finding))} · ${marks.join(' · ')}`,
    escaped(finding.body),
    finding.quote ? fenced(finding.quote) : '',
    finding.fix ? `**Smallest fix:** ${escaped(finding.fix)}` : '',
    howAgreed(finding),
    answersOf(finding).map(line).join('\n'),
  ]
  return lines.filter(Boolean).join('\n\n')
}

function line(position: Position): string {
  const shows = evidenceWords(position)
  const said = `- **${names[position.by]}**, ${occasion(position)}: ${claim(position)} — ${escaped(oneLine(reasonOf(position)))}`
  return shows ? `${said} (${escaped(shows)})` : said
}

/** In code nothing is markup but its own end. */
const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``

/** A quote must not end its own fence. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(run => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}\n${fence}`
}
