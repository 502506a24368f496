import { drive } from '../core/cycle/drive.ts'
import { decisions } from '../core/cycle/events/index.ts'
import type { Facts } from '../core/cycle/facts.ts'
import { isForgotten } from '../core/cycle/forgotten.ts'
import { asDeed, watch, watchedFiles } from '../core/cycle/gate-watch.ts'
import { telling } from '../core/cycle/unseen.ts'
import { isSeen, listStays, userSees } from '../core/cycle/word/own-session.ts'
import { isTyped } from '../core/cycle/word/speaker.ts'
import { tellingDeeds } from '../core/cycle/word/telling-deeds.ts'
import { replay } from '../core/ledger/replay.ts'
import { openRun, type State } from '../core/ledger/state.ts'
import { deedsMessage } from '../core/messages/deeds.ts'
import { outcomeMessage } from '../core/messages/outcomes.ts'
import { cleanEntries } from '../core/text/clean.ts'
import { foreign } from '../core/text/foreign-text.ts'
import type { HookEvent } from '../model/hook-event.ts'
import type { HookReply } from '../model/hook-reply.ts'
import type { HookedEvent } from '../model/hooked-events.ts'
import type { Happening } from '../model/ledger/ledger-entry.ts'
import type { Setup } from '../model/repository.ts'
import type { Look } from '../shell/git/fingerprint.ts'
import { pruneStore } from '../shell/git/prune-store.ts'
import { seeingHashes } from '../shell/git/seeing-rules.ts'
import { configText } from '../shell/state/cached-config.ts'
import { sweepClaims } from '../shell/state/claim.ts'
import { readConfig } from '../shell/state/config-file.ts'
import { heldText, letHold } from '../shell/state/config-in-force.ts'
import { gateHashes } from '../shell/state/gate-hashes.ts'
import type { Ledger } from '../shell/state/ledger.ts'
import { acceptEnvironment, changedEnvironment } from '../shell/state/session-environment.ts'
import { sweepTurns, turnBegins, turnEnds } from '../shell/state/turns.ts'
import { ConfigUnreadable, configOf } from './config-of.ts'
import { factsOf } from './facts.ts'
import { gateNotes } from './gate-notes.ts'
import { afterLoss } from './perform/after-loss.ts'
import { perform } from './perform/perform.ts'
import { countTracked } from './perform/set-aside.ts'
import { writeReports } from './reports.ts'
import { settingsSinceLast, takeSettings } from './settings-seen.ts'
import { sightOf } from './sight.ts'

/** What the quick answer has looked up already. */
export type Seen = { look?: Look }

export type Work = { setup: Setup; bundle: string; deadline: number; seen: Seen; ledger: Ledger }

/** Works one event through, with the lock and the ledger in hand. */
export async function workThrough(name: HookedEvent, event: HookEvent, work: Work): Promise<HookReply> {
  const { setup, bundle, deadline, seen, ledger } = work
  const { stateDir } = setup.scope
  const config = configOf(setup)
  const scope = () => ({ ...setup.scope, ignore: config().ignore })
  // What has come to be tracked since the tests wrote it counts again, whatever was seen before.
  const counts = (name === 'Stop' || name === 'TaskCompleted') && countTracked(setup.scope)
  const sight = sightOf(scope, counts ? undefined : seen.look)
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
  if (isForgotten(state, event)) write(afterLoss(setup, state, facts(state, done)))
  if (name === 'UserPromptSubmit') turnBegins(stateDir, event.session_id)
  if (name === 'SessionStart') {
    sweepTurns(stateDir)
    sweepClaims(stateDir)
  }
  if (name === 'Stop' || name === 'UserPromptSubmit') {
    const when = name === 'Stop' ? 'from your next prompt on' : 'from this prompt on'
    const watched = watch(state, { ...gateHashes(setup.root, watchedFiles), ...seeingHashes(setup.scope) }).map(
      entry => ({ ...entry, says: gateNotes(setup, state, entry.changed, when) }),
    )
    const now = facts(state, done)
    // Who has fired the event is looked up only where there is something to tell.
    const unseen = watched.some(({ changed }) => changed.length > 0) && !userSees(state, now)
    write([...watched, ...(unseen ? watched.map(one => asDeed(one, isSeen(state, now) ? now : null)) : [])])
  }
  const isUsers = name === 'UserPromptSubmit' && isTyped(event, state, facts(state, done))
  if (isUsers || (name === 'SessionStart' && event.source !== 'compact')) write(untoldChanges(name, event, setup))
  const tells = tellingDeeds(state, facts(state, done), name)
  const deeds = tells && deedsMessage(tells.deeds, state.run, listStays(state, facts(state, done), name))
  // A prompt looks at what is told with it; whatever else is decided goes on from what has been told.
  const late = name === 'UserPromptSubmit'
  if (tells && !late) write([tells.entry])

  const settledBefore = state.settled
  const toTheEnd = async () => {
    // Looked at although not every start needs it: it is the one event at which everybody still reads what is said.
    if (name === 'SessionStart' && !state.paused) config()
    const steps = drive(state, now => decisions[name](now, facts(now, done), event), write)
    let next = steps.next()
    while (!next.done) {
      const { effect, state: now } = next.value
      const effects = {
        setup: { ...setup, scope: scope() },
        session: event.session_id,
        config: config(),
        bundle,
        deadline,
        write,
        sight,
      }
      next = steps.next(await perform(effect, now, effects))
    }
    return next.value
  }
  const { reply, state: after } = await toTheEnd().catch((error: unknown) => {
    if (error instanceof ConfigUnreadable) return withoutConfig(name, facts(state, done), state, error, write)
    throw error
  })
  if (tells && late) write([tells.entry])
  if (name === 'SessionStart' || (name === 'ConfigChange' && !reply?.block)) takeSettings(setup)
  if (isUsers || (name === 'SessionStart' && event.source !== 'compact' && userSees(after, facts(after, done)))) {
    acceptEnvironment(stateDir, event.session_id)
    const text = configText(setup.root)
    const isReadable = 'config' in readConfig(text ?? 'version: 1')
    if (isReadable && (isUsers || heldText(stateDir) === undefined)) letHold(stateDir, text)
  }
  if (name === 'SessionEnd' || (name === 'Stop' && !reply?.block && !reply?.context))
    turnEnds(stateDir, event.session_id)
  const settles = name === 'Stop' && after.settled !== settledBefore && after.settled?.tree === sight.tree()
  if (settles && !openRun(after)) pruneStore(scope(), sight.tree())
  if (reply?.context && after.run) writeReports(`${stateDir}/reports`, after.run)
  return withMessage(reply, outcomeMessage(done, after, deeds))
}

/** What has changed out of the user's sight since their last word: the settings between two sessions, the environment in one. */
function untoldChanges(name: HookedEvent, { session_id }: HookEvent, setup: Setup): Happening[] {
  const what = name === 'SessionStart' ? 'settings-off' : 'environment'
  const names =
    name === 'SessionStart' ? settingsSinceLast(setup) : changedEnvironment(setup.scope.stateDir, session_id)
  return names.length > 0 ? [{ kind: 'deed', what, names, by: 'user' }] : []
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
