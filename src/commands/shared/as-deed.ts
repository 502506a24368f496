import type { Happening } from '../../model/ledger/ledger-entry.ts'
import type { Deed } from '../../model/ledger/users-word.ts'

/** What a command did in the user's name: told in the session at work, so that nobody else can do it unseen. */
export const asDeed = (what: Deed['what'], names: string[] = [], signed = false): Happening => ({
  ...{ kind: 'deed', what, names, by: 'command', signed },
})
