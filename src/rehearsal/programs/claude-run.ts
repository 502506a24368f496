import type { Lab } from './lab.ts'
import { runGroup } from './run-group.ts'

type MessageBlock = {
  type: string
  text?: string
  /** `tool_use` */
  name?: string
  input?: Record<string, unknown>
  /** `tool_result` */
  content?: unknown
  is_error?: boolean
}

/** One line of `claude -p --output-format stream-json`, as far as we read it. */
export type ClaudeEvent = {
  type: string
  subtype?: string
  /** `assistant` and `user` lines. */
  message?: { content?: string | MessageBlock[] }
  /** `system/informational` lines: what a hook says to the user. */
  content?: string
  /** `system/hook_response` lines. */
  hook_event?: string
  stdout?: string
  /** The `result` line. */
  result?: string
  session_id?: string
}

export type ClaudeRun = {
  events: ClaudeEvent[]
  /** Text of Claude's last message; null when the program never got that far. */
  result: string | null
  exitCode: number | null
  timedOut: boolean
  stderr: string
  seconds: number
}

type Options = {
  cwd: string
  lab: Lab
  /** Continues the last session of this folder. */
  continues?: boolean
  /** Wall-clock limit in milliseconds for the program and all it started. */
  deadlineMs?: number
  onEvent?: (event: ClaudeEvent) => void
}

/** Gives the real `claude` one prompt, headless, and resolves when it has ended with all it started. */
export async function runClaude(
  prompt: string,
  { cwd, lab, continues, deadlineMs = 90_000, onEvent }: Options,
): Promise<ClaudeRun> {
  const events: ClaudeEvent[] = []
  const flags = [
    '--permission-mode',
    'acceptEdits',
    '--output-format',
    'stream-json',
    '--verbose',
    '--include-hook-events',
    // Servers of the user's or the repository's own would reach out of the rehearsal.
    '--strict-mcp-config',
  ]
  const { exitCode, timedOut, stderr, seconds } = await runGroup(
    lab.programs.claude,
    ['-p', prompt, ...(continues ? ['--continue'] : []), ...flags],
    {
      cwd,
      env: lab.env,
      deadlineMs,
      onLine: line => {
        const event = eventIn(line)
        if (!event) return
        events.push(event)
        onEvent?.(event)
      },
    },
  )
  const result = events.findLast(({ type }) => type === 'result')?.result ?? null
  return { events, result, exitCode, timedOut, stderr, seconds }
}

/** Null for a line that is no event, such as the last one of a program that was killed while it wrote it. */
function eventIn(line: string): ClaudeEvent | null {
  try {
    return line.startsWith('{') ? JSON.parse(line) : null
  } catch {
    return null
  }
}
