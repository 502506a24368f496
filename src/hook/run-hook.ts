import { constants } from 'node:os'
import { hookBudgetMs } from '../core/cycle/deadlines.ts'
import { drive } from '../core/cycle/drive.ts'
import { decisions } from '../core/cycle/events/index.ts'
import type { Facts } from '../core/cycle/facts.ts'
import { asDeed, watch, watchedFiles } from '../core/cycle/gate-watch.ts'
import { telling } from '../core/cycle/unseen.ts'
import { listStays, userSees } from '../core/cycle/word/own-session.ts'
import { replay } from '../core/ledger/replay.ts'
import { openRun, type State } from '../core/ledger/state.ts'
import { deedsMessage } from '../core/messages/deeds.ts'
import { outcomeMessage } from '../core/messages/outcomes.ts'
import { cleanEntries } from '../core/text/clean.ts'
import { foreign } from '../core/text/foreign-text.ts'
import type { HookEvent } from '../model/hook-event.ts'
import type { HookReply } from '../model/hook-reply.ts'
import { type HookedEvent, hookedEvent, isHooked } from '../model/hooked-events.ts'
import type { Happening } from '../model/ledger/ledger-entry.ts'
import { lockName } from '../model/paths.ts'
import type { Setup } from '../model/repository.ts'
import type { Look } from '../shell/git/fingerprint.ts'
import { pruneStore } from '../shell/git/prune-store.ts'
import { seeingHashes } from '../shell/git/seeing-rules.ts'
import { appendLedger } from '../shell/state/append-ledger.ts'
import { claimEvent, sweepClaims } from '../shell/state/claim.ts'
import { findSetup } from '../shell/state/find-setup.ts'
import { gateHashes } from '../shell/state/gate-hashes.ts'
import { type Ledger, openLedger, readLedger } from '../shell/state/ledger.ts'
import { lockOwner, takeLock } from '../shell/state/lock.ts'
import { keepPrivate, sweepLeftovers } from '../shell/state/private-state.ts'
import { isSetUp } from '../shell/state/setup-root.ts'
import { sweepTurns, turnBegins, turnEnds } from '../shell/state/turns.ts'
import { ConfigUnreadable, configOf } from './config-of.ts'
import { factsOf } from './facts.ts'
import { perform } from './perform/perform.ts'
import { writeReports } from './reports.ts'
import { takeSettings } from './settings-seen.ts'
import { sightOf } from './sight.ts'

/** What the quick answer has looked up already. */
export type Seen = { look?: Look }

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

type Work = { setup: Setup; bundle: string; deadline: number; seen: Seen; ledger: Ledger }

async function workThrough(name: HookedEvent, event: HookEvent, work: Work): Promise<HookReply> {
  const { setup, bundle, deadline, seen, ledger } = work
  const { stateDir } = setup.scope
  const config = configOf(setup)
  const scope = () => ({ ...setup.scope, ignore: config().ignore })
  const sight = sightOf(scope, seen.look)
  const facts = factsOf({ event, setup, config, sight })
  const done: Happening[] = []
  let state = replay(ledger.next())
  const write = (happened: Happening[]): State => {
    const entries = cleanEntries(happened)
    ledger.append(entries, new Date().toISOString())
    done.push(...entries)
    state = replay(ledger.next(), state)
    return state
  }
  if (name === 'UserPromptSubmit') turnBegins(stateDir, event.session_id)
  if (name === 'SessionStart') {
    sweepTurns(stateDir)
    sweepClaims(stateDir)
  }
  if (name === 'Stop' || name === 'UserPromptSubmit') {
    const watched = watch(state, { ...gateHashes(setup.root, watchedFiles), ...seeingHashes(setup.scope) })
    const unseen = watched.some(({ changed }) => changed.length > 0) && !userSees(state, facts(state, done))
    write([...watched, ...(unseen ? watched.map(asDeed) : [])])
  }
  const { deeds: before } = state
  // Nobody may read any more what is said at its end, and Claude Code shows nothing of what is said of the settings.
  const isShown = name !== 'SessionEnd' && name !== 'ConfigChange'
  const tells = before.length > 0 && isShown && userSees(state, facts(state, done))
  const deeds = tells ? deedsMessage(before, state.run, listStays(state, facts(state, done), name)) : null
  if (tells) write([{ kind: 'deeds-told' }])

  const settledBefore = state.settled
  const toTheEnd = async () => {
    // Looked at although not every start needs it: it is the one event at which everybody still reads what is said.
    if (name === 'SessionStart' && !state.paused) config()
    const steps = drive(state, now => decisions[name](now, facts(now, done), event), write)
    let next = steps.next()
    while (!next.done) {
      const { effect, state: now } = next.value
      const effects = { setup: { ...setup, scope: scope() }, config: config(), bundle, deadline, write, sight }
      next = steps.next(await perform(effect, now, effects))
    }
    return next.value
  }
  const { reply, state: after } = await toTheEnd().catch((error: unknown) => {
    if (error instanceof ConfigUnreadable) return withoutConfig(name, facts(state, done), state, error, write)
    throw error
  })
  if (name === 'SessionStart' || (name === 'ConfigChange' && !reply?.block)) takeSettings(setup)
  if (name === 'SessionEnd' || (name === 'Stop' && !reply?.block && !reply?.context))
    turnEnds(stateDir, event.session_id)
  const settles = name === 'Stop' && after.settled !== settledBefore && after.settled?.tree === sight.tree()
  if (settles && !openRun(after)) pruneStore(scope(), sight.tree())
  if (reply?.context && after.run) writeReports(`${stateDir}/reports`, after.run)
  return withMessage(reply, outcomeMessage(done, after, deeds))
}

function withMessage(reply: HookReply, systemMessage: string | null): HookReply {
  return systemMessage ? { ...reply, systemMessage } : reply
}

/** What is left of an event without a configuration: that it cannot be read is said at a start, and at a stop once. */
function withoutConfig(
  name: HookedEvent,
  { session, pid }: Pick<Facts, 'session' | 'pid'>,
  state: State,
  { problems }: ConfigUnreadable,
  write: (entries: Happening[]) => State,
): { reply: HookReply; state: State } {
  const lines = problems.map(({ file, line, column, problem }) => `${file}:${line}:${column}: ${problem}`)
  const told = { session, what: 'config', about: foreign(lines.join('\n'), 2000) } as const
  if (name === 'SessionStart') {
    const systemMessage = outcomeMessage([{ kind: 'told', ...told }], state)!
    return { reply: { systemMessage }, state: write([{ kind: 'session', session, pid, phase: 'started' }]) }
  }
  if (name === 'SessionEnd') return { reply: null, state: write([{ kind: 'session', session, pid, phase: 'ended' }]) }
  const untold = name === 'Stop' && telling(state, session, 'config', told.about)
  return { reply: null, state: untold ? write([untold]) : state }
}
