type Row = {
  /** Tools that the event is wanted for, as Claude Code matches them; left out: every time it fires. */
  matcher?: string
  /** Seconds Claude Code gives the process before it kills it, and lets the action through without a word. */
  timeoutSeconds: number
  /** What the user sees while it runs. */
  statusMessage?: string
  /** Runs tests and calls Codex: one such event at a time in a working tree, with a minute in reserve at its end. */
  worksAlone: boolean
  /** What lets the event be answered with silence before the rest of the program is loaded; see hook/quick-answer.ts. */
  silentIf: 'never' | 'no-question' | 'no-tool-of-interest' | 'nothing-to-do'
}

/** Tools by which Claude has Claude Code send a prompt later. */
export const schedulers: readonly string[] = ['ScheduleWakeup', 'CronCreate']

/**
 * Every hook event of Claude Code's that Countersign listens to, in the order settings.json has them. The entries there,
 * the time limits and both answers are made from these rows; a new event is a row here and a file in core/cycle/events/.
 *
 * @see https://code.claude.com/docs/en/hooks
 */
export const hookedEvents = {
  SessionStart: { timeoutSeconds: 60, worksAlone: false, silentIf: 'never' },
  UserPromptSubmit: { timeoutSeconds: 60, worksAlone: false, silentIf: 'never' },
  PreToolUse: {
    matcher: 'AskUserQuestion|Edit|MultiEdit|Write|NotebookEdit|ScheduleWakeup|CronCreate',
    timeoutSeconds: 60,
    worksAlone: false,
    silentIf: 'no-tool-of-interest',
  },
  PostToolUse: { matcher: 'AskUserQuestion', timeoutSeconds: 60, worksAlone: false, silentIf: 'no-question' },
  Stop: {
    timeoutSeconds: 3600,
    statusMessage: 'Countersign: tests, then review',
    worksAlone: true,
    silentIf: 'nothing-to-do',
  },
  TaskCompleted: { timeoutSeconds: 1800, statusMessage: 'Countersign: tests', worksAlone: true, silentIf: 'never' },
  /** Claude Code shows nothing of what is said here, but does not apply to the session what is refused. */
  ConfigChange: {
    matcher: 'user_settings|project_settings|local_settings|policy_settings',
    timeoutSeconds: 60,
    worksAlone: false,
    silentIf: 'never',
  },
  SessionEnd: { timeoutSeconds: 10, worksAlone: false, silentIf: 'never' },
} as const satisfies Record<string, Row>

export type HookedEvent = keyof typeof hookedEvents

/** The same rows, read without knowing which. */
export const hookedEvent = (name: HookedEvent): Row => hookedEvents[name]

/** Whether a name, from a newer Claude Code or from anywhere else, is one of these. */
export const isHooked = (name: unknown): name is HookedEvent =>
  typeof name === 'string' && Object.hasOwn(hookedEvents, name)

/** Seconds that ending processes and writing the ledger's last line may take after a suite or Codex was cut off. */
export const windDownSeconds = 60
