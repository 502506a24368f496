import { inOrder, pickable } from '../../core/ledger/lists.ts'
import type { Run } from '../../core/ledger/state.ts'
import { UserError } from '../../errors.ts'

/** A choice that cannot be read, with the line to type instead. */
export const choiceRefused = (problem: string, run: Run, command: string): UserError =>
  new UserError('pick-refused', { problem, ids: inOrder(pickable(run)).map(({ id }) => id), command })
