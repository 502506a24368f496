import type { Happening, HappeningOf } from '../../../model/ledger/ledger-entry.ts'
import type { Voice } from '../../../model/ledger/users-word.ts'
import { inOrder, pickable, unreadOffered } from '../../ledger/lists.ts'
import { heardAs } from '../../ledger/run-reducer.ts'
import type { OpenRun, Run, State } from '../../ledger/state.ts'
import { askedAs, isDoneBy } from '../../ledger/state-reducer.ts'
import { fixText } from '../../messages/author-texts.ts'
import { notTakenText } from '../../messages/deeds.ts'
import { cleanEntries } from '../../text/clean.ts'
import { oneLine } from '../../text/wording.ts'
import { choose, noList } from '../choice.ts'
import { type Facts, placeOf } from '../facts.ts'
import { isLikeAPick, pickInPrompt } from '../pick-in-prompt.ts'
import { reply, type Step } from '../step.ts'
import { takeChoice } from '../take-choice.ts'
import { isElsewhere } from '../word/own-session.ts'
import { remember } from '../word/schedules.ts'
import { speakerOf, typedPart } from '../word/speaker.ts'
import type { Decision } from './decision.ts'

/** A prompt: the user's choice when it is one, else remembered as what was asked for; by anybody else it is only heard. */
export const onPrompt: Decision = (state, facts, event) => {
  const prompt = typedPart(event.prompt ?? '')
  const speaker = speakerOf({ ...event, prompt }, state, facts)
  const by = speaker === 'user' && pickInPrompt(prompt) && mayBeHooks(state, facts) ? 'hook' : speaker
  const news = remember(state, facts.scheduledInFiles)
  if (by !== 'user') return overheard(state, facts, prompt, by, news)
  const { run } = state
  const { session, pid } = facts
  const picked = run && !state.paused ? pickInPrompt(prompt) : null
  if (picked && picked.is !== 'unclear' && run) {
    const read = hasChoice(run) ? choose(picked.terms, run) : { problem: noList(run) }
    if ('problem' in read) return reply({ block: refusedPick(read.problem, run) }, ...news)
    return takeChoice(state, run, facts, read, 'prompt', { news, ...(picked.is === 'choice-and-more' && { prompt }) })
  }
  const unclear = run && !state.paused && unclearChoice(state, run, prompt, facts)
  if (unclear)
    return reply(
      { block: refusedPick(`“${oneLine(unclear.text)}” is not clear as a choice`, run, true) },
      ...news,
      unclear,
    )
  const elsewhere = isOpen(run) && isElsewhere(state, run, facts)
  const apart = elsewhere || facts.besideAnother
  const prompted: Happening = { kind: 'prompted', session, pid, text: prompt, ...(apart && { apart }) }
  if (elsewhere || (!isOpen(run) && (facts.besideAnother || hearsOfChoice(state, facts))))
    news.push(...askedHere(state, facts, prompt))
  if (run?.status === 'on' && run.stage === 'fix' && !run.choice.claudeKnows)
    return reply({ context: fixText(run, placeOf(facts)) }, ...news, prompted, {
      kind: 'asked',
      stage: 'fix',
      tree: facts.tree,
      problems: [],
    })
  return reply(null, ...news, prompted)
}

/** Whether somebody else's hook can have said it: the first words of a session can be a SessionStart hook's. */
const mayBeHooks = ({ unspoken }: State, facts: Facts): boolean =>
  unspoken.includes(facts.session) && facts.openers.length > 0

const hasChoice = (run: Run | null): boolean => pickable(run).length > 0 || unreadOffered(run).length > 0

/** What may be meant as a choice and cannot be taken for one, and has not been answered with the form yet. */
function unclearChoice(
  state: State,
  run: Run,
  prompt: string,
  { session }: Facts,
): HappeningOf<'choice-unclear'> | null {
  const listed = pickable(run).map(({ id }) => id)
  const named = [...prompt.matchAll(/\bf(\d{1,6})\b/gi)].map(([, number]) => `F${Number(number)}`)
  const isMeant = named.length > 0 ? named.some(id => listed.includes(id)) : listed.length > 0
  const isLike = pickInPrompt(prompt) !== null || (run.stage === 'choice' && isLikeAPick(prompt))
  if (!isMeant || !isLike) return null
  const [entry] = cleanEntries([{ kind: 'choice-unclear', session, text: prompt }])
  return state.unclear === (entry as HappeningOf<'choice-unclear'>).text
    ? null
    : (entry as HappeningOf<'choice-unclear'>)
}

const isOpen = (run: Run | null): run is OpenRun => run?.status === 'on'

/** Whether a choice that was made elsewhere is told here for the last time: then the others are told of here in turn. */
const hearsOfChoice = (state: State, facts: Facts): boolean =>
  state.run !== null &&
  isElsewhere(state, state.run, facts) &&
  state.deeds.some(deed => deed.what === 'picked' && deed.session !== undefined && !isDoneBy(deed, facts))

/** That this session was asked something, for the others: once a session, since its first words are enough to know it by. */
function askedHere({ asked, run }: State, { session, pid }: Facts, prompt: string): Happening[] {
  if (prompt.trim() === '' || asked.includes(askedAs(run, { session, pid }))) return []
  return [{ kind: 'deed', what: 'asked', names: [prompt], by: 'user', session, pid }]
}

/** What somebody else says lifts no limit, chooses nothing and is not what the user asked for. */
function overheard(state: State, { session }: Facts, text: string, by: Voice, news: Happening[]): Step {
  const { run } = state
  const choice = pickInPrompt(text) !== null && hasChoice(run) && !state.paused
  const heard = { kind: 'heard', session, by, text, choice } as const
  const first = !state.heard.includes(heardAs(cleanEntries([{ ...heard, first: true }])[0] as HappeningOf<'heard'>))
  // Said where it was said; who says it there may be the only one to hear that.
  const unseen: Happening[] =
    choice && (by === 'nested' || by === 'forged' || by === 'hook')
      ? [{ kind: 'deed', what: 'choice-refused', names: [text], by }]
      : []
  return reply(choice && run ? { context: notTakenText(run, by) } : null, ...news, { ...heard, first }, ...unseen)
}

function refusedPick(problem: string, run: Run, isOnce = false): string {
  const ids = inOrder(pickable(run)).map(({ id }) => id)
  return `Nothing picked: ${problem}. ${
    ids.length > 0
      ? `Choose from ${ids.join(', ')}, for example \`pick ${ids[0]}\`, \`pick high\`, \`pick all\`, \`pick none\`.${isOnce ? ' To say it to Claude as it is, send it again.' : ''}`
      : ''
  }`.trim()
}
