import { type OpenRun, openRun } from '../../ledger/state.ts'
import { noList, questionsFor, readAnswers } from '../choice.ts'
import { reply, type Step, silence } from '../step.ts'
import { takeChoice } from '../take-choice.ts'
import type { Decision } from './decision.ts'

/** The user has answered; only answers to our own questions count. */
export const onAnswer: Decision = (state, facts, { tool_input }) => {
  const run = openRun(state)
  if (state.paused || !run || (run.stage !== 'choice' && run.left?.stage !== 'choice')) return silence
  const ours = new Set(questionsFor(run).map(({ question }) => question))
  const answers = (tool_input?.answers ?? {}) as Record<string, unknown>
  const given = Object.fromEntries(Object.entries(answers).filter(([question]) => ours.has(question)))
  if (run.stage !== 'choice') return Object.keys(given).length > 0 ? tooLate(run) : silence
  const read = readAnswers(given, run)
  if (!read || 'problem' in read) {
    const why = read ? read.problem : 'no finding was chosen'
    return reply({
      context: `Countersign · choice · cycle ${run.cycle}\nNothing picked: ${why}. End your turn; the user can still type \`pick F1\` or \`pick none\`.`,
    })
  }
  return takeChoice(run, facts, read, 'question')
}

/** The question was put before files changed, perhaps by another session. */
function tooLate(run: OpenRun): Step {
  const said = `nothing picked: ${noList(run)}.`
  return reply({
    context: `Countersign · ${run.stage} · cycle ${run.cycle}\n${said}`,
    systemMessage: `Countersign: ! ${said}`,
  })
}
