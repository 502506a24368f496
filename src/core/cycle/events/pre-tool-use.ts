import { schedulers } from '../../../model/hooked-events.ts'
import { openRun, type State } from '../../ledger/state.ts'
import { questionsFor } from '../choice.ts'
import type { Facts } from '../facts.ts'
import { guardedEdit } from '../gate-files.ts'
import { reply, type Step, silence } from '../step.ts'
import { isUsersWord, remember, schedulesOf } from '../word/schedules.ts'
import { whereFired } from '../word/speaker.ts'
import type { Decision } from './decision.ts'

/** Claude is about to ask the user something, to edit a file, or to have a prompt sent later. */
export const onToolUse: Decision = (state, facts, event) => {
  const { tool_name = '', permission_mode } = event
  if (tool_name === 'AskUserQuestion') return onQuestion(state, facts)
  if (!schedulers.includes(tool_name)) return reply(guardedEdit(facts.editedFile, permission_mode))
  const texts = schedulesOf(event)
  // Remembered even so: whoever decides after us may let the call through.
  return reply(texts.some(isUsersWord) ? { deny: notToBeScheduled } : null, ...remember(state, texts))
}

const notToBeScheduled =
  'Countersign: this text is a choice or a command that only the user can give, so it cannot be scheduled. Any other text can. Put the choice to the user instead.'

/** The choice is open and Claude asks the user something: the ledger's own list takes the question's place. */
function onQuestion(state: State, facts: Facts): Step {
  const run = openRun(state)
  if (state.paused || run?.stage !== 'choice') return silence
  const ask = { reason: 'Countersign: your choice', input: { questions: questionsFor(run) } }
  if (whereFired(state, facts.surroundings) !== 'own') return reply({ ask })
  return reply(
    { ask },
    {
      kind: 'question-put',
      session: facts.session,
      cycle: run.cycle,
      answerers: facts.answerers,
    },
  )
}
