import { type Resolution, unneededReasons } from '../../model/ledger/fields.ts'
import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import { wasAboveLine } from '../ledger/debate.ts'
import { beyondInWords, byTitle, waitingFor } from '../ledger/kept.ts'
import { choosable, unreadOffered } from '../ledger/lists.ts'
import { type DebatedFinding, debated, findingsWith, openFindings, type Run } from '../ledger/state.ts'
import { andMore, counted, someOf } from '../text/wording.ts'
import { byPriority } from './run-lines.ts'

// What is told of findings that outlive a review, a list or a change, and of files that no review has read.

const idsOf = (findings: DebatedFinding[]): string => andMore(findings.map(({ id }) => id))

/** What a signature covers although somebody raised it: what both withdrew, what the user left, and what nobody has seen. */
export function notFixed(run: Run, { beyond = {}, kept = [] }: HappeningOf<'countersigned'>): string[] {
  const withdrawn = findingsWith(run, 'not-needed').filter(({ fate }) => fate !== 'resolved' && fate !== 'dismissed')
  const left = debated(run).filter(({ fate, outcome }) => fate === 'left' && outcome !== 'not-needed')
  const named = (what: string, findings: DebatedFinding[]) =>
    findings.length > 0 ? [`${what} ${byPriority(findings)} (${idsOf(findings)})`] : []
  const over = beyondInWords(beyond)
  return [
    ...named('agreed not needed:', withdrawn),
    ...named('you left', left),
    ...(over ? [`left out of a review: ${over}`] : []),
    ...(kept.length > 0 ? [`raised before, not found in this tree: ${andMore(kept)}`] : []),
  ]
}

/** How a check of earlier findings ended. What was critical or high, and nobody picked, is told by its name. */
export function checkedLine(resolved: Resolution[], run: Run | null): string[] {
  if (resolved.length === 0) return []
  const picked = run?.choice.picked ?? []
  const which = resolved.every(({ id }) => picked.includes(id)) ? 'picked finding' : 'earlier finding'
  const gone = resolved.filter(one => one.resolved)
  const named = (run?.findings ?? []).filter(
    finding => wasAboveLine(finding) && !picked.includes(finding.id) && gone.some(({ id }) => id === finding.id),
  )
  const names = named.length > 0 ? ` (${andMore(named.map(one => `${one.id} ${byTitle(one)}`))})` : ''
  return [`${gone.length} of ${counted(resolved.length, which)} resolved${names}`]
}

/** What there is of a review that waits for its change, in a few words. */
function held(run: Run): string {
  const list = choosable(run)
  const of = (outcome: DebatedFinding['outcome']) => list.filter(finding => finding.outcome === outcome)
  const open = openFindings(run)
  const picked = list.filter(({ fate }) => fate === 'picked')
  const parts = [
    of('agreed').length > 0 && `agreed: ${byPriority(of('agreed'))}`,
    of('disputed').length > 0 && `disputed: ${of('disputed').length}`,
    open.length > 0 && `in debate: ${open.length}`,
    run.parts.length > 0 && `${counted(run.parts.length, 'part')} reviewed`,
    picked.length > 0 && `picked: ${idsOf(picked)}`,
  ].filter(Boolean)
  return parts.join(', ') || 'no findings'
}

/** What becomes of a run whose change is not in the tree any more. */
export function withdrawnLine(run: Run | null): string {
  const back = 'the working tree is as it was before this change'
  const isReviewed = run && (run.reviews.trees.length > 0 || run.parts.length > 0 || run.review !== null)
  if (!isReviewed) return `${back}; nothing is left to review`
  return `${back}. Its review (${held(run)}) is kept and continues if the change comes back before another one begins; what is critical or high in it stays open whenever its code comes back.`
}

/** That findings are open again. */
export const reopenedLine = ({ names }: HappeningOf<'reopened'>): string =>
  `raised before and open again, since the code is here: ${andMore(names)}`

/** That the list which the user was to choose from has been left by an edit. */
export function choiceEnded({ undecided = [] }: HappeningOf<'entered'>): string | null {
  if (undecided.length === 0) return null
  const stay = undecided.length === 1 ? 'stays open and is' : 'stay open and are'
  return `! files changed while the choice was open, so it ends without a pick: ${andMore(undecided)} ${stay} checked in the next review`
}

/** That the choice is open. */
export function choiceWaits({ ids }: HappeningOf<'choice-waits'>, { run }: { run: Run | null }): string {
  const unread = unreadOffered(run)
  const open = [
    ...(ids.length > 0 ? [andMore(ids)] : []),
    ...(unread.length > 0 ? [`not read: ${someOf(unread)}`] : []),
  ]
  const ways = [...(ids[0] ? [`pick ${ids[0]}`] : []), unread.length > 0 ? 'pick unread' : 'pick none']
  return `the choice is open (${open.join('; ')}), so nothing is countersigned. Type ${ways.map(way => `\`${way}\``).join(' or ')}; \`npx countersign findings\` shows the list.`
}

/** What waits for its code, for the status. */
export const waitingLine = (run: Run): string => andMore(waitingFor(run).map(byTitle))

/** Findings that no list has, since one review raised too many. */
export const leftOutLine = (run: Run | null): string =>
  `! ${beyondInWords(run?.reviews.beyond ?? {})} left out, since one review raised more findings than a list can take; nobody has seen these.`

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
    return files.length > 0
      ? [`${files.length} ${why === 'left out' ? 'left out by name' : why} (${someOf(files, 3)})`]
      : []
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
