import { openRun } from '../../ledger/state.ts'
import { taskRefusedText } from '../../messages/author-texts.ts'
import { mostTestRuns } from '../facts.ts'
import { nothingToDo } from '../nothing-to-do.ts'
import { letGo, reply, silence, startRun } from '../step.ts'
import { isOthers } from '../unseen.ts'
import type { Decision } from './decision.ts'

/** A task is declared done: refused while the suite is red, or runs no test. */
export const onTaskCompleted: Decision = (state, facts) => {
  if (state.paused) return silence
  const run = openRun(state)
  if (!run) return nothingToDo(state, facts) ? silence : startRun(state, facts)
  if (facts.tree === run.base.tree || isOthers(run, facts)) return silence
  const tests = run.tests.ran.get(facts.tree)
  if (!tests) return facts.testRuns < mostTestRuns ? { do: 'run-tests', run } : letGo('tests-move', facts)
  const attempts = facts.config.limits.testAttempts
  if ((tests.result !== 'red' && tests.result !== 'no-tests') || run.counts.tasksRefused >= attempts) return silence
  return reply(
    { block: taskRefusedText(run, tests, { attempt: run.counts.tasksRefused + 1, attempts, mark: facts.mark }) },
    { kind: 'task-refused', tree: facts.tree },
  )
}
