import type { TeamDecision } from '../../model/decision.ts'
import type { Finding } from '../../model/finding.ts'
import type { LedgerEntry } from '../../model/ledger/ledger-entry.ts'

/** Characters of the file that are read. */
const mostText = 1_000_000

/**
 * The won't-do decisions that bind the reviewer, a line each: what, and why not. Those the change began with, and those the
 * user has made since; a line that the change itself brings is no decision yet.
 *
 * @param committed The decisions file as the change began with it. Lines that cannot be read are passed over.
 * @param entries The ledger, where it knows of them oldest first.
 */
export function wontDo(committed: string, entries: readonly LedgerEntry[]): string {
  const written = committed.slice(0, mostText).split('\n').flatMap(parse)
  return [...new Set([...written, ...dismissed(entries)].map(line))].join('\n')
}

function parse(text: string): Pick<TeamDecision, 'title' | 'file' | 'reason'>[] {
  // What a failed parse costs, a million empty lines would cost a million times.
  if (!text.trimStart().startsWith('{')) return []
  try {
    const { title, file, reason } = JSON.parse(text)
    return title && reason ? [{ title, file, reason }] : []
  } catch {
    return []
  }
}

/** Lines for the decisions of a text that another one does not have and the user has not made. */
export function decisionsIn(text: string, before: string, entries: readonly LedgerEntry[]): string[] {
  const known = new Set(wontDo(before, entries).split('\n'))
  return wontDo(text, [])
    .split('\n')
    .filter(one => one !== '' && !known.has(one))
}

const line = ({ title, file, reason }: Pick<TeamDecision, 'title' | 'file' | 'reason'>): string =>
  `- ${title}${file ? ` (${file})` : ''}: ${reason}`.replace(/\s+/g, ' ').slice(0, 1000)

/** What the user has dismissed; ids begin anew with each run. */
function dismissed(entries: readonly LedgerEntry[]): Pick<TeamDecision, 'title' | 'file' | 'reason'>[] {
  let findings: Finding[] = []
  return entries.flatMap(entry => {
    if (entry.kind === 'run-started') findings = []
    if (entry.kind === 'reviewed') findings = [...findings, ...entry.findings]
    if (entry.kind !== 'dismissed') return []
    const { ids, reason } = entry
    return findings.filter(({ id }) => ids.includes(id)).map(({ title, file }) => ({ title, file, reason }))
  })
}
