import { writeSync } from 'node:fs'
import { replay } from '../core/ledger/replay.ts'
import { statusText } from '../core/report/status.ts'
import { findingsText } from '../core/report/text.ts'
import { HookEvent } from '../model/hook-event.ts'
import { toStdout } from '../model/hook-reply.ts'
import type { Setup } from '../model/repository.ts'
import { writePrivately } from '../shell/processes/user-mask.ts'
import { findSetup } from '../shell/state/find-setup.ts'
import { readLedger } from '../shell/state/ledger.ts'
import { configOf } from './config-of.ts'
import { offAtStart } from './off-at-start.ts'
import { answerProbe, isProbe } from './probe.ts'
import { switchedOff } from './quick-answer.ts'
import { runHook } from './run-hook.ts'
import { sightOf } from './sight.ts'
import type { Seen } from './work-through.ts'

/** Of the first file of the hook, without the hash in it; the build puts it in. */
export const quickHash: string = COUNTERSIGN_QUICK_HASH

/**
 * Works one event through and writes the reply, one JSON line or nothing, to stdout.
 *
 * @param usersMask The file mode mask that the hook was started with, for what it starts in turn.
 */
export async function runEvent(input: string, bundle: string, seen: Seen, usersMask: number): Promise<void> {
  writePrivately(usersMask)
  const event = HookEvent.parse(JSON.parse(input))
  if (isProbe(event)) {
    writeSync(1, `${answerProbe(event)}\n`)
    return
  }
  const off = switchedOff(process.env)
  const answer = off ? async () => offAtStart(event, off) : () => runHook(event, bundle, seen, input)
  const reply = await answer().catch((error: unknown) => broken(event.hook_event_name, error))
  const line = toStdout(event.hook_event_name, reply)
  if (line) writeSync(1, `${line}\n`)
}

/** What the hook answers besides events, so that a clone needs no installed package to show where it stands. */
export function report(mode: 'status' | 'findings'): void {
  const place = findSetup(process.env.CLAUDE_PROJECT_DIR || process.cwd())
  const state = replay(place ? readLedger(place.scope.stateDir).entries : [])
  writeSync(
    1,
    `${mode === 'status' ? statusText(state, undefined, null, place && treeNow(place)) : findingsText(state.run)}\n`,
  )
}

/** Null where git, or a configuration that cannot be read, keeps it from being told. */
function treeNow(place: Setup): string | null {
  const config = configOf(place)
  try {
    return sightOf(() => ({ ...place.scope, ignore: config().ignore })).tree()
  } catch {
    return null
  }
}

/** A fault of ours never holds anybody up and never passes for a review. */
function broken(event: string, error: unknown) {
  const why = error instanceof Error ? error.message : String(error)
  writeSync(2, `countersign: ${error instanceof Error ? error.stack : why}\n`)
  return event === 'Stop' || event === 'SessionStart'
    ? { systemMessage: `Countersign: ! the gate itself failed, so nothing was tested or reviewed: ${why}` }
    : null
}
