import { randomBytes } from 'node:crypto'
import { relative, resolve, sep } from 'node:path'
import { hookBudgetMs } from '../core/cycle/deadlines.ts'
import { onAnswer, onPrompt, onQuestion, onSessionEnd, onSessionStart, onTaskCompleted } from '../core/cycle/events.ts'
import { type Facts, inTheCourseOf } from '../core/cycle/facts.ts'
import { longestPath, onEdit } from '../core/cycle/gate-files.ts'
import { watch, watchedFiles } from '../core/cycle/gate-watch.ts'
import { type Step, silence } from '../core/cycle/step.ts'
import { onStop } from '../core/cycle/stop.ts'
import { replay } from '../core/ledger/replay.ts'
import { openRun, type Run, type State } from '../core/ledger/state.ts'
import { outcomeMessage } from '../core/messages/outcomes.ts'
import type { Config } from '../model/config.ts'
import type { HookEvent } from '../model/hook-event.ts'
import type { HookReply } from '../model/hook-reply.ts'
import { hookedEvent, isHooked } from '../model/hooked-events.ts'
import type { Happening } from '../model/ledger-entry.ts'
import type { Setup } from '../model/repository.ts'
import { realPlace } from '../shell/files/real-place.ts'
import { fingerprint } from '../shell/git/fingerprint.ts'
import { headCommit } from '../shell/git/git.ts'
import { pruneStore } from '../shell/git/prune-store.ts'
import { findProgram } from '../shell/processes/find-program.ts'
import { startedAt } from '../shell/processes/processes.ts'
import { loadConfig } from '../shell/state/config-file.ts'
import { findSetup } from '../shell/state/find-setup.ts'
import { gateHashes } from '../shell/state/gate-hashes.ts'
import { appendLedger, readLedger } from '../shell/state/ledger.ts'
import { isAlive, takeLock } from '../shell/state/lock.ts'
import { fenceMark } from './fence-mark.ts'
import { perform } from './perform.ts'
import { writeReports } from './reports.ts'

/** No event takes more steps than this; more would be a loop of our own making. */
const maxSteps = 200

/** Works one hook event through: decide, do, write down, decide again, until there is a reply. */
export async function runHook(event: HookEvent, bundle: string): Promise<HookReply> {
  const name = event.hook_event_name
  if (!isHooked(name)) return null
  const deadline = performance.now() + hookBudgetMs(name)
  const place = findSetup(process.env.CLAUDE_PROJECT_DIR || event.cwd || process.cwd())
  if (!place) return name === 'SessionStart' ? { context: 'Countersign is idle: this is not a git repository.' } : null
  if (name === 'PreToolUse' && event.tool_name !== 'AskUserQuestion') return guard(event, place)

  const loaded = loadConfig(place.root, place.scope.stateDir)
  if ('problems' in loaded) return name === 'Stop' ? { systemMessage: unreadable(loaded.problems) } : null
  // Only what runs tests and asks Codex works alone; the others add a line to the ledger and are gone.
  const release = hookedEvent(name).worksAlone ? takeLock(place.scope.stateDir) : () => {}
  // Another stop is being worked on in this very tree; whatever this one has to say can be said at the next.
  if (!release) return null
  try {
    return await workThrough(event, {
      place: withIgnore(place, loaded.config),
      config: loaded.config,
      bundle,
      deadline,
    })
  } finally {
    release()
  }
}

type Work = { place: Setup; config: Config; bundle: string; deadline: number }

