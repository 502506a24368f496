import type { StageName } from '../../model/ledger/fields.ts'
import { undecided, unread } from '../ledger/lists.ts'
import { type OpenRun, openFindings, openRun, type Run, type State } from '../ledger/state.ts'
import { choiceText, debateText, fixText } from '../messages/author-texts.ts'
import { unreviewed } from '../messages/run-lines.ts'
import { lastTime, testsLine } from '../messages/tests-lines.ts'
import { someOf } from '../text/wording.ts'
import { type Facts, placeOf } from './facts.ts'

/** What a compaction may have taken from Claude: the findings it is to answer, to put to the user or to fix; null: nothing. */
export function toldAgain(state: State, facts: Facts): string | null {
  const run = openRun(state)
  if (!run || state.paused || run.owner.session !== facts.session || facts.tree !== run.tree) return null
  return again[run.stage]?.(run, facts) ?? null
}

const again: { [S in StageName]?: (run: OpenRun, facts: Facts) => string | null } = {
  debate: (run, facts) => {
    const open = openFindings(run)
    if (open.length === 0 || run.answered.claude === run.round) return null
    const { debate, limits } = facts.config
    return debateText(run, open, { wrong: [], rounds: debate.rounds, answers: limits.answers, ...placeOf(facts) })
  },
  choice: (run, facts) =>
    undecided(run).length > 0 || unread(run).length > 0 ? choiceText(run, placeOf(facts)) : null,
  fix: (run, facts) => (run.choice.claudeKnows ? fixText(run, placeOf(facts)) : null),
}

/** One line: the stage, and whose turn it is. */
export function whereItStands(state: State, facts: Facts): string {
  if (state.paused) return 'paused: nothing is tested or reviewed until the user runs `npx countersign resume`.'
  const run = openRun(state)
  if (!run)
    return `idle: when you stop after a change, ${suites(state, facts)}, you review your own work, then Codex reviews it.`
  const owed = run.owed
    ? ` A Codex review is pending: ${unreviewed(run.owed)}. Until then: only tests and self-review.`
    : ''
  return `${run.stage} · cycle ${run.cycle}: ${turn[run.stage](run)}${owed}`
}

const suites = (state: State, { config }: Facts): string =>
  config.tests.length > 0
    ? `${config.tests.map(suite => `\`${suite.command}\`${lastTime(state, suite.name)}`).join(', ')} runs`
    : 'no tests run'

const turn: Record<StageName, (run: Run) => string> = {
  tests: run => {
    const ran = run.tests.ran.get(run.tree) ?? null
    return `${testsLine(ran)} They run ${ran ? 'again ' : ''}when you stop after a change.`
  },
  'self-review': () => 'your self-review comes next.',
  review: () => 'Codex reviews the change when you stop.',
  debate: run => `findings are waiting for answers in round ${run.round}; the change is frozen.`,
  choice: run => {
    const ids = undecided(run).map(({ id }) => id)
    const files = unread(run)
    const open = [
      ids.length > 0 && `the user has not chosen yet from ${ids.join(', ')} (\`pick F1 …\`)`,
      files.length > 0 && `only the user can sign without Codex having read ${someOf(files)} (\`pick unread\`)`,
    ].filter(Boolean)
    return `${open.join('; ')}; edit nothing until then.`
  },
  fix: run => `the user picked ${run.choice.picked.join(', ')}; this is your task list.`,
}
