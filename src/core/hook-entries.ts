import { type HookedEvent, hookTimeoutSeconds } from './deadlines.ts'

/** How our entries are told from the user's: nobody else's hook has this argument. */
export const hookScript = `\${CLAUDE_PROJECT_DIR}/.claude/hooks/countersign.cjs`

/** One element of an event's array in settings.json. */
export type HookGroup = {
  matcher?: string
  hooks: { type: 'command'; command: string; args: string[]; timeout: number; statusMessage?: string }[]
}

const extras: Partial<Record<HookedEvent, { matcher?: string; statusMessage?: string }>> = {
  PreToolUse: { matcher: 'AskUserQuestion|Edit|MultiEdit|Write|NotebookEdit' },
  PostToolUse: { matcher: 'AskUserQuestion' },
  Stop: { statusMessage: 'Countersign: tests, then review' },
  TaskCompleted: { statusMessage: 'Countersign: tests' },
}

/**
 * What settings.json has to say to fire the hook, in the order it is written.
 *
 * Exec form: no shell has to quote the path, and Windows needs none.
 */
export const hookEntries: { event: HookedEvent; group: HookGroup }[] = (
  Object.keys(hookTimeoutSeconds) as HookedEvent[]
).map(event => {
  const { matcher, statusMessage } = extras[event] ?? {}
  const timeout = hookTimeoutSeconds[event]
  const hook = {
    type: 'command' as const,
    command: 'node',
    args: [hookScript],
    timeout,
    ...(statusMessage && { statusMessage }),
  }
  return { event, group: { ...(matcher && { matcher }), hooks: [hook] } }
})
