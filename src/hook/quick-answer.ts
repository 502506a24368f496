import { writeSync } from 'node:fs'
import { longestPath } from '../core/cycle/gate-files.ts'
import { restsAt } from '../core/cycle/nothing-to-do.ts'
import { replay } from '../core/ledger/replay.ts'
import { probeKey } from '../model/probe.ts'
import { realPlace } from '../shell/files/real-place.ts'
import { fingerprint } from '../shell/git/fingerprint.ts'
import { cachedConfig, configText } from '../shell/state/cached-config.ts'
import { findSetup } from '../shell/state/find-setup.ts'
import { readLedger } from '../shell/state/ledger.ts'

type Raw = Record<string, unknown>

/**
 * Answers what can be answered without loading anything: events that are none of ours, and stops at a tree where there
 * is nothing to do. Returns '' for silence, 'cold' when the rest of the program is needed.
 */
export function answerAtOnce(input: string, env: NodeJS.ProcessEnv): '' | 'cold' {
  const event = parse(input)
  if (!event) return ''
  if (probeKey in event) return 'cold'
  const name = event.hook_event_name
  if (typeof name !== 'string' || !Object.hasOwn(quick, name)) return ''
  const projectDir = env.CLAUDE_PROJECT_DIR || (typeof event.cwd === 'string' ? event.cwd : process.cwd())
  try {
    return quick[name]?.(event, projectDir) ?? ''
  } catch {
    // Whatever went wrong is said where there is room to say it well.
    return 'cold'
  }
}

const quick: Record<string, (event: Raw, projectDir: string) => '' | 'cold'> = {
  Stop: (event, projectDir) => (waits(event) || nothingToDo(event, projectDir) ? '' : 'cold'),
  SessionStart: () => 'cold',
  SessionEnd: () => 'cold',
  UserPromptSubmit: () => 'cold',
  TaskCompleted: () => 'cold',
  PostToolUse: event => (event.tool_name === 'AskUserQuestion' ? 'cold' : ''),
  PreToolUse: event => (event.tool_name === 'AskUserQuestion' || mayTouchTheGate(event.tool_input) ? 'cold' : ''),
}

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

/** Planning changes nothing, and while something runs in the background the work is not done. */
function waits(event: Raw): boolean {
  const tasks = Array.isArray(event.background_tasks) ? event.background_tasks : []
  const running = tasks.some(task => !['completed', 'failed', 'killed', 'stopped'].includes(task?.status))
  return event.permission_mode === 'plan' || running
}

function nothingToDo(event: Raw, projectDir: string): boolean {
  const place = findSetup(projectDir)
  if (!place) return true
  const { entries } = readLedger(place.scope.stateDir)
  const state = replay(entries)
  if (state.paused) return true
  const config = cachedConfig(place.scope.stateDir, configText(place.root))
  if (!config) return false
  const message = typeof event.last_assistant_message === 'string' ? event.last_assistant_message : ''
  return restsAt(state, fingerprint({ ...place.scope, ignore: config.ignore }), message)
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
