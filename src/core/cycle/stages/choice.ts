import { undecided } from '../../ledger/lists.ts'
import { choiceText } from '../../messages/author-texts.ts'
import { placeOf } from '../facts.ts'
import { hold, reply, silence } from '../step.ts'
import type { StageRule } from './enter.ts'

/** The list is put to the user once; after that a stop waits for the answer, and says so once a prompt. */
export const choice: StageRule = (run, facts) => {
  if (run.counts.asks === 0) return hold(run, facts, { context: choiceText(run, placeOf(facts)) })
  return run.choice.reminded ? silence : reply(null, { kind: 'choice-waits', ids: undecided(run).map(({ id }) => id) })
}
