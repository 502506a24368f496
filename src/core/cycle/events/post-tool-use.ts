import type { Voice } from '../../../model/ledger/users-word.ts'
import { type OpenRun, openRun, type Run } from '../../ledger/state.ts'
import { notTakenText } from '../../messages/deeds.ts'
import { noList, questionsFor, readAnswers } from '../choice.ts'
import type { Facts } from '../facts.ts'
import { reply, type Step, silence } from '../step.ts'
import { takeChoice } from '../take-choice.ts'
import { whereFired } from '../word/speaker.ts'
import type { Decision } from './decision.ts'

/** The user has answered; only answers to our own questions count. */
export const onAnswer: Decision = (state, facts, { tool_input }) => {
  const run = openRun(state)
  if (state.paused || !run || (run.stage !== 'choice' && run.left?.stage !== 'choice')) return silence
  const put = state.questionPut
  const place = whereFired(state, facts.surroundings)
  // Nobody was asked: the list was never put into a question, or this is no session that the user sees.
  const wasPut = put?.session === facts.session && put.cycle === run.cycle
  if (!wasPut || place !== 'own') return notAsked(run, facts, place === 'own' ? 'forged' : place)
  const answerers = [...new Set([...put.answerers, ...facts.answerers])]
  const ours = new Set(questionsFor(run).map(({ question }) => question))
  const answers = (tool_input?.answers ?? {}) as Record<string, unknown>
  const given = Object.fromEntries(Object.entries(answers).filter(([question]) => ours.has(question)))
  if (answerers.length > 0 && Object.keys(given).length > 0) return notOnlyTheUser(run, answerers)
  if (run.stage !== 'choice') return Object.keys(given).length > 0 ? tooLate(run) : silence
  const read = readAnswers(given, run)
  if (!read || 'problem' in read) {
    const why = read ? read.problem : 'no finding was chosen'
    return reply({
      context: `Countersign · choice · cycle ${run.cycle}\nNothing picked: ${why}. End your turn; the user can still type \`pick F1\` or \`pick none\`.`,
    })
  }
  return takeChoice(state, run, facts, read, 'question')
}

/** Others could have answered, and nobody can tell who did. */
function notOnlyTheUser(run: Run, answerers: string[]): Step {
  const said = `nothing picked: ${answerers.join('; ')} can answer in the user's place`
  return reply({
    context: `Countersign · choice · cycle ${run.cycle}\n${said}. End your turn; the user can still type \`pick F1\` or \`pick none\`.`,
    systemMessage: `Countersign: ! ${said}. To choose, type \`pick F1\` or \`pick none\`.`,
  })
}

const notAsked = (run: Run, { session }: Facts, by: Exclude<Voice, 'user'>): Step =>
  reply(
    { context: notTakenText(run, by) },
    { kind: 'deed', what: 'choice-refused', names: ['an answer in a dialog'], by },
    { kind: 'heard', session, by, text: 'an answer in a dialog', choice: true, first: false },
  )

/** The question was put before files changed, perhaps by another session. */
function tooLate(run: OpenRun): Step {
  const said = `nothing picked: ${noList(run)}.`
  return reply({
    context: `Countersign · ${run.stage} · cycle ${run.cycle}\n${said}`,
    systemMessage: `Countersign: ! ${said}`,
  })
}
