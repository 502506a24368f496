import { findingsWith, openFindings } from '../../ledger/state.ts'
import { debateText } from '../../messages/author-texts.ts'
import { readDebateAnswer } from '../debate-answer.ts'
import { placeOf } from '../facts.ts'
import { hold, record } from '../step.ts'
import { callCodex } from './call-codex.ts'
import { concluded, enter, type StageRule } from './enter.ts'

/** Claude answers what is open, then Codex does, until nothing is open or the rounds are spent. */
export const debate: StageRule = (run, facts) => {
  const open = openFindings(run)
  if (open.length === 0) return concluded(run, facts)
  const { rounds } = facts.config.debate
  if (run.rebuttedRound === run.round) return enter(run, 'debate', run.round + 1)
  if (run.answeredRound === run.round)
    return callCodex(run, facts, 'rebuttal', { do: 'rebut', run, last: run.round >= rounds })
  const decided = findingsWith(run, 'agreed', 'not-needed', 'disputed')
  const { positions, unanswered, problems } = readDebateAnswer(facts.message, run.round, open, decided)
  const { answers } = facts.config.limits
  if (problems.length === 0 || run.asks >= answers)
    return record({ kind: 'answered', round: run.round, positions, unanswered })
  const wrong = run.asks > 0 ? problems : []
  return hold(run, facts, { context: debateText(run, open, { wrong, rounds, answers, ...placeOf(facts) }) }, wrong)
}
