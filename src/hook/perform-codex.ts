import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { failure, failureFrom } from '../core/codex-failure.ts'
import { judgeRebuttal, judgeReview } from '../core/gate.ts'
import { rebuttalPrompt, reviewPrompt } from '../core/reviewer-texts.ts'
import type { Run } from '../core/state.ts'
import { RebuttalAnswer, ReviewAnswer } from '../model/codex-answer.ts'
import type { Happening, Usage } from '../model/ledger-entry.ts'
import { changedLines } from '../shell/changed-lines.ts'
import { askCodex, type CodexQuestion, type CodexReply } from '../shell/codex.ts'
import { projectRules, wontDo } from '../shell/project-rules.ts'
import { changedFiles, fileAt, patch, writePatch } from '../shell/tree-diff.ts'
import type { Effects } from './perform.ts'

/** Above this a diff is not put into the prompt but into a file that the prompt names. */
const largestPatchBytes = 200_000
const reserveMs = 10_000

/** Hands the frozen change to Codex and judges what comes back. */
export async function review(run: Run, effects: Effects): Promise<Happening[]> {
  const { scope, root } = effects.place
  const files = changedFiles(scope, run.base, run.tree)
  const patchFile = join(scope.stateDir, 'change.patch')
  const inline = patch(scope, run.base, run.tree, { maxBytes: largestPatchBytes })
  if (inline === null) writePatch(scope, run.base, run.tree, patchFile)
  const prompt = reviewPrompt(run, {
    files,
    patch: inline,
    patchFile,
    rules: projectRules(root),
    decisions: wontDo(root),
    mark: mark(),
  })
  const reply = await ask(prompt, ReviewAnswer, null, 'review', run, effects)
  if ('failed' in reply) return [unreviewed('review', reply, run, effects)]
  const judged = judgeReview(reply.answer, run, {
    changed: files.map(({ path }) => path),
    fileAt: path => fileAt(scope, run.tree, path),
    changedSince: run.reviewedTree ? changedLines(scope, run.reviewedTree, run.tree) : null,
  })
  if ('unreviewed' in judged)
    return [unreviewed('review', { ...reply, reason: judged.unreviewed, failed: judged.detail }, run, effects)]
  const { thread, model, usage, seconds } = reply
  const { summary } = reply.answer
  return [{ kind: 'reviewed', tree: run.tree, ...judged, summary, thread, model, usage, seconds }]
}

/** Puts the author's answers to Codex, in the review's own thread. */
export async function rebut(run: Run, last: boolean, effects: Effects): Promise<Happening[]> {
  const reply = await ask(rebuttalPrompt(run, mark()), RebuttalAnswer, run.thread, 'rebuttal', run, effects)
  if ('failed' in reply) return [unreviewed('rebuttal', reply, run, effects)]
  const judged = judgeRebuttal(reply.answer, run)
  if ('unreviewed' in judged)
    return [unreviewed('rebuttal', { ...reply, reason: judged.unreviewed, failed: judged.detail }, run, effects)]
  const { usage, seconds } = reply
  return [{ kind: 'rebutted', round: run.round, last, positions: judged.positions, usage, seconds }]
}

async function ask<Answer>(
  prompt: string,
  schema: CodexQuestion<Answer>['schema'],
  thread: string | null,
  call: 'review' | 'rebuttal',
  run: Run,
  { place, config, bundle, deadline, write }: Effects,
): Promise<CodexReply<Answer>> {
  const reply = await askCodex({
    prompt,
    schema,
    thread,
    cwd: place.root,
    scratchDir: join(place.scope.stateDir, 'codex'),
    settings: config.review,
    deadlineMs: Math.max(1_000, Math.min(config.review.timeoutSeconds * 1000, deadline - reserveMs - Date.now())),
    bundle,
    // Written before the call, so that a hook that is killed in the middle cannot call without end.
    onCall: () => write([{ kind: 'codex-called', call, tree: run.tree, cycle: run.cycle, round: run.round }]),
  })
  return { ...reply, usage: thread ? since(run.threadUsage, reply.usage) : reply.usage }
}

function unreviewed(
  call: 'review' | 'rebuttal',
  { reason, failed, usage, seconds }: Extract<CodexReply<unknown>, { failed: string }>,
  run: Run,
  { now }: Effects,
): Happening {
  const why = reason ? failure(reason, failed, now) : failureFrom(failed, now)
  return { kind: 'could-not-review', call, tree: run.tree, ...why, usage, seconds }
}

/** Codex counts a thread from its beginning; the bill wants this call. */
const since = (before: Usage, now: Usage): Usage => ({
  inputTokens: Math.max(0, now.inputTokens - before.inputTokens),
  outputTokens: Math.max(0, now.outputTokens - before.outputTokens),
})

const mark = (): string => `material-${randomBytes(6).toString('hex')}`
