import { openRun, type State } from '../../ledger/state.ts'
import { questionsFor } from '../choice.ts'
import { guardedEdit } from '../gate-files.ts'
import { reply, type Step, silence } from '../step.ts'
import type { Decision } from './decision.ts'

/** Claude is about to ask the user something, or to edit a file. */
export const onToolUse: Decision = (state, facts, { tool_name, permission_mode }) =>
  tool_name === 'AskUserQuestion' ? onQuestion(state) : reply(guardedEdit(facts.editedFile, permission_mode))

/** The choice is open and Claude asks the user something: the ledger's own list takes the question's place. */
function onQuestion(state: State): Step {
  const run = openRun(state)
  if (state.paused || run?.stage !== 'choice') return silence
  return reply({ ask: { reason: 'Countersign: your choice', input: { questions: questionsFor(run) } } })
}
