import type { LetGoReason, UnreviewedReason, UnseenReason } from '../../model/ledger/fields.ts'
import type { Happening, HappeningOf } from '../../model/ledger/ledger-entry.ts'
import { isCited } from '../ledger/debate.ts'
import { beyondInWords } from '../ledger/kept.ts'
import { pickable } from '../ledger/lists.ts'
import type { Run, State } from '../ledger/state.ts'
import { andMore, counted, duration, oneLine, someOf } from '../text/wording.ts'
import { besideLines, endUnseen, passedOver } from './out-of-sight.ts'
import { agreement, byPriority, newBounds, notAccepted, unreviewed, whyNotYou } from './run-lines.ts'
import { signature } from './signature.ts'
import { notKnownBefore, testsAgain, testsOutcome } from './tests-lines.ts'
import {
  byReason,
  checkedLine,
  choiceEnded,
  choiceWaits,
  leftOutLine,
  reopenedLine,
  toSign,
  withdrawnLine,
} from './what-stays.ts'

/**
 * Tells the user what came of one hook event: a line for each outcome, nothing about what Claude is told anyway. Null
 * when there is nothing to tell.
 *
 * @param deeds What the user is told besides, first.
 */
export function outcomeMessage(entries: Happening[], after: State, deeds: string | null = null): string | null {
  const outcomes = entries.flatMap(entry => {
    const line = outcomeLines[entry.kind]?.(entry as never, after)
    return line ? [line] : []
  })
  const lines = deeds ? [deeds, ...outcomes] : outcomes
  return lines.length > 0 ? `Countersign: ${lines.join('\n')}` : null
}

/** What is not looked at, why, and what brings the gate back. */
const unseenLines: Record<UnseenReason, (about: string) => string> = {
  paused: () =>
    '! the gate is paused in this working tree, so nothing is tested or reviewed. To switch it on:\n  npx countersign resume',
  agents: () =>
    '! this change is not tested or reviewed yet: agents are still running in the background. It is checked when Claude stops after they have ended. To see or end them:\n  /tasks',
  plan: () =>
    '! this change is not tested or reviewed yet: nothing runs in plan mode. It is checked when Claude stops in another mode (Shift+Tab).',
  'other-session': pid =>
    `! nothing was tested or reviewed at this stop: another Claude Code session${pid && ` (process ${pid})`} has the change in this working tree under review. It is checked when that session stops, or here once that session has stopped. \`pick\` works in both.`,
  locked: pid =>
    `! nothing was tested or reviewed at this stop: ${pid ? `process ${pid}` : 'somebody'} has the file .git/countersign/lock, which one event at a time may have. The change is checked at the next stop after that has ended.`,
  'other-tree': path =>
    `! Claude is now in another working tree, which this session does not test or review. To have its changes checked:\n  cd ${path} && claude`,
  nested: paths => `! not looked at: ${paths}. Changes inside a submodule or a nested repository are not reviewed.`,
  outside: home => `only ${home}/ is tested and reviewed. Changes outside of it are not looked at in this session.`,
  config: problems => `! the configuration cannot be read, so nothing was tested or reviewed.\n${problems}`,
}

/** Those whose plain prompts are worth a word: somebody may have typed them. Notifications are many, and nobody's. */
const mayBeTyped: string[] = ['scheduled', 'nested', 'forged', 'unplaced']

