import type { PickedBy } from '../../model/ledger-entry.ts'
import { apply } from '../ledger/replay.ts'
import { choosable, type OpenRun, openRun, pickable, type Run, type State } from '../ledger/state.ts'
import { fixText, taskRefusedText } from '../messages/author-texts.ts'
import { testsLine, unreviewed } from '../messages/run-lines.ts'
import { foreign } from '../text/foreign-text.ts'
import { choiceEntries, noList, pickedNone, pickInPrompt, questionsFor, readAnswers, readPick } from './choice.ts'
import { type Facts, mostTestRuns, placeOf } from './facts.ts'
import type { Ids } from './pick.ts'
import { letGo, record, reply, type Step, silence, startRun } from './step.ts'

/**
 * A session begins: says in one line where the cycle stands. A commit that came from elsewhere since the last session is
 * nobody's change to review here, so the baseline follows it.
 */
export function onSessionStart(state: State, facts: Facts, source: string): Step {
  const elsewhere = source === 'startup' && state.settled !== null && state.settled.head !== facts.head
  if (!openRun(state) && elsewhere && !state.paused) {
    if (facts.tree !== state.settled?.tree) return { do: 'find-base' }
    return record({ kind: 'baseline', tree: facts.tree, head: facts.head })
  }
  if (!openRun(state) && !state.settled) return { do: 'find-base' }
  const session = { kind: 'session', session: facts.session, pid: facts.pid, phase: 'started' } as const
  return reply({ context: `Countersign · ${whereItStands(state, facts)}` }, session)
}

export const onSessionEnd = (facts: Facts): Step =>
  reply(null, { kind: 'session', session: facts.session, pid: facts.pid, phase: 'ended' })

/** One line: the stage, and whose turn it is. */
export function whereItStands(state: State, facts: Facts): string {
  if (state.paused) return 'paused: nothing is tested or reviewed until the user runs `npx countersign resume`.'
  const run = openRun(state)
  if (!run)
    return `idle: when you stop after a change, ${suites(facts)}, you review your own work, then Codex reviews it.`
  const owed = run.owed
    ? ` A Codex review is pending: ${unreviewed(run.owed)}. Until then: only tests and self-review.`
    : ''
  return `${run.stage} · cycle ${run.cycle}: ${turn[run.stage](run)}${owed}`
}

const suites = ({ config }: Facts): string =>
  config.tests.length > 0 ? `${config.tests.map(({ command }) => `\`${command}\``).join(', ')} runs` : 'no tests run'

const turn: Record<OpenRun['stage'], (run: Run) => string> = {
  tests: run => `${testsLine(run.tests.get(run.tree) ?? null)} They run again when you stop after a change.`,
  'self-review': () => 'your self-review comes next.',
  review: () => 'Codex reviews the change when you stop.',
  debate: run => `findings are waiting for answers in round ${run.round}; the change is frozen.`,
  choice: run =>
    `the user has not chosen yet from ${choosable(run)
      .map(({ id }) => id)
      .join(', ')} (\`pick F1 …\`); edit nothing until then.`,
  fix: run => `the user picked ${run.picked.join(', ')}; this is your task list.`,
}

/** A prompt: the user's choice when it is one, else remembered as what was asked for. */
export function onPrompt(state: State, facts: Facts, prompt: string): Step {
  const expression = pickInPrompt(prompt)
  const { run } = state
  if (expression !== null && run && !state.paused) {
    const read = pickable(run).length > 0 ? readPick(expression, run) : { problem: noList(run) }
    if ('problem' in read) return reply({ block: refusedPick(read.problem, run) })
    return picked(state, facts, read, 'prompt')
  }
  const prompted = { kind: 'prompted', session: facts.session, text: foreign(prompt, 4000) } as const
  if (run?.open && run.stage === 'fix' && !run.told)
    return reply({ context: fixText(run, placeOf(facts)) }, prompted, {
      kind: 'asked',
      stage: 'fix',
      tree: facts.tree,
      problems: [],
    })
  return reply(null, prompted)
}

function refusedPick(problem: string, run: Run): string {
  const ids = pickable(run).map(({ id }) => id)
  return `Nothing picked: ${problem}. ${
    ids.length > 0
      ? `Choose from ${ids.join(', ')}, for example \`pick ${ids[0]}\`, \`pick high\`, \`pick all\`, \`pick none\`.`
      : ''
  }`.trim()
}

/** The choice is open and Claude asks the user something: the ledger's own list takes the question's place. */
export function onQuestion(state: State): Step {
  const run = openRun(state)
  if (state.paused || run?.stage !== 'choice') return silence
  return reply({ ask: { reason: 'Countersign: your choice', input: { questions: questionsFor(run) } } })
}

/** The user has answered; only answers to our own questions count. */
export function onAnswer(state: State, facts: Facts, answers: Record<string, unknown>): Step {
  const run = openRun(state)
  if (state.paused || run?.stage !== 'choice') return silence
  const ours = new Set(questionsFor(run).map(({ question }) => question))
  const given = Object.fromEntries(Object.entries(answers).filter(([question]) => ours.has(question)))
  const read = readAnswers(given, run)
  if (!read || 'problem' in read) {
    const why = read ? read.problem : 'no finding was chosen'
    return reply({
      context: `Countersign · choice · cycle ${run.cycle}\nNothing picked: ${why}. End your turn; the user can still type \`pick F1\` or \`pick none\`.`,
    })
  }
  return picked(state, facts, read, 'question')
}

/** Records the user's choice and hands it to Claude, or countersigns when nothing goes forward. */
function picked(state: State, facts: Facts, { ids }: Extract<Ids, { ids: string[] }>, by: PickedBy): Step {
  const entries = choiceEntries(state.run!, ids, by, facts.head)
  const run = entries.reduce(apply, state).run!
  const context =
    ids.length > 0
      ? fixText(run, placeOf(facts))
      : `Countersign · choice · cycle ${run.cycle}\nThe user picked none: ${pickedNone(run, facts.tree)}. Nothing is left to do; say so in one line and end your turn.`
  return reply({ context }, ...entries)
}

/** A task is declared done: refused while the suite is red. */
export function onTaskCompleted(state: State, facts: Facts): Step {
  if (state.paused) return silence
  const run = openRun(state)
  if (!run) return startRun(state, facts)
  if (facts.tree === run.base || (run.owner.session !== facts.session && facts.ownerAlive)) return silence
  const tests = run.tests.get(facts.tree)
  if (!tests) return facts.testRuns < mostTestRuns ? { do: 'run-tests' } : letGo('tests-move', facts)
  const attempts = facts.config.limits.testAttempts
  if (tests.result !== 'red' || run.tasksRefused >= attempts) return silence
  return reply(
    { block: taskRefusedText(run, tests, { attempt: run.tasksRefused + 1, attempts, mark: facts.mark }) },
    { kind: 'task-refused', tree: facts.tree },
  )
}
