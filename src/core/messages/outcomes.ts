import type { Happening, LetGoReason, UnreviewedReason } from '../../model/ledger-entry.ts'
import { pickable, type Run, runsAgain, type State } from '../ledger/state.ts'
import { counted, duration, someOf } from '../text/wording.ts'
import { agreement, bill, byPriority, suiteNote, unreviewed } from './run-lines.ts'

type Of<K extends Happening['kind']> = Extract<Happening, { kind: K }>

/**
 * Tells the user what came of one hook event: a line for each outcome, nothing about what Claude is told anyway. Null
 * when there is nothing to tell.
 */
export function outcomeMessage(entries: Happening[], after: State): string | null {
  const lines = entries.flatMap(entry => {
    const line = outcomeLines[entry.kind]?.(entry as never, after)
    return line ? [line] : []
  })
  return lines.length > 0 ? `Countersign: ${lines.join('\n')}` : null
}

const outcomeLines: { [K in Happening['kind']]?: (entry: Of<K>, after: State) => string | null } = {
  'gate-files': ({ changed }) =>
    changed.length > 0
      ? `! the gate's own files were changed: ${changed.join(', ')}. If that was not you, look at them`
      : null,
  'tests-ran': ({ result, seconds, suites, moved = [] }) => {
    // A run during which files changed speaks of no tree that is there; another one follows.
    if (result === 'none' || moved.length > 0) return null
    if (result === 'green') return `✓ tests green in ${duration(seconds)}`
    const bad = suites.filter(suite => suite.result === (result === 'red' ? 'red' : 'unable'))
    const which = bad.map(suite => `${suite.name}: ${suiteNote(suite)}`).join(', ')
    return result === 'red'
      ? `✗ tests red in ${duration(seconds)} (${which})`
      : `! the tests could not be run (${which})`
  },
  'head-moved': ({ head, base, inCycle }) =>
    base && inCycle ? `HEAD went to ${head?.slice(0, 8)}; the change is what differs from there` : null,
  'self-reviewed': ({ ready }) => (ready ? null : 'Claude says its work is not ready; Codex comes in when it is'),
  reviewed: ({ reviewed, findings, resolved, seconds, summary, notReviewed, parts: prompts = 1, unsent = [] }) => {
    const raised = findings.filter(({ inScope }) => inScope)
    const fixed = resolved.filter(one => one.resolved).length
    const parts = [
      resolved.length > 0 && `${fixed} of ${counted(resolved.length, 'picked finding')} resolved`,
      raised.length > 0 ? byPriority(raised) : 'no finding',
      findings.length > raised.length && `${findings.length - raised.length} outside the frozen scope`,
      notReviewed.length > 0 && `not read: ${someOf(notReviewed)}`,
      unsent.length > 0 &&
        `${unsent.length} of these never sent: a bound of the run was reached (\`limits\` in .claude/countersign.yaml)`,
    ].filter(Boolean)
    const approval = raised.length === 0 && summary ? ` — ${summary}` : ''
    const time = prompts > 1 ? `${prompts} parts` : duration(seconds)
    return `Codex reviewed ${counted(reviewed.length, 'file')} in ${time}: ${parts.join('; ')}${approval}`
  },
  'could-not-review': (entry, { run }) => {
    // The run ends with it, and that says how things go on.
    if (entry.reason === 'budget') return `! ${unreviewed(entry)}`
    const [part] = entry.call === 'review' ? (run?.parts.slice(-1) ?? []) : []
    const kept = part ? ` ${part.part} of ${part.of} parts are reviewed and kept.` : ''
    const alone =
      entry.call === 'review' ? ' Until then this is single-model: tests and Claude’s own review alone.' : ''
    return `! ${unreviewed(entry)}.${kept}${alone} The review is owed and is made up for by itself; ${wayForward[entry.reason]}`
  },
  'no-progress': ({ ids }) =>
    `! two reviews in a row found ${ids.join(', ')} as before: yours to decide, without another debate`,
  'tree-moved': ({ files }) =>
    `! ${someOf(files)} changed while Codex was at work, which can write nothing: was it you? The cycle goes back to the tests`,
  rebutted: ({ positions, seconds }) => {
    const concedes = (position: (typeof positions)[number]) => !position.needed && Boolean(position.concession)
    const conceded = positions.filter(concedes).map(({ id }) => id)
    const held = positions.filter(position => !concedes(position)).map(({ id }) => id)
    const parts = [
      conceded.length > 0 && `concedes ${conceded.join(', ')}`,
      held.length > 0 && `holds to ${held.join(', ')}`,
    ].filter(Boolean)
    return `Codex answered in ${duration(seconds)}: ${parts.join('; ')}`
  },
  entered: ({ stage }, { run }) => (stage === 'choice' && run ? agreement(run) : null),
  picked: ({ ids }) => (ids.length > 0 ? `you picked ${ids.join(', ')}` : 'you picked none'),
  'let-go': ({ why }, { run }) => stopReasons[why](run),
  countersigned: (_, { run }) => (run ? `✓ countersigned in cycle ${run.cycle}: ${bill(run)}` : null),
  withdrawn: (_, { run }) =>
    run
      ? `the tree is back where this change began; its review (${agreement(run)}) is kept, and goes on if the change comes back before another one begins`
      : 'the tree is back where this change began; nothing is left to review',
  returned: () => 'the change is back, and its review goes on where it stood',
}

