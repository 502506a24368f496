import { hookBudgetMs } from '../core/cycle/deadlines.ts'
import { drive } from '../core/cycle/drive.ts'
import { decisions } from '../core/cycle/events/index.ts'
import { asDeed, watch, watchedFiles } from '../core/cycle/gate-watch.ts'
import { listStays, userSees } from '../core/cycle/word/own-session.ts'
import { replay } from '../core/ledger/replay.ts'
import { openRun, type State } from '../core/ledger/state.ts'
import { deedsMessage } from '../core/messages/deeds.ts'
import { outcomeMessage } from '../core/messages/outcomes.ts'
import { cleanEntries } from '../core/text/clean.ts'
import type { FileProblem } from '../model/file-problem.ts'
import type { HookEvent } from '../model/hook-event.ts'
import type { HookReply } from '../model/hook-reply.ts'
import { type HookedEvent, hookedEvent, isHooked } from '../model/hooked-events.ts'
import type { Happening } from '../model/ledger-entry.ts'
import type { Setup } from '../model/repository.ts'
import type { Look } from '../shell/git/fingerprint.ts'
import { pruneStore } from '../shell/git/prune-store.ts'
import { seeingHashes } from '../shell/git/seeing-rules.ts'
import { findSetup } from '../shell/state/find-setup.ts'
import { gateHashes } from '../shell/state/gate-hashes.ts'
import { type Ledger, openLedger } from '../shell/state/ledger.ts'
import { takeLock } from '../shell/state/lock.ts'
import { ConfigUnreadable, configOf } from './config-of.ts'
import { factsOf } from './facts.ts'
import { perform } from './perform.ts'
import { writeReports } from './reports.ts'
import { sightOf } from './sight.ts'

/** What the quick answer has looked up already. */
export type Seen = { look?: Look }

/** Works one hook event through; null is silence. */
export async function runHook(event: HookEvent, bundle: string, seen: Seen = {}): Promise<HookReply> {
  const name = event.hook_event_name
  if (!isHooked(name)) return null
  const deadline = performance.now() + hookBudgetMs(name)
  const setup = findSetup(process.env.CLAUDE_PROJECT_DIR || event.cwd || process.cwd())
  if (!setup) return name === 'SessionStart' ? { context: 'Countersign is idle: this is not a git repository.' } : null
  const release = hookedEvent(name).worksAlone ? takeLock(setup.scope.stateDir) : () => {}
  // Another stop is being worked on in this very tree; whatever this one has to say can be said at the next.
  if (!release) return null
  const ledger = openLedger(setup.scope.stateDir)
  try {
    return await workThrough(name, event, { setup, bundle, deadline, seen, ledger })
  } catch (error) {
    if (!(error instanceof ConfigUnreadable)) throw error
    return name === 'Stop' ? { systemMessage: unreadable(error.problems) } : null
  } finally {
    ledger.close()
    release()
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
  if (name === 'Stop' || name === 'UserPromptSubmit') {
    const watched = watch(state, { ...gateHashes(setup.root, watchedFiles), ...seeingHashes(setup.scope) })
    const unseen = watched.some(({ changed }) => changed.length > 0) && !userSees(state, facts(state, done))
    write([...watched, ...(unseen ? watched.map(asDeed) : [])])
  }
  const { deeds: before } = state
  // What its end says, nobody may read any more.
  const tells = before.length > 0 && name !== 'SessionEnd' && userSees(state, facts(state, done))
  const deeds = tells ? deedsMessage(before, state.run, listStays(state, facts(state, done), name)) : null
  if (tells) write([{ kind: 'deeds-told' }])

  const steps = drive(state, now => decisions[name](now, facts(now, done), event), write)
  let next = steps.next()
  while (!next.done) {
    const { effect, state: now } = next.value
    const effects = { setup: { ...setup, scope: scope() }, config: config(), bundle, deadline, write, sight }
    next = steps.next(await perform(effect, now, effects))
  }
  const { reply, state: after } = next.value
  if (name === 'Stop' && !openRun(after) && after.settled?.tree === sight.tree()) pruneStore(scope(), sight.tree())
  if (reply?.context && after.run) writeReports(`${stateDir}/reports`, after.run)
  return withMessage(reply, outcomeMessage(done, after, deeds))
}

function withMessage(reply: HookReply, systemMessage: string | null): HookReply {
  return systemMessage ? { ...reply, systemMessage } : reply
}

function unreadable(problems: FileProblem[]): string {
  const lines = problems.map(({ file, line, column, problem }) => `${file}:${line}:${column}: ${problem}`)
  return `Countersign: ! the configuration cannot be read, so nothing was tested or reviewed.\n${lines.join('\n')}`
}
