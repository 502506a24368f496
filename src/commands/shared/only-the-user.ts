import type { State } from '../../core/ledger/state.ts'
import { UserError } from '../../errors.ts'

/**
 * Refuses what is the user's to say when a Claude at work in this very tree says it: its Bash tool marks what it starts
 * with the session's id.
 */
export function onlyForTheUser(command: string, { run, sessions }: State): void {
  const session = process.env.CLAUDE_CODE_SESSION_ID
  if (session && (run?.owner.session === session || sessions.includes(session)))
    throw new UserError('not-the-user', { command })
}
