import { writeSync } from 'node:fs'
import { isForgotten } from '../core/cycle/forgotten.ts'
import { longestPath } from '../core/cycle/gate-files.ts'
import { isHeadUnseen } from '../core/cycle/not-covered.ts'
import { hasNewSchedule, nothingToDo } from '../core/cycle/nothing-to-do.ts'
import { leftAlone, unseenAtStop } from '../core/cycle/unseen.ts'
import { replay } from '../core/ledger/replay.ts'
import { untoldDeeds } from '../core/ledger/state-reducer.ts'
import { hookedEvent, isHooked, schedulers } from '../model/hooked-events.ts'
import { probeKey } from '../model/probe.ts'
import { otherTree } from '../shell/files/other-tree.ts'
import { realPlace } from '../shell/files/real-place.ts'
import type { Look } from '../shell/git/fingerprint.ts'
import { cachedConfig } from '../shell/state/cached-config.ts'
import { textInForce } from '../shell/state/config-in-force.ts'
import { findSetup } from '../shell/state/find-setup.ts'
import { readLedger } from '../shell/state/ledger.ts'
import { isSetUp } from '../shell/state/setup-root.ts'
import { turnEnds } from '../shell/state/turns.ts'
import { sightOf } from './sight.ts'

type Raw = Record<string, unknown>

/** Silence, or that the rest of the program is needed, with the tree where it has been looked up. */
export type QuickAnswer = 'silence' | { look?: Look }

/**
 * Answers what can be answered without loading anything: events that are none of ours, and stops at a tree where there
 * is nothing to do.
 */
export function answerAtOnce(input: string, env: NodeJS.ProcessEnv): QuickAnswer {
  // Switched off, all but the beginning of a session costs as little as can be; an event's own text has its quotes escaped.
  if (switchedOff(env) && !/"hook_event_name"\s*:\s*"SessionStart"/.test(input)) return 'silence'
  const event = parse(input)
  if (!event) return 'silence'
  if (probeKey in event) return {}
  const name = event.hook_event_name
  if (!isHooked(name)) return 'silence'
  const projectDir = env.CLAUDE_PROJECT_DIR || (typeof event.cwd === 'string' ? event.cwd : process.cwd())
  try {
    return silentIf[hookedEvent(name).silentIf](event, projectDir, env)
  } catch {
    // Whatever went wrong is said where there is room to say it well.
    return {}
  }
}

/** The variable that switches the gate off in this environment; null: none does. */
export const switchedOff = (env: NodeJS.ProcessEnv): 'COUNTERSIGN' | 'COUNTERSIGN_NESTED' | null =>
  env.COUNTERSIGN === '0' ? 'COUNTERSIGN' : env.COUNTERSIGN_NESTED ? 'COUNTERSIGN_NESTED' : null

type Rule = ReturnType<typeof hookedEvent>['silentIf']

const silentIf: Record<Rule, (event: Raw, projectDir: string, env: NodeJS.ProcessEnv) => QuickAnswer> = {
  never: () => ({}),
  'no-question': event => (isQuestion(event) ? {} : 'silence'),
  'no-tool-of-interest': event =>
    isQuestion(event) || isScheduler(event) || mayTouchTheGate(event.tool_input) ? {} : 'silence',
  'nothing-to-do': lookAround,
}

const isScheduler = ({ tool_name }: Raw): boolean => schedulers.some(name => name === tool_name)
const isQuestion = ({ tool_name }: Raw): boolean => tool_name === 'AskUserQuestion'

/** Whether the path of an edit is worth a second look, wherever it stands in the input; gate-files.ts has the last word. */
function mayTouchTheGate(input: unknown): boolean {
  const { file_path, notebook_path } = (input ?? {}) as Raw
  const ours = /countersign|settings(\.local)?\.json/i
  return [file_path, notebook_path].some(path => {
    const way = typeof path === 'string' ? path.slice(0, longestPath) : ''
    // By another name it may be a link to one of them.
    return ours.test(way) || (way !== '' && ours.test(realPlace(way)))
  })
}

function lookAround(event: Raw, projectDir: string, env: NodeJS.ProcessEnv): QuickAnswer {
  const setup = findSetup(projectDir)
  if (!setup) return isSetUp(projectDir) ? {} : 'silence'
  const { root, scope } = setup
  const state = replay(readLedger(scope.stateDir).entries)
  const session = typeof event.session_id === 'string' ? event.session_id : 'unknown'
  if (isForgotten(state, { ...event, hook_event_name: event.hook_event_name, session_id: session })) return {}
  // Something has to be told or remembered, whatever else there is to do.
  if (untoldDeeds(state.deeds, { session, pid: Number(env.CLAUDE_PID) || null }).length > 0) return {}
  if (hasNewSchedule(state, event)) return {}
  const config = cachedConfig(scope.stateDir, textInForce(root, scope.stateDir))
  const message = typeof event.last_assistant_message === 'string' ? event.last_assistant_message : ''
  if (typeof event.cwd === 'string' && otherTree(scope.root, event.cwd)) return {}
  if (!config && !state.paused) return {}
  const sight = sightOf(() => ({ ...scope, ignore: config?.ignore ?? [] }))
  const facts = {
    message,
    session,
    otherTree: null,
    get tree() {
      return sight.tree()
    },
    get head() {
      return sight.head()
    },
  }
  if (unseenAtStop(state, facts, event)) return {}
  // What could not be seen is looked at where there is time for it.
  const quiet =
    leftAlone(event) ||
    (nothingToDo(state, facts) && (state.paused || !(sight.partial() || isHeadUnseen(state, facts))))
  if (!quiet) return { look: { tree: sight.tree(), partial: sight.partial() } }
  turnEnds(scope.stateDir, session)
  return 'silence'
}

function parse(input: string): Raw | null {
  try {
    const event = JSON.parse(input)
    if (typeof event === 'object' && event !== null && !Array.isArray(event)) return event
  } catch {
    // Said below.
  }
  writeSync(2, 'countersign: no hook event on stdin; nothing was done.\n')
  return null
}
