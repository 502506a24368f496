import type { StatusDocument } from '../../model/documents/status-document.ts'
import type { StageName } from '../../model/ledger/fields.ts'
import { undecided } from '../ledger/lists.ts'
import { findingsWith, openFindings, openRun, type Run, type State } from '../ledger/state.ts'
import { bill, newBounds, unreviewed } from '../messages/run-lines.ts'
import { testsLine, testsNext } from '../messages/tests-lines.ts'
import { waitingLine } from '../messages/what-stays.ts'
import { localTime } from '../text/local-time.ts'
import { plain, type TerminalStyles } from '../text/terminal-styles.ts'
import { counted } from '../text/wording.ts'
import { wrapped } from '../text/wrapped.ts'
import { type Now, nowWords } from './now.ts'

/** The `status --json` document. */
export function statusJson(state: State, now: Now | null = null): StatusDocument {
  const { run } = state
  const tests = run?.tests.ran.get(run.tree)
  return {
    version: 2,
    stage: run ? run.stage : 'idle',
    cycle: run?.cycle ?? 0,
    round: run?.round ?? 0,
    fingerprint: run?.tree ?? state.settled?.tree ?? null,
    tests: tests ? { result: tests.result, seconds: tests.seconds } : { result: null, seconds: 0 },
    owed: run?.owed ? { reason: run.owed.reason, until: run.owed.until } : null,
    open: run ? openFindings(run).length : 0,
    agreed: run ? findingsWith(run, 'agreed').length : 0,
    disputed: run ? findingsWith(run, 'disputed').length : 0,
    picked: run?.choice.picked.length ?? 0,
    paused: state.paused,
    now,
  }
}

/**
 * Where the cycle stands, on one screen.
 *
 * @param tree The working tree as it is now: where it is another one, what stands here is not about it. Null where git cannot
 *   tell; undefined where nobody asks.
 */
export function statusText(
  state: State,
  ink: TerminalStyles = plain,
  now: Now | null = null,
  tree?: string | null,
): string {
  const since = changedSince(state, tree)
  if (state.paused)
    return `${ink.yellow('Paused')}: nothing is tested or reviewed. To continue, run \`npx countersign resume\`${since && `\n${since}`}`
  const { run } = state
  const open = openRun(state)
  if (!run) return `${ink.bold('Idle')}: a cycle starts when Claude next stops after a change.${since && `\n${since}`}`
  const rows = [
    [
      'Stage',
      run.status === 'on'
        ? `${run.stage} · cycle ${run.cycle}${run.round ? ` · round ${run.round}` : ''}`
        : closed(run),
    ],
    ['Tree', since],
    ['Now', now ? `${nowWords[now.what]}, since ${localTime(now.since)} (${now.detail})` : ''],
    ['Tests', testsLine(run.tests.ran.get(run.tree) ?? null)],
    ['Review', reviewLine(run)],
    ['Findings', findingsLine(run)],
    ['Picked', pickedLine(run)],
    ['Elsewhere', waitingLine(run)],
    ['Pending', run.owed ? unreviewed(run.owed) : ''],
    ['Bill', bill(run)],
    ['Next', open ? next[open.stage](open, state) : state.limitReached ? newBounds : ''],
  ]
  const lines = rows.filter(([, value]) => value).map(([name, value]) => `${ink.dim(name!.padEnd(9))} ${value}`)
  return wrapped(lines.join('\n'), ink.columns, () => 10)
}

/** Said where what was tested or reviewed is not what is there: after an edit by hand, a pause, in plan mode. */
function changedSince(state: State, tree: string | null | undefined): string {
  const last = openRun(state)?.tree ?? state.settled?.tree
  if (tree === undefined || tree === last || last === undefined) return ''
  return tree === null
    ? 'Whether the tree has changed since cannot be told: git failed here. To see why, run `git status`'
    : 'The tree has changed since: what is there now has not been tested or reviewed.'
}

const closed = (run: Run): string =>
  run.stage === 'countersigned'
    ? `countersigned in cycle ${run.cycle}`
    : run.status === 'away'
      ? `${run.stage} · cycle ${run.cycle}, waiting for its change to come back to this working tree`
      : `ended in cycle ${run.cycle}, not countersigned`

function findingsLine(run: Run): string {
  const counts = [
    [findingsWith(run, 'agreed').length, 'agreed'],
    [findingsWith(run, 'disputed').length, 'disputed'],
    [findingsWith(run, 'not-needed').length, 'agreed not needed'],
    [openFindings(run).length, 'open'],
  ] as const
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(', ')
}

function pickedLine({ choice: { picked, none }, findings }: Run): string {
  if (none) return picked.length > 0 ? `none, after ${picked.join(', ')}` : 'none'
  const fixed = findings.filter(({ id, fate }) => picked.includes(id) && fate === 'resolved').length
  return picked.length > 0 ? `${picked.join(', ')}${fixed > 0 ? ` (${fixed} of ${picked.length} resolved)` : ''}` : ''
}

function reviewLine({ review, owed }: Run): string {
  if (owed?.call === 'review') return 'none by Codex yet; only the tests and Claude’s self-review so far'
  if (!review || review.result === 'could-not-review') return ''
  const read = counted(review.reviewed.length, 'file')
  return `${review.result === 'passed' ? 'approved' : 'findings'}, ${read} read${
    review.notReviewed.length > 0 ? `, ${review.notReviewed.length} not read` : ''
  }`
}

const next: Record<StageName, (run: Run, state: State) => string> = {
  tests: testsNext,
  'self-review': () => 'Claude reviews its own change and says `self-review: ready`.',
  review: () => 'Codex reviews when Claude next stops.',
  debate: () => 'Claude answers the open findings, then Codex replies.',
  choice: run =>
    `You choose: \`npx countersign pick\`, or type \`pick ${undecided(run)[0]?.id ?? 'unread'}\` to Claude.`,
  fix: run => `Claude fixes ${run.choice.picked.join(', ')}; then the cycle runs again.`,
}
