import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readEnd } from '../files/bounded-file.ts'
import { codexHome } from './codex-home.ts'

/** What Codex wrote down about the last turn of a thread. */
export type TurnRecord = {
  model: string | null
  /** Whether the commands of the turn could write nothing and reach no network; null where the record does not say. */
  confined: boolean | null
  /** Whether there was anything that they could not read. */
  hides: boolean
  /** What its model has had run in the turn, word for word: a command that ends at once may be in no event. */
  commands: string[]
}

/**
 * Reads what Codex itself recorded about a thread's last turn; null where there is no such record.
 *
 * Neither the events of `codex exec` nor config.toml say which model a turn was for.
 */
export function turnRecord(thread: string): TurnRecord | null {
  const file = sessionFile(thread)
  const text = file ? readEnd(file, mostBytes) : ''
  const at = text.lastIndexOf('"type":"turn_context"')
  if (at < 0) return null
  const line = text.slice(
    text.lastIndexOf('\n', at) + 1,
    text.indexOf('\n', at) < 0 ? undefined : text.indexOf('\n', at),
  )
  try {
    return { ...readTurn(JSON.parse(line).payload), commands: commandsAfter(text.slice(at)) }
  } catch {
    return null
  }
}

/** The context of a turn stands before its commands' outputs. */
const mostBytes = 128 * 1024 * 1024

type Files = { type?: string; entries?: { access?: string }[] }
type Context = {
  model?: unknown
  approval_policy?: unknown
  permission_profile?: { type?: string; network?: string; file_system?: Files }
  sandbox_policy?: { type?: string; network_access?: unknown }
}

function readTurn(turn: Context): Omit<TurnRecord, 'commands'> {
  const entries = turn.permission_profile?.file_system?.entries ?? []
  return {
    model: typeof turn.model === 'string' ? turn.model : null,
    confined: isConfined(turn),
    hides: entries.some(({ access }) => access === 'deny'),
  }
}

/** Calls of tools, a line each; their outputs, which can be long, have other types. */
const toolCall = /^\{.{0,300}"type":"(?:function_call|custom_tool_call|local_shell_call)".*$/gm

const commandsAfter = (text: string): string[] => (text.match(toolCall) ?? []).slice(0, mostCommands)

const mostCommands = 2000

function isConfined(turn: Context): boolean | null {
  const { approval_policy: approval, permission_profile: profile, sandbox_policy: policy } = turn
  // A command that is approved runs outside the sandbox.
  if (approval !== undefined && approval !== 'never') return false
  const files = profile?.file_system
  if (profile?.type === 'managed' && files?.type) {
    const reads = files.entries?.every(({ access }) => access === 'read' || access === 'deny') ?? false
    return files.type === 'restricted' && reads && profile.network === 'restricted'
  }
  if (profile?.type && profile.type !== 'managed') return false
  return policy?.type ? policy.type === 'read-only' && policy.network_access !== true : null
}

/** `sessions/2026/11/30/rollout-…-<thread>.jsonl`, by the local date on which the thread began. */
function sessionFile(thread: string): string | null {
  const began = beginning(thread)
  for (const days of [0, -1, 1]) {
    const date = new Date(began + days * 86_400_000)
    const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(part => String(part).padStart(2, '0'))
    const folder = join(codexHome(), 'sessions', ...parts)
    const name = namesIn(folder).find(one => one.endsWith(`-${thread}.jsonl`))
    if (name) return join(folder, name)
  }
  return null
}

/** When a thread began, in milliseconds; its id is a UUID of version 7, which begins with that time. */
function beginning(thread: string): number {
  const time = Number.parseInt(thread.replaceAll('-', '').slice(0, 12), 16)
  return /^[0-9a-f-]{14}7/.test(thread) && !Number.isNaN(time) ? time : Date.now()
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
