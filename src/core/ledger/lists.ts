import { priorities } from '../../model/priority.ts'
import { agreedBy, bothSayNotNeeded, isPriorityAsked, wasAboveLine } from './debate.ts'
import { type DebatedFinding, debated, findingsWith, type Run } from './state.ts'

// The findings of a run, as whoever chooses, reviews or answers next has to see them.

/** Agreed findings of which a rebuttal that is due anyway asks how urgent they are. */
export const priorityAsked = (run: Run): DebatedFinding[] =>
  debated(run).filter(finding => finding.fate === 'pending' && isPriorityAsked(finding))

const isThere = ({ fate }: DebatedFinding): boolean => fate !== 'resolved'

/** Findings that are put to the user: agreed or disputed, and neither fixed nor decided against. */
export const choosable = (run: Run): DebatedFinding[] =>
  findingsWith(run, 'agreed', 'disputed').filter(({ fate }) => fate !== 'resolved' && fate !== 'dismissed')

/** Critical or high for one of the two, and settled between them: the user sees it before anything is countersigned. */
const withdrawn = (run: Run): DebatedFinding[] =>
  findingsWith(run, 'not-needed').filter(finding => isThere(finding) && wasAboveLine(finding))

/** What a question offers, in the order of every list: the list, and what the user has to see although both settled it. */
export const offered = (run: Run): DebatedFinding[] =>
  inOrder([...choosable(run), ...withdrawn(run).filter(({ fate }) => fate !== 'dismissed')])

/** Both now call it not needed, whether that counts or not. */
export const hasWithdrawn = ({ outcome, positions }: DebatedFinding): boolean =>
  outcome === 'not-needed' || (outcome === 'disputed' && bothSayNotNeeded(positions))

/**
 * Agreed first by priority, what both called needed at once before what one had to be persuaded of; then disputed; then what
 * both withdrew.
 */
export const inOrder = (findings: DebatedFinding[]): DebatedFinding[] =>
  [...findings].sort((a, b) => rank(a) - rank(b) || surest(a) - surest(b))

const surest = (finding: DebatedFinding): number => Number(agreedBy(finding) === 'conceded')

const rank = (finding: DebatedFinding): number =>
  finding.outcome === 'agreed'
    ? priorities.indexOf(finding.priority)
    : priorities.length + Number(hasWithdrawn(finding))

/** What the user has not decided yet, and has to see. */
export const undecided = (run: Run): DebatedFinding[] => offered(run).filter(({ fate }) => fate === 'pending')

/** Whatever was raised and is decided between the two; what is outside the frozen scope was never debated. */
const listed = (run: Run): DebatedFinding[] =>
  run.findings.filter(finding => isThere(finding) && (finding.outcome !== 'open' || !finding.inScope))

/** Changed files that Codex was to read and never has: nothing is signed over them without the user's word. */
export const unread = ({ reviews }: Run): string[] => reviews.unread

/** The same where the user can give that word now. */
export const unreadOffered = (run: Run | null): string[] =>
  run?.status === 'on' && run.stage === 'choice' ? unread(run) : []

/**
 * What a pick may name now: all that was raised once the debate or the whole run is over, and what is decided so far when the
 * debate waits for a reviewer that cannot answer.
 */
export const pickable = (run: Run | null): DebatedFinding[] =>
  run &&
  run.status !== 'away' &&
  (run.status === 'over' || ['choice', 'fix'].includes(run.stage) || (run.stage === 'debate' && run.owed))
    ? listed(run)
    : []

/** What the next review has to look at again: what the user picked, and what nobody has decided yet. */
export const toCheck = (run: Run): DebatedFinding[] =>
  debated(run).filter(({ fate, outcome }) => fate === 'picked' || (fate === 'pending' && outcome !== 'not-needed'))
