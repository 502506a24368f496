import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { callsLeft } from '../../core/cycle/budget.ts'
import { type Run, reviewedTree } from '../../core/ledger/state.ts'
import { rebuttalPrompt, reviewPrompt } from '../../core/messages/reviewer-texts.ts'
import { notAccepted } from '../../core/messages/run-lines.ts'
import { leftOutOf, withinLimits } from '../../core/review/answer-limits.ts'
import { codexFault, codexFaultIn } from '../../core/review/codex-fault.ts'
import { judgeRebuttal } from '../../core/review/judge-rebuttal.ts'
import { judgeReview } from '../../core/review/judge-review.ts'
import { nextPart, wholeReview } from '../../core/review/review-parts.ts'
import { rulesOf } from '../../core/review/rules-of.ts'
import { strictestRebuttal, strictestReview } from '../../core/review/strictest.ts'
import { wontDo } from '../../core/review/wont-do.ts'
import { foreign } from '../../core/text/foreign-text.ts'
import { RebuttalAnswer, ReviewAnswer } from '../../model/codex-answer.ts'
import type { Usage } from '../../model/ledger/fields.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import { decisionsPath } from '../../model/paths.ts'
import type { Store } from '../../model/repository.ts'
import { askCodex, type CodexQuestion, type CodexReply } from '../../shell/codex/ask-codex.ts'
import { changedFiles } from '../../shell/git/tree-diff.ts'
import { treeReader } from '../../shell/git/tree-reader.ts'
import { allEntries } from '../../shell/state/ledger.ts'
import { changedEnvironment } from '../../shell/state/session-environment.ts'
import { fenceMark } from '../fence-mark.ts'
import { withFrozenTree } from '../frozen-tree.ts'
import type { Effects } from './effects.ts'
import { placeOfCall } from './place-of-call.ts'
import { lookForKept } from './reopened.ts'
import { type Change, changeOf, promptBytes, shownDiff } from './review-material.ts'
import { withReviewedTexts } from './reviewed-texts.ts'

const reserveMs = 10_000
/** With less time than this left, Codex is not called: it could only be cut off. */
const leastMs = 20_000

/**
 * Hands the frozen change to Codex, or the next part of it where one prompt does not hold it all, and judges what comes
 * back.
 */
export async function review(run: Run, effects: Effects): Promise<Happening[]> {
  const { scope } = effects.setup
  const change = changeOf(run, scope)
  try {
    const { files, leftOut } = change
    if (files.length === 0) return [{ kind: 'let-go', tree: run.tree, head: effects.sight.head(), why: 'withheld' }]
    const { limits, debate } = effects.config
    const back = lookForKept(run, effects.setup)
    if (back.length > 0) return back
    const before = reviewedTree(run)
    const since = before && changedFiles(scope, before, run.tree).map(({ path }) => path)
    const next = nextPart(run, files, since ? new Set(since) : null, {
      promptBytes,
      callsLeft: callsLeft(run, limits),
      reserved: debate.rounds,
    })
    if ('unsent' in next) return [wholeReview(run, null, { unsent: next.unsent, leftOut })]
    const part = await reviewPart(run, change, next, effects)
    if ('kind' in part) return [part]
    if (next.number === next.of) return [wholeReview(run, part, { unsent: [], leftOut })]
    const paths = next.files.map(({ path }) => path)
    const { thread: _, verdict: __, ...kept } = part
    return [{ kind: 'part-reviewed', tree: run.tree, part: next.number, of: next.of, paths, ...kept }]
  } finally {
    change.patch.close()
    rmSync(patchFileOf(scope), { force: true })
  }
}

/** Where a file's diff is put that no prompt holds, masked. */
const patchFileOf = ({ stateDir }: Store): string => join(stateDir, 'change.patch')

type Next = Exclude<ReturnType<typeof nextPart<Change['files'][number]>>, { unsent: string[] }>

async function reviewPart(run: Run, change: Change, { files, number, of, checks }: Next, effects: Effects) {
  const { scope } = effects.setup
  const patchFile = patchFileOf(scope)
  const base = treeReader(scope, run.base)
  // As the change began with them: a change must not write the rules it is judged by.
  const rules = foreign(rulesOf(base, 24_000), 32_000)
  const prompt = reviewPrompt(run, {
    files,
    patch: await shownDiff(change, files, patchFile),
    patchFile,
    part: { number, of, changedInAll: change.files.length },
    checks,
    leftOut: change.leftOut,
    rules,
    decisions: foreign(wontDo(base.read(decisionsPath) ?? '', allEntries(scope.stateDir)), 16_000),
    mark: fenceMark(),
  })
  const question = { prompt, schema: ReviewAnswer, strictest: strictestReview, thread: null }
  const reply = await ask(question, 'review', run, effects)
  if ('problem' in reply) return couldNotReview('review', reply, run)
  const answer = withinLimits(reply.answer)
  const judged = withReviewedTexts(answer, run, change, effects.setup, texts =>
    judgeReview(answer, run, { ...texts, changed: files.map(({ path }) => path), rules, checks }),
  )
  if ('unreviewed' in judged)
    return couldNotReview('review', { ...reply, reason: judged.unreviewed, problem: judged.problem }, run)
  const { thread, model, sandbox, usage, seconds } = reply
  return { ...judged, ...leftOutOf(reply.answer), summary: answer.summary, thread, model, sandbox, usage, seconds }
}

