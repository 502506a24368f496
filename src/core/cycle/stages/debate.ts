import { findingsWith, openFindings } from '../../ledger/state.ts'
import { debateText } from '../../messages/author-texts.ts'
import { missingEvidence, readDebateAnswer } from '../answers/debate-answer.ts'
import { placeOf } from '../facts.ts'
import { hold, record } from '../step.ts'
import { callCodex } from './call-codex.ts'
import { concluded, enter, type StageRule } from './enter.ts'

/** Claude answers what is open, then Codex does, until nothing is open or the rounds are spent. */
export const debate: StageRule = (run, facts) => {
  const open = openFindings(run)
  if (open.length === 0) return concluded(run, facts)
  const { rounds } = facts.config.debate
  if (run.answered.codex === run.round) return enter(run, 'debate', run.round + 1)
  if (run.answered.claude === run.round)
    return callCodex(run, facts, 'rebuttal', { do: 'rebut', run, last: run.round >= rounds })
  const decided = findingsWith(run, 'agreed', 'not-needed', 'disputed')
  const answer = readDebateAnswer(facts.message, run.round, open, decided)
  const positions = facts.withEvidence(run, answer.positions)
  const problems = [...answer.problems, ...missingEvidence(open, answer.positions, positions)]
  const asks = Math.min(facts.config.limits.answers, mostAsks)
  if (problems.length === 0 || run.counts.asks >= asks) {
    const { priority } = facts.config.debate
    const across = priority === 'ask' ? {} : { across: priority }
    return record({ kind: 'answered', round: run.round, positions, unanswered: answer.unanswered, ...across })
  }
  const wrong = run.counts.asks > 0 ? problems : []
  return hold(
    run,
    facts,
    { context: debateText(run, open, { wrong, rounds, answers: asks, ...placeOf(facts) }) },
    wrong,
  )
}

/** A round asks Claude, and once more for everything that is wrong with its answer together. */
const mostAsks = 2