const outcomeLines: { [K in Happening['kind']]?: (entry: HappeningOf<K>, after: State) => string | null } = {
  'gate-files': ({ changed, says = [] }) =>
    changed.length > 0
      ? [`! gate files changed: ${changed.join(', ')}. If that was not you, check them.`, ...says].join('\n  ')
      : null,
  heard: ({ by, text, choice, first }) => {
    const why = whyNotYou(by)
    if (choice)
      return `! “${oneLine(text)}” was not taken as your choice: ${why}. To choose, type it yourself; \`countersign pick\` in a terminal of your own also works.`
    if (!first || !mayBeTyped.includes(by)) return null
    return by === 'scheduled'
      ? `“${oneLine(text)}” does not count as your word: ${why}. If you typed it, use other words.`
      : `this prompt does not count as your word: ${why}.`
  },
  session: ({ unseen }) => (unseen && unseen.commits > 0 ? endUnseen(unseen) : null),
  told: ({ what, about }) => unseenLines[what]?.(about) ?? null,
  'tests-ran': testsOutcome,
  'head-moved': ({ head, base, inCycle, over }) => {
    if (!base || head === null) return null
    const passed = over && over.commits > 0 ? passedOver(over) : ''
    const now = inCycle ? '; the change is now what differs from there' : ''
    return passed || now ? `HEAD moved to ${head.slice(0, 8)}${passed}${now}` : null
  },
  'self-reviewed': ({ ready }) => (ready ? null : 'not reviewed yet: Claude says its work is not ready'),
  reopened: reopenedLine,
  reviewed: (
    { reviewed, findings, resolved, seconds, summary, notReviewed, parts: prompts = 1, unsent = [], ...more },
    { run },
  ) => {
    const raised = findings.filter(({ inScope }) => inScope)
    const { tooMany = 0, beyond = {}, read, unread = notReviewed, unneeded = {} } = more
    const parts = [
      ...checkedLine(resolved, run),
      raised.length > 0 ? byPriority(raised) : 'no findings',
      findings.length > raised.length &&
        `${findings.length - raised.length} ${run?.choice.frozenAt ? 'outside the frozen scope' : 'raised before'}`,
      tooMany > 0 && `${beyondInWords(beyond) || `${tooMany} more`} left out (limit of one review)`,
      unread.length > 0 && `not read: ${someOf(unread)}`,
      byReason(unneeded),
      unsent.length > 0 &&
        `${unsent.length} of these not sent to Codex: run limit reached (\`limits\` in .claude/countersign.yaml)`,
    ].filter(Boolean)
    const approval = raised.length === 0 && summary ? ` — ${summary}` : ''
    const time = prompts > 1 ? `${prompts} parts` : duration(seconds)
    // What an earlier cycle has read counts as reviewed, but was not read now.
    const files = read ? Object.keys(read).length : reviewed.length
    return `Codex reviewed ${counted(files, 'file')} in ${time}: ${parts.join('; ')}${approval}`
  },
  'could-not-review': (entry, { run }) => {
    // The run ends with it; the line about that says what comes next.
    if (entry.reason === 'budget') return `! ${unreviewed(entry)}`
    const [part] = entry.call === 'review' ? (run?.parts.slice(-1) ?? []) : []
    const kept = part ? ` ${part.part} of ${part.of} parts are reviewed and kept.` : ''
    const alone =
      entry.call === 'review' ? ' Until then, only the tests and Claude’s self-review cover this change.' : ''
    if (entry.detail.endsWith(notAccepted)) return `! ${unreviewed(entry)}.${kept}${alone}`
    return `! ${unreviewed(entry)}.${kept} ${pending}${alone} ${wayForward[entry.reason]}`
  },
  'no-progress': ({ ids }) =>
    `! two reviews in a row found ${ids.join(', ')} unchanged; you decide, without another debate`,
  'tree-moved': ({ call, files }) =>
    `! ${someOf(files)} changed ${call === 'review' ? 'during the Codex review' : 'while Codex answered'}, so the cycle starts again at the tests`,
  rebutted: ({ positions, seconds, findings = [] }) => {
    const idsOf = (which: (position: (typeof positions)[number]) => boolean) =>
      positions.filter(which).map(({ id }) => id)
    const conceded = idsOf(position => !position.needed && isCited(position))
    const unshown = idsOf(position => !position.needed && !isCited(position))
    const kept = idsOf(({ needed }) => needed)
    const parts = [
      conceded.length > 0 && `concedes ${conceded.join(', ')}`,
      unshown.length > 0 && `says not needed of ${unshown.join(', ')} without showing why`,
      kept.length > 0 && `stands by ${kept.join(', ')}`,
      findings.length > 0 &&
        `raises ${andMore(findings.map(({ id, title }) => `${id} ${oneLine(title)}`))} besides: you decide`,
    ].filter(Boolean)
    return `Codex answered in ${duration(seconds)}: ${parts.join('; ')}`
  },
  entered: (entry, { run }) =>
    entry.stage === 'choice' && run ? [agreement(run), ...toSign(run)].join(' · ') : choiceEnded(entry),
  'unread-accepted': ({ files }) => `you sign without Codex having read ${someOf(files)}`,
  'choice-waits': choiceWaits,
  picked: ({ ids }) => (ids.length > 0 ? `you picked ${ids.join(', ')}` : 'you picked none'),
  'not-covered': ({ paths }) => unseenLines.nested(someOf(paths)),
  looked: ({ beside }) => {
    const lines = besideLines(beside)
    return lines.length > 0 ? `${lines.join('\n')} No countersignature covers that.` : null
  },
  'let-go': ({ why, files, beside = {} }, { run }) => [...besideLines(beside), stopReasons[why](run, files)].join('\n'),
  countersigned: (entry, { run }) => (run ? signature(run, entry) : null),
  withdrawn: (_, { run }) => withdrawnLine(run),
  returned: () => 'the change is in the working tree again; its review continues where it stopped',
}