/** Puts the author's answers to Codex, in the review's own thread. */
export async function rebut(run: Run, last: boolean, effects: Effects): Promise<Happening[]> {
  const { thread } = run.reviews
  const prompt = rebuttalPrompt(run, fenceMark())
  const question = { prompt, schema: RebuttalAnswer, strictest: strictestRebuttal, thread }
  const reply = await ask(question, 'rebuttal', run, effects)
  if ('problem' in reply) return [couldNotReview('rebuttal', reply, run)]
  const cited = reply.answer.positions.flatMap(({ evidence }) => evidence?.file || [])
  const judged = withFrozenTree(effects.setup.scope, run, cited, tree => judgeRebuttal(reply.answer, run, tree))
  if ('unreviewed' in judged)
    return [couldNotReview('rebuttal', { ...reply, reason: judged.unreviewed, problem: judged.problem }, run)]
  const { usage, seconds } = reply
  return [{ kind: 'rebutted', round: run.round, last, positions: judged.positions, usage, seconds }]
}

async function ask<Answer>(
  question: Pick<CodexQuestion<Answer>, 'prompt' | 'schema' | 'strictest' | 'thread'>,
  call: 'review' | 'rebuttal',
  run: Run,
  { setup, session, config, bundle, deadline, write, sight }: Effects,
): Promise<CodexReply<Answer>> {
  const changed = changedEnvironment(setup.scope.stateDir, session)
  if (changed.length > 0) return { ...notSpent, reason: 'sandbox', problem: `${changed.join(', ')} ${notAccepted}` }
  const leftMs = deadline - reserveMs - performance.now()
  if (leftMs < leastMs) return { ...notSpent, reason: 'timed-out', problem: outOfTime }
  const reply = await askCodex({
    ...question,
    ...placeOfCall(setup, [patchFileOf(setup.scope)]),
    settings: config.review,
    deadlineMs: Math.min(config.review.timeoutSeconds * 1000, leftMs),
    bundle,
    // Written before the call, so that a hook that is killed in the middle cannot call without end.
    onCall: () => write([{ kind: 'codex-called', call, tree: run.tree, cycle: run.cycle, round: run.round }]),
  })
  sight.forget()
  const now = sight.tree()
  const moved = now === run.tree ? [] : changedFiles(setup.scope, run.tree, now)
  if (moved.length > 0) write([{ kind: 'tree-moved', call, files: moved.map(({ path }) => path) }])
  // Not part of the change to be reviewed, and nobody can say whose it is.
  if (moved.length > 0 && !('problem' in reply) && !reply.confined)
    return { ...reply, reason: 'sandbox', problem: unproven }
  return { ...reply, usage: question.thread ? since(run.reviews.threadUsage, reply.usage) : reply.usage }
}

function couldNotReview(
  call: 'review' | 'rebuttal',
  { reason, problem, usage, seconds }: Extract<CodexReply<unknown>, { problem: string }>,
  run: Run,
): Happening {
  // Not the time at which the call began: it may have taken longer than the pause that follows it.
  const now = new Date().toISOString()
  const fault = reason ? codexFault(reason, problem, now) : codexFaultIn(problem, now)
  // What ran out of time in this one stop continues at the next.
  const until = problem === outOfTime ? null : fault.until
  return { kind: 'could-not-review', call, tree: run.tree, ...fault, until, usage, seconds }
}

const unproven = 'files changed during the call, and Codex left no record that its commands could write nothing'
const outOfTime = 'no time left in this stop for another Codex call; the next stop continues'
const notSpent = { usage: { inputTokens: 0, outputTokens: 0 }, seconds: 0 }

/** Codex counts a thread from its beginning; the bill wants this call. */
const since = (before: Usage, now: Usage): Usage => ({
  inputTokens: Math.max(0, now.inputTokens - before.inputTokens),
  outputTokens: Math.max(0, now.outputTokens - before.outputTokens),
  // From the thread's beginning, as the ledger has it.
  ...(now.cachedTokens !== undefined && { cachedTokens: now.cachedTokens }),
})
