import type { StageName } from '../../model/ledger/fields.ts'
import { undecided, unread } from '../ledger/lists.ts'
import { openRun, type Run, type State } from '../ledger/state.ts'
import { testsLine, unreviewed } from '../messages/run-lines.ts'
import { someOf } from '../text/wording.ts'
import type { Facts } from './facts.ts'

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
