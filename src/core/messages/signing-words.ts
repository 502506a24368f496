import { unneededReasons } from '../../model/ledger/fields.ts'
import { type DebatedFinding, debated, findingsWith, type Run } from '../ledger/state.ts'
import { andMore, someOf } from '../text/wording.ts'
import { byPriority } from './run-lines.ts'

// What the line that signs has to say besides.

/** What a signature covers although somebody raised it: what both withdrew, and what the user left. */
export function notFixed(run: Run): string[] {
  const withdrawn = findingsWith(run, 'not-needed').filter(({ fate }) => fate !== 'resolved' && fate !== 'dismissed')
  const left = debated(run).filter(({ fate, outcome }) => fate === 'left' && outcome !== 'not-needed')
  const named = (what: string, findings: DebatedFinding[]) =>
    findings.length > 0 ? [`${what} ${byPriority(findings)} (${andMore(findings.map(({ id }) => id))})`] : []
  return [...named('agreed not needed:', withdrawn), ...named('you left', left)]
}

/** What a signature covers although Codex has not read it: by the user's word, or because it need not be read. */
export function notRead({ reviews }: Run, unread: string[]): string[] {
  const accepted = unread.length > 0 ? [`signed without Codex having read: ${someOf(unread, 20)}`] : []
  const needless = byReason(reviews.unneeded)
  return [...accepted, ...(needless ? [needless] : [])]
}

/** `not to be read: 1 deleted (a.js), 2 generated (b.lock, c.js)`; empty where there is none. */
export function byReason(unneeded: Record<string, string>): string {
  const groups = unneededReasons.flatMap(why => {
    const files = Object.keys(unneeded).filter(path => unneeded[path] === why)
    return files.length > 0 ? [`${files.length} ${why} (${someOf(files, 3)})`] : []
  })
  return groups.length > 0 ? `not to be read: ${groups.join(', ')}` : ''
}

/** What only the user can sign over, where there is any. */
export const toSign = (run: Run): string[] =>
  run.reviews.unread.length > 0
    ? [`Codex has not read ${someOf(run.reviews.unread)}; only you can sign without that`]
    : []

/** What ignore rules keep out of a signature. */
export const withoutHidden = (hidden: string[]): string =>
  hidden.length > 0 ? `; without ${someOf(hidden)}, which ignore rules added since the last review hide` : ''