const pending = 'The review is pending; it runs by itself as soon as Codex is available again.'

const wayForward: Record<Exclude<UnreviewedReason, 'budget'>, string> = {
  missing: 'To install Codex, run `npm install -g @openai/codex`',
  'not-logged-in': 'To log in, run `codex login`',
  'rate-limited': 'You only need to wait.',
  'timed-out': 'The limit is `review.timeoutSeconds` in .claude/countersign.yaml',
  malformed: 'A later stop asks for the rest.',
  sandbox: 'To see why it cannot read, run `codex sandbox`',
  refused: 'To use another model, set `review.model` in .claude/countersign.yaml',
  crashed: 'The next stop tries again. To look for the cause, run `codex doctor`',
}

/** What the user is told when Claude stops before the cycle is finished, each with its mark. */
export const stopReasons: Record<LetGoReason, (run: Run | null, files?: string[]) => string> = {
  red: run =>
    `✗ the tests are still red after the last attempt${notKnownBefore([...(run?.tests.ran.values() ?? [])].at(-1))}, so Claude may stop. Nothing was reviewed. ${testsAgain}`,
  'no-tests': () =>
    `✗ the test command still runs no test after the last attempt, so Claude may stop. Nothing was tested or reviewed. ${testsAgain} Check \`tests\` in .claude/countersign.yaml.`,
  'tests-unable': () =>
    `! Claude stopped with its change untested and unreviewed; both are pending. ${testsAgain} Check \`tests\` in .claude/countersign.yaml.`,
  'tests-move': run =>
    `! ${someOf([...(run?.tests.ran.values() ?? [])].at(-1)?.moved ?? [])} changed during every test run, so Claude may stop and nothing was reviewed. If the tests write there, add it to \`ignore\` in .claude/countersign.yaml.`,
  'no-self-review': () =>
    '! Claude gave no self-review, so Codex was not asked. Claude is asked again after its next change.',
  'not-fixed': run =>
    `! Claude stopped without touching the picked findings (${run?.choice.picked.join(', ') ?? ''}); to continue, type “continue”`,
  'held-too-often': () => '! Claude was sent back too often, so it may stop. The cycle stays where it is.',
  cycles: run => `! limit of ${counted(run?.cycle ?? 0, 'cycle')} reached (\`limits.cycles\`). ${notSigned}`,
  budget: run =>
    `! ${
      run?.owed?.call === 'rebuttal' ? 'the debate is not finished' : 'Codex has not reviewed this change as it is now'
    }. ${notSigned}${stillToPick(run)} ${newBounds}`,
  'seen-before': () =>
    '! this run already reviewed exactly this working tree; another review would change nothing, so Claude may stop',
  unsent: run =>
    `! ${counted(run?.reviews.unsent.length ?? 0, 'file')} not sent to Codex (run limit reached, see \`limits\`): ${someOf(run?.reviews.unsent ?? [])}. ${notSigned}`,
  nested: (_, files = []) =>
    `! not looked at: ${someOf(files)}, a submodule or nested repository that changed. ${notSigned}`,
  beside: () => `! the review is about the working tree alone. ${notSigned}`,
  'left-out': run => `${leftOutLine(run)} ${notSigned}`,
  withheld: () =>
    `! this change only touches sensitive files (by their names), which are never sent to Codex. ${notSigned}`,
}

const notSigned = 'This change is not countersigned. It is yours to judge.'

function stillToPick(run: Run | null): string {
  const ids = pickable(run).map(({ id }) => id)
  return ids.length > 0 ? ` You can still pick ${ids.join(', ')}.` : ''
}
