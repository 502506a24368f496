import { constants } from 'node:os'
import { hookBudgetMs } from '../core/cycle/deadlines.ts'
import { telling } from '../core/cycle/unseen.ts'
import { replay } from '../core/ledger/replay.ts'
import { openRun } from '../core/ledger/state.ts'
import { outcomeMessage } from '../core/messages/outcomes.ts'
import { cleanEntries } from '../core/text/clean.ts'
import type { HookEvent } from '../model/hook-event.ts'
import type { HookReply } from '../model/hook-reply.ts'
import { type HookedEvent, hookedEvent, isHooked } from '../model/hooked-events.ts'
import { lockName } from '../model/paths.ts'
import { appendLedger } from '../shell/state/append-ledger.ts'
import { claimEvent } from '../shell/state/claim.ts'
import { findSetup } from '../shell/state/find-setup.ts'
import { openLedger, readLedger } from '../shell/state/ledger.ts'
import { lockOwner, takeLock } from '../shell/state/lock.ts'
import { keepPrivate, sweepLeftovers } from '../shell/state/private-state.ts'
import { isSetUp } from '../shell/state/setup-root.ts'

import { type Seen, workThrough } from './work-through.ts'

/**
 * Works one hook event through; null is silence.
 *
 * @param input The event as it came in.
 */
export async function runHook(
  event: HookEvent,
  bundle: string,
  seen: Seen = {},
  input = JSON.stringify(event),
): Promise<HookReply> {
  const name = event.hook_event_name
  if (!isHooked(name)) return null
  const deadline = performance.now() + hookBudgetMs(name)
  const directory = process.env.CLAUDE_PROJECT_DIR || event.cwd || process.cwd()
  const setup = findSetup(directory)
  if (!setup) return withoutRepository(name, directory)
  sweepLeftovers(setup.scope.stateDir)
  keepPrivate(setup.scope.stateDir)
  const answered = claimEvent(setup.scope.stateDir, input)
  if (!answered) return null
  const release = hookedEvent(name).worksAlone ? takeLock(setup.scope.stateDir) : () => {}
  if (!release) {
    answered()
    return name === 'Stop' ? besideAnother(event.session_id, setup.scope.stateDir) : null
  }
  const ledger = openLedger(setup.scope.stateDir)
  const end = () => {
    ledger.close()
    release()
    answered()
    if (hookedEvent(name).worksAlone) sweepLeftovers(setup.scope.stateDir)
    keepPrivate(setup.scope.stateDir)
  }
  const withoutSignals = endOnSignals(end)
  try {
    return await workThrough(name, event, { setup, bundle, deadline, seen, ledger })
  } finally {
    withoutSignals()
    end()
  }
}

/** Nothing can be remembered here, so that it is said each time where a gate is set up: its silence would pass for “checked”. */
function withoutRepository(name: HookedEvent, directory: string): HookReply {
  if (name !== 'SessionStart' && name !== 'Stop') return null
  const idle = name === 'SessionStart' ? { context: 'Countersign is idle: this is not a git repository.' } : null
  const systemMessage =
    'Countersign: ! git finds no working tree here, so nothing is tested or reviewed. To see why, run `git status`'
  return isSetUp(directory) ? { ...idle, systemMessage } : idle
}

/** Another event is being worked on in this very tree, or something else has the lock: told, since this stop is not looked at. */
function besideAnother(session: string, stateDir: string): HookReply {
  const state = replay(readLedger(stateDir).entries)
  const owner = openRun(state)?.owner
  const holder = String(lockOwner(stateDir, lockName)?.pid || '')
  const untold =
    owner && owner.session !== session
      ? telling(state, session, 'other-session', String(owner.pid ?? ''))
      : telling(state, session, 'locked', holder)
  if (!untold) return null
  appendLedger(stateDir, cleanEntries([untold]), new Date().toISOString())
  return { systemMessage: outcomeMessage([untold], state)! }
}

/**
 * Esc sends SIGTERM. What has been started ends with us, and what lies about is removed first.
 *
 * @returns A function that leaves signals alone again.
 */
function endOnSignals(end: () => void): () => void {
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const
  const onSignal = (signal: (typeof signals)[number]) => {
    end()
    process.exit(128 + constants.signals[signal])
  }
  for (const signal of signals) process.on(signal, onSignal)
  return () => {
    for (const signal of signals) process.off(signal, onSignal)
  }
}
