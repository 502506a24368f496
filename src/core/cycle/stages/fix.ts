import { fixText } from '../../messages/author-texts.ts'
import { placeOf } from '../facts.ts'
import { hold, letGo } from '../step.ts'
import type { StageRule } from './enter.ts'

/** Nothing has changed since the pick: Claude is given its task list, once more at the most. */
export const fix: StageRule = (run, facts) =>
  run.claudeKnowsPick && run.asks > 0
    ? letGo('not-fixed', facts)
    : hold(run, facts, { context: fixText(run, placeOf(facts)) })
