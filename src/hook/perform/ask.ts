import { join } from 'node:path'
import type { Run } from '../../core/ledger/state.ts'
import { notAccepted } from '../../core/messages/run-lines.ts'
import { codexFault, codexFaultIn } from '../../core/review/codex-fault.ts'
import type { Kept, Usage } from '../../model/ledger/fields.ts'
import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import type { Store } from '../../model/repository.ts'
import { askCodex, type CodexReply } from '../../shell/codex/ask-codex.ts'
import { changedFiles } from '../../shell/git/tree-diff.ts'
import { changedEnvironment } from '../../shell/state/session-environment.ts'
import type { Effects } from './effects.ts'
import { placeOfCall } from './place-of-call.ts'

const reserveMs = 10_000
/** With less time than this left, Codex is not called: it could only be cut off. */
const leastMs = 20_000

/** Where a file's diff is put that no prompt holds, masked. */
export const patchFileOf = ({ stateDir }: Store): string => join(stateDir, 'change.patch')

export type Call = 'review' | 'rebuttal'
export type Asked = { prompt: string; thread: string | null; followUp: boolean }

/** What one call came to. `moved`: the tree is another one than before it. */
export type Reply = CodexReply & { moved?: boolean }

/** Calls Codex once. `usage` of the reply is that of the whole thread so far. */
export async function ask(
  { prompt, thread, followUp }: Asked,
  call: Call,
  run: Run,
  { setup, session, config, bundle, deadline, write, sight }: Effects,
): Promise<Reply> {
  const changed = changedEnvironment(setup.scope.stateDir, session)
  if (changed.length > 0) return { ...notSpent, reason: 'sandbox', problem: `${changed.join(', ')} ${notAccepted}` }
  const leftMs = deadline - reserveMs - performance.now()
  if (leftMs < leastMs) return { ...notSpent, reason: 'timed-out', problem: outOfTime }
  const { tree, cycle, round } = run
  const reply = await askCodex({
    ...{ prompt, thread },
    ...placeOfCall(setup, [patchFileOf(setup.scope)]),
    settings: config.review,
    deadlineMs: Math.min(config.review.timeoutSeconds * 1000, leftMs),
    bundle,
    // Written before the call, so that a hook that is killed in the middle cannot call without end.
    onCall: () => write([{ kind: 'codex-called', call, tree, cycle, round, ...(followUp && { followUp }) }]),
  })
  sight.forget()
  const now = sight.tree()
  const moved = now === tree ? [] : changedFiles(setup.scope, tree, now)
  if (moved.length > 0) write([{ kind: 'tree-moved', call, files: moved.map(({ path }) => path) }])
  // Not part of the change to be reviewed, and nobody can say whose it is.
  if (moved.length > 0 && !('problem' in reply) && !reply.confined)
    return { ...reply, reason: 'sandbox', problem: unproven }
  return { ...reply, moved: moved.length > 0 }
}

/** Whether there is time for another call in this stop. */
export const hasTime = ({ deadline }: Effects): boolean => deadline - reserveMs - performance.now() >= leastMs

type Failed = Pick<Extract<CodexReply, { problem: string }>, 'reason' | 'problem' | 'usage' | 'seconds'>

/** @param kept What is whole in what Codex has said so far. */
export function couldNotReview(
  call: Call,
  { reason, problem, usage, seconds }: Failed,
  run: Run,
  kept?: Kept | null,
): HappeningOf<'could-not-review'> {
  // Not the time at which the call began: it may have taken longer than the pause that follows it.
  const now = new Date().toISOString()
  const fault = reason ? codexFault(reason, problem, now) : codexFaultIn(problem, now)
  // What ran out of time in this one stop continues at the next.
  const until = problem === outOfTime ? null : fault.until
  return { kind: 'could-not-review', call, tree: run.tree, ...fault, until, ...(kept && { kept }), usage, seconds }
}

const unproven = 'files changed during the call, and Codex left no record that its commands could write nothing'
const outOfTime = 'no time left in this stop for another Codex call; the next stop continues'
export const noUsage: Usage = { inputTokens: 0, outputTokens: 0 }
const notSpent = { usage: noUsage, seconds: 0 }

/** Codex counts a thread from its beginning; the bill wants this call. */
export const usageSince = (before: Usage, now: Usage): Usage => ({
  inputTokens: Math.max(0, now.inputTokens - before.inputTokens),
  outputTokens: Math.max(0, now.outputTokens - before.outputTokens),
})