async function workThrough(event: HookEvent, work: Work): Promise<HookReply> {
  const { stateDir } = work.place.scope
  const done: Happening[] = []
  const write = (entries: Happening[]) => {
    appendLedger(stateDir, entries, new Date().toISOString())
    done.push(...entries)
  }
  if (event.hook_event_name === 'Stop' || event.hook_event_name === 'UserPromptSubmit')
    write(watch(replay(readLedger(stateDir).entries), gateHashes(work.place.root, watchedFiles)))
  let facts: Facts | null = null
  for (let count = 0; count < maxSteps; count++) {
    const state = replay(readLedger(stateDir).entries)
    facts = gather(event, work, state, done, facts)
    const step = decide(event, state, facts)
    if (step.do === 'reply') {
      write(step.entries)
      const after = replay(readLedger(stateDir).entries)
      if (!openRun(after) && after.settled?.tree === facts.tree && event.hook_event_name === 'Stop')
        pruneStore(work.place.scope, facts.tree)
      if (step.reply?.context && after.run) writeReports(facts.reportsDir, after.run)
      return withOutcome(step.reply, outcomeMessage(done, after))
    }
    if (step.do === 'record') write(step.entries)
    else {
      write(await perform(step, state, { ...work, write }))
      facts = null
    }
  }
  throw new Error(`${event.hook_event_name} did not finish within ${maxSteps} steps`)
}

/** The decision for each event; silence for those that are not ours. */
function decide(event: HookEvent, state: State, facts: Facts): Step {
  const answers = (event.tool_input?.answers ?? {}) as Record<string, unknown>
  const rules: Record<string, () => Step> = {
    SessionStart: () => onSessionStart(state, facts, event.source ?? 'startup'),
    SessionEnd: () => onSessionEnd(facts),
    UserPromptSubmit: () => onPrompt(state, facts, event.prompt ?? ''),
    PreToolUse: () => onQuestion(state),
    PostToolUse: () => onAnswer(state, facts, answers),
    Stop: () => onStop(state, facts),
    TaskCompleted: () => onTaskCompleted(state, facts),
  }
  return rules[event.hook_event_name]?.() ?? silence
}

/** What a decision may know. The tree is read again only after something has run that could have changed it. */
function gather(
  event: HookEvent,
  { place, config }: Work,
  state: State,
  done: Happening[],
  before: Facts | null,
): Facts {
  const owner = state.run?.owner
  const pid = Number(process.env.CLAUDE_PID) || null
  return {
    tree: before?.tree ?? fingerprint(place.scope),
    head: before?.head ?? headCommit(place.scope),
    session: event.session_id,
    pid,
    ownerAlive: Boolean(owner && !state.endedSessions.includes(owner.session) && stillRuns(owner)),
    // An answer stands at the end; what is before it can be of any size.
    ...inTheCourseOf(done, (event.last_assistant_message ?? '').slice(-1_000_000)),
    config,
    now: new Date().toISOString(),
    codexFound: state.run?.owed?.reason === 'missing' ? findProgram('codex') !== null : true,
    newRunId: randomBytes(4).toString('hex'),
    mark: fenceMark(),
    reportsDir: `${place.scope.stateDir}/reports`,
  }
}

/** Whether the process that was the run's session is still there: after a restart somebody else may have its number. */
function stillRuns({ pid, since }: Run['owner']): boolean {
  if (!pid || !isAlive(pid)) return false
  const started = startedAt(pid)
  return started === null || since === null || started <= Date.parse(since) + 60_000
}

function guard(event: HookEvent, { root }: Setup): HookReply {
  const file = event.tool_input?.file_path ?? event.tool_input?.notebook_path
  // No system takes a longer path, and looking at one of megabytes takes a minute.
  if (typeof file !== 'string' || file.length > longestPath) return null
  const path = relative(root, realPlace(resolve(event.cwd ?? root, file)))
  return onEdit(path.split(sep).join('/'), event.permission_mode)
}

const withIgnore = (place: Setup, { ignore }: Config): Setup => ({ ...place, scope: { ...place.scope, ignore } })

function withOutcome(reply: HookReply, systemMessage: string | null): HookReply {
  return systemMessage ? { ...reply, systemMessage } : reply
}

function unreadable(problems: { file: string; line: number; column: number; problem: string }[]): string {
  const lines = problems.map(({ file, line, column, problem }) => `${file}:${line}:${column}: ${problem}`)
  return `Countersign: ! the configuration cannot be read, so nothing was tested or reviewed.\n${lines.join('\n')}`
}
