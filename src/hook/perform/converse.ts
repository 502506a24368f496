import { callsLeft } from '../../core/cycle/budget.ts'
import { added } from '../../core/ledger/run-reducer.ts'
import type { Run } from '../../core/ledger/state.ts'
import { followUpPrompt } from '../../core/messages/reviewer-texts.ts'
import { keptOf, readFromKept } from '../../core/review/reading/kept-answer.ts'
import { withMore } from '../../core/review/reading/merge-answers.ts'
import { type ReadAnswer, readAnswer } from '../../core/review/reading/read-answer.ts'
import { quoteKey, type Want } from '../../core/review/review-wants.ts'
import type { Kept, SandboxName, Usage } from '../../model/ledger/fields.ts'
import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import { ask, type Call, couldNotReview, hasTime, noUsage, usageSince } from './ask.ts'
import type { Effects } from './effects.ts'

type Judged = { wants: Want[] }
type Failed = { unreviewed: 'sandbox'; problem: string }

/** A question to Codex, what to make of its answer, and what of one is there already. */
export type Talk<J extends Judged> = {
  run: Run
  call: Call
  prompt: string
  /** The thread to ask in, and its tokens so far; null begins one. */
  thread: string | null
  threadUsage: Usage
  kept: Kept | null
  /** Paths that these commands have opened, where that matters. */
  openedBy: (commands: string[]) => string[]
  judge: (answer: ReadAnswer, opened: string[]) => J | Failed
}

/** What a conversation came to. */
export type Settled<J> = {
  judged: J
  answer: ReadAnswer
  thread: string | null
  threadUsage: Usage
  model: string | null
  sandbox: SandboxName
  usage: Usage
  seconds: number
}

/** Times that an answer is asked to be put right, and times in a cycle. */
const mostInAnswer = 1
const mostInCycle = 2

/**
 * Asks Codex, and once more in the same thread for exactly what is missing in its answer, wrong with it or unread. What is
 * whole is kept, also where the rest has to wait for another stop: that one asks for the rest alone.
 */
export async function converse<J extends Judged>(
  talk: Talk<J>,
  effects: Effects,
): Promise<Settled<J> | HappeningOf<'could-not-review'>> {
  const { run, call, kept } = talk
  const { followUps } = run.reviews
  const before = followUps.cycle === run.cycle ? followUps.count : 0
  let answer = kept && readFromKept(kept)
  let opened = kept?.opened ?? []
  let wants = answer ? wantsIn(talk.judge(answer, opened)) : []
  const goesOn = kept !== null && kept.thread !== null && wants.length > 0
  let { thread, threadUsage } = goesOn ? kept : talk
  let next = { prompt: goesOn ? followUpPrompt(run, call, wants) : talk.prompt, thread, followUp: goesOn }
  let asked = goesOn ? 1 : 0
  let usage = noUsage
  let seconds = 0
  for (let calls = 1; ; calls++) {
    const reply = await ask(next, call, run, effects)
    const { cachedTokens } = reply.usage
    // What was cached is counted from the thread's beginning, as the ledger has it.
    usage = {
      ...added(usage, usageSince(next.thread === null ? noUsage : threadUsage, reply.usage)),
      ...(cachedTokens !== undefined && { cachedTokens }),
    }
    seconds += reply.seconds
    const spent = { usage, seconds }
    if ('problem' in reply) {
      const failed = couldNotReview(call, { ...reply, ...spent }, run)
      // What was said to somebody who could write counts for nothing; a thread that has crashed is given up.
      if (!answer || failed.reason === 'sandbox') return failed
      return {
        ...failed,
        kept: keptOf(answer, { thread: failed.reason === 'crashed' ? null : thread, threadUsage, opened }),
      }
    }
    ;({ thread, usage: threadUsage } = reply)
    opened = [...new Set([...opened, ...talk.openedBy(reply.commands)])]
    answer = together(answer, readAnswer(reply.texts), run, wants)
    const judged = talk.judge(answer, opened)
    if ('problem' in judged) return couldNotReview(call, { ...judged, reason: judged.unreviewed, ...spent }, run)
    wants = judged.wants
    const problem = wants.find(({ blocks }) => blocks)?.problem
    const isLeft = asked < mostInAnswer + (goesOn ? 1 : 0) && before + asked < mostInCycle
    const reserved = problem === undefined && answer.findings.length > 0 ? 1 : 0
    const mayAsk = isLeft && !reply.moved && thread !== null && hasTime(effects)
    if (wants.length > 0 && mayAsk && callsLeft(run, effects.config.limits) - calls > reserved) {
      next = { prompt: followUpPrompt(run, call, wants), thread, followUp: true }
      asked++
      continue
    }
    const { model, sandbox } = reply
    if (problem === undefined) return { judged, answer, thread, threadUsage, model, sandbox, ...spent }
    const failed = couldNotReview(call, { reason: 'malformed', problem, ...spent }, run)
    const until = before + asked < mostInCycle ? failed.until : inTenMinutes()
    return {
      ...failed,
      until,
      kept: answer.unreadable === null ? keptOf(answer, { thread, threadUsage, opened }) : undefined,
    }
  }
}

const wantsIn = (judged: Judged | Failed): Want[] => ('wants' in judged ? judged.wants : [])

/** An answer with what came after it, as it was asked for. */
function together(before: ReadAnswer | null, more: ReadAnswer, { findings }: Run, wants: Want[]): ReadAnswer {
  if (!before) return more
  return withMore(before, more, {
    isKnown: id => findings.some(finding => finding.id === id),
    isQuoteAsked: finding => wants.some(({ quoteOf }) => quoteOf === quoteKey(finding)),
  })
}

/** A model that has been told twice what is wrong is left alone for a while. */
const inTenMinutes = (): string => new Date(Date.now() + 600_000).toISOString()
