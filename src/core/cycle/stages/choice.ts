import { choiceText } from '../../messages/author-texts.ts'
import { placeOf } from '../facts.ts'
import { hold, silence } from '../step.ts'
import type { StageRule } from './enter.ts'

/** The list is put to the user once; after that a stop waits for the answer in silence. */
export const choice: StageRule = (run, facts) =>
  run.asks > 0 ? silence : hold(run, facts, { context: choiceText(run, placeOf(facts)) })
