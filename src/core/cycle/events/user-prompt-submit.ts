import { pickable, type Run } from '../../ledger/state.ts'
import { fixText } from '../../messages/author-texts.ts'
import { choose, noList, pickInPrompt } from '../choice.ts'
import { placeOf } from '../facts.ts'
import { reply } from '../step.ts'
import { takeChoice } from '../take-choice.ts'
import type { Decision } from './decision.ts'

/** A prompt: the user's choice when it is one, else remembered as what was asked for. */
export const onPrompt: Decision = (state, facts, { prompt = '' }) => {
  const terms = pickInPrompt(prompt)
  const { run } = state
  if (terms && run && !state.paused) {
    const read = pickable(run).length > 0 ? choose(terms, run) : { problem: noList(run) }
    if ('problem' in read) return reply({ block: refusedPick(read.problem, run) })
    return takeChoice(run, facts, read, 'prompt')
  }
  const prompted = { kind: 'prompted', session: facts.session, text: prompt } as const
  if (run?.status === 'on' && run.stage === 'fix' && !run.claudeKnowsPick)
    return reply({ context: fixText(run, placeOf(facts)) }, prompted, {
      kind: 'asked',
      stage: 'fix',
      tree: facts.tree,
      problems: [],
    })
  return reply(null, prompted)
}

function refusedPick(problem: string, run: Run): string {
  const ids = pickable(run).map(({ id }) => id)
  return `Nothing picked: ${problem}. ${
    ids.length > 0
      ? `Choose from ${ids.join(', ')}, for example \`pick ${ids[0]}\`, \`pick high\`, \`pick all\`, \`pick none\`.`
      : ''
  }`.trim()
}
