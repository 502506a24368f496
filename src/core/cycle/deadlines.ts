/** Seconds Claude Code gives each of our hook entries before it kills the process. */
export const hookTimeoutSeconds = {
  SessionStart: 60,
  UserPromptSubmit: 60,
  PreToolUse: 60,
  PostToolUse: 60,
  Stop: 3600,
  TaskCompleted: 1800,
  SessionEnd: 10,
} as const

export type HookedEvent = keyof typeof hookTimeoutSeconds

/** What ends processes and writes the ledger's last line needs this long after a suite or Codex was cut off. */
export const windDownSeconds = 60

/**
 * Milliseconds the hook may spend on an event before Claude Code would end it from outside.
 *
 * Long events keep a minute in reserve, short ones a third: a hook that is killed lets the action through without a word.
 */
export function hookBudgetMs(event: HookedEvent): number {
  const seconds = hookTimeoutSeconds[event]
  const reserve = event === 'Stop' || event === 'TaskCompleted' ? windDownSeconds : seconds / 3
  return Math.floor((seconds - reserve) * 1000)
}
