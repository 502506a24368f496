import type { HookEvent } from '../../../model/hook-event.ts'
import { schedulers } from '../../../model/hooked-events.ts'
import { openRun, type State } from '../../ledger/state.ts'
import type { Facts } from '../facts.ts'
import { guardedEdit } from '../gate-files.ts'
import { ownHeader, questionsFor } from '../questions.ts'
import { reply, type Step, silence } from '../step.ts'
import { isUsersWord, remember, schedulesOf } from '../word/schedules.ts'
import { whereFired } from '../word/speaker.ts'
import type { Decision } from './decision.ts'

/** Claude is about to ask the user something, to edit a file, or to have a prompt sent later. */
export const onToolUse: Decision = (state, facts, event) => {
  const { tool_name = '', permission_mode } = event
  if (tool_name === 'AskUserQuestion') return onQuestion(state, facts, event)
  if (!schedulers.includes(tool_name)) return reply(guardedEdit(facts.editedFile, permission_mode))
  const texts = schedulesOf(event)
  // Remembered even so: whoever decides after us may let the call through.
  return reply(texts.some(isUsersWord) ? { deny: notToBeScheduled } : null, ...remember(state, texts))
}

const notToBeScheduled =
  'Countersign: this text is a choice or a command that only the user can give, so it cannot be scheduled. Any other text can. Put the choice to the user instead.'

/** Claude asks for the list with the gate's header: the list takes the question's place. Whatever else it asks is its own. */
function onQuestion(state: State, facts: Facts, { tool_input, tool_use_id: call }: HookEvent): Step {
  const run = openRun(state)
  const asked = Array.isArray(tool_input?.questions) ? tool_input.questions : []
  const own = asked.filter(one => !hasOwnHeader(one))
  if (state.paused || run?.stage !== 'choice' || own.length === asked.length) return silence
  if (own.length > 0) return reply({ deny: notTogether })
  const ask = { reason: 'Countersign: your choice', input: { questions: questionsFor(run) } }
  if (whereFired(state, facts.surroundings) !== 'own') return reply({ ask })
  return reply(
    { ask },
    {
      kind: 'question-put',
      session: facts.session,
      cycle: run.cycle,
      answerers: facts.answerers,
      ...(call !== undefined && { call }),
    },
  )
}

const notTogether = `Countersign: the question with the header “${ownHeader}” goes in a call of its own, since the list takes its place. Ask your own questions in another call.`

const hasOwnHeader = (question: unknown): boolean =>
  String((question as { header?: unknown } | null)?.header)
    .trim()
    .toLowerCase() === ownHeader.toLowerCase()
