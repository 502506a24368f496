import { isBelowSession } from '../../core/cycle/word/speaker.ts'
import type { State } from '../../core/ledger/state.ts'
import { UserError } from '../../errors.ts'
import { ancestors } from '../../shell/processes/ancestors.ts'

/**
 * Refuses what only the user may do when Claude does it. Its Bash tool marks what it starts with the session's id and with
 * a sign of its own; whoever clears both is still a descendant of a session of this tree. What the user types in Claude
 * Code's bash mode looks just the same, so that the refusal says what to type instead.
 */
export function onlyForTheUser(command: string, state: State, words: string[] = []): void {
  const { CLAUDE_CODE_SESSION_ID: session, AI_AGENT: agent } = process.env
  const { run, sessions, processes } = state
  const isKnown = Boolean(session) && (run?.owner.session === session || sessions.includes(session!))
  const isBelow = () => processes.length > 0 && isBelowSession(state, ancestors() ?? [])
  if (isKnown || /_agent$/.test(agent ?? '') || isBelow())
    throw new UserError('not-the-user', {
      command,
      ...(command === 'pick' && { prompt: ['pick', ...words].join(' ') }),
    })
}