const wayForward: Record<Exclude<UnreviewedReason, 'budget'>, string> = {
  missing: 'install it with `npm install -g @openai/codex`',
  'not-logged-in': 'log in with `codex login`',
  'rate-limited': 'nothing to do but wait',
  'timed-out': 'review.timeoutSeconds in .claude/countersign.yaml is the limit',
  malformed: 'the next stop tries again',
  sandbox: 'try `codex sandbox` by hand to see why it cannot read',
  refused: 'review.model in .claude/countersign.yaml names another model',
  crashed: 'the next stop tries again; `codex doctor` may say more',
}

/** What the user is told when Claude stops before the cycle is finished, each with its mark. */
export const stopReasons: Record<LetGoReason, (run: Run | null) => string> = {
  red: () =>
    `✗ the tests are still red and the attempts are spent; Claude was let go. Nothing has been reviewed. ${testsAgain}`,
  'tests-unable': () =>
    `! Claude was let go with its change untested and unreviewed; both are owed. ${testsAgain} See \`tests\` in .claude/countersign.yaml`,
  'tests-move': run =>
    `! ${someOf([...(run?.tests.values() ?? [])].at(-1)?.moved ?? [])} changed at each run of the tests; Claude was let go, nothing has been reviewed. If the tests write there, put it under \`ignore\` in .claude/countersign.yaml`,
  'no-self-review': () => '! Claude gave no self-review; Codex was not asked. The next change comes back to it',
  'not-fixed': run =>
    `! Claude stopped without touching the picked findings (${run?.picked.join(', ') ?? ''}); say “go on” to go on`,
  'held-too-often': () => '! Claude was sent back too often and was let go. The cycle stands where it is',
  cycles: run =>
    `! ${run?.cycle ?? 0} cycles are spent (limits.cycles); this change is handed to you and is not countersigned`,
  budget: run =>
    `! this change is handed to you and is not countersigned: ${
      run?.owed?.call === 'rebuttal' ? 'the debate on it is not over' : 'Codex has not reviewed it as it stands'
    }.${stillToPick(run)} ${newBounds}`,
  'seen-before': () =>
    '! this tree has been reviewed in this run before, so that reviewing it again would change nothing; Claude was let go',
  unsent: run =>
    `! ${counted(run?.unsent.length ?? 0, 'file')} of this change were never sent to Codex, a bound of the run being reached (\`limits\`): ${someOf(run?.unsent ?? [])}. The change is handed to you and is not countersigned`,
  withheld: () =>
    '! this change is in files that hold secrets by their names, which are never sent to Codex; it is handed to you and is not countersigned',
}

const testsAgain = 'The tests run again at Claude’s next stop after your next prompt, or after a change.'

/** What comes next in the tests, for the status. */
export function testsNext(run: Run, { skipped }: State): string {
  const ran = run.tests.get(run.tree)
  if (skipped === run.tree && !runsAgain(run, run.tree))
    return ran ? testsAgain : 'The tests run when Claude stops after a change.'
  return ran?.result === 'unable'
    ? 'The tests run again at Claude’s next stop.'
    : 'Claude mends the tests; they run at its next stop.'
}

/** How the work goes on once a bound has ended a run. */
export const newBounds = 'A change after your next prompt begins a new run, with new bounds.'

function stillToPick(run: Run | null): string {
  const ids = pickable(run).map(({ id }) => id)
  return ids.length > 0 ? ` ${ids.join(', ')} can still be picked.` : ''
}
