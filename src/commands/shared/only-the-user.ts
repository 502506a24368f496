import type { State } from '../../core/ledger/state.ts'
import { UserError } from '../../errors.ts'

/**
 * Refuses what only the user may do when a Claude session at work in this tree does it: its Bash tool marks what it starts
 * with the session's id.
 */
export function onlyForTheUser(command: string, { run, sessions }: State): void {
  const session = process.env.CLAUDE_CODE_SESSION_ID
  if (session && (run?.owner.session === session || sessions.includes(session)))
    throw new UserError('not-the-user', { command })
}
