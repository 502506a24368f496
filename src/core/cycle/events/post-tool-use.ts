import type { Voice } from '../../../model/ledger/users-word.ts'
import { type OpenRun, openRun, type Run } from '../../ledger/state.ts'
import { notTakenText } from '../../messages/deeds.ts'
import { noList, standsAs } from '../choice.ts'
import type { Facts } from '../facts.ts'
import { isPick, parsePick } from '../pick.ts'
import { questionsFor, readAnswers } from '../questions.ts'
import { reply, type Step, silence } from '../step.ts'
import { takeChoice } from '../take-choice.ts'
import { whereFired } from '../word/speaker.ts'
import type { Decision } from './decision.ts'

/** The user has answered. What counts is the question that the gate put, in the call that it put it into. */
export const onAnswer: Decision = (state, facts, { tool_input, tool_use_id }) => {
  const run = openRun(state)
  if (state.paused || !run || (run.stage !== 'choice' && run.left?.stage !== 'choice')) return silence
  const put = state.questionPut
  const place = whereFired(state, facts.surroundings)
  const ours = new Set(questionsFor(run).map(({ question }) => question))
  const answers = (tool_input?.answers ?? {}) as Record<string, unknown>
  const given = Object.fromEntries(Object.entries(answers).filter(([question]) => ours.has(question)))
  const isOurs = Object.keys(given).length > 0
  // Nobody was asked: the list was never put into this question, or this is no session that the user sees.
  const wasPut = put?.session === facts.session && put.cycle === run.cycle && isCall(put.call, tool_use_id)
  if (place !== 'own') return isOurs || isLikeAChoice(answers, run) ? notAsked(run, facts, place) : silence
  if (!wasPut) return isOurs ? notAsked(run, facts, 'forged') : silence
  const answerers = [...new Set([...put.answerers, ...facts.answerers])]
  if (answerers.length > 0 && isOurs) return notOnlyTheUser(run, answerers)
  if (run.stage !== 'choice') return isOurs ? tooLate(run) : silence
  const read = readAnswers(given, run)
  if (!read || 'problem' in read) {
    const why = read ? read.problem : 'no finding was chosen'
    return reply({
      context: `Countersign · choice · cycle ${run.cycle}\nNothing picked: ${why}. End your turn; the user can still type \`pick F1\` or \`pick none\`.`,
    })
  }
  return takeChoice(state, run, facts, read, 'question')
}

/** Older versions of Claude Code do not say which call it is. */
const isCall = (put: string | undefined, answered: string | undefined): boolean =>
  put === undefined || answered === undefined || put === answered

/** What reads like a tick of the list, or a choice that was typed. */
function isLikeAChoice(answers: Record<string, unknown>, run: Run): boolean {
  const labels = run.findings.map(finding => `${finding.id} ${standsAs(finding)}`)
  const given = Object.values(answers).flatMap(answer => (typeof answer === 'string' ? answer.split(',') : []))
  return given.some(one => labels.includes(one.trim()) || /^none\b/i.test(one.trim()) || isPick(parsePick(one)))
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
