import { foreignText, object, text, type ValueOf } from './ledger/shape.ts'

/** A won't-do decision of the team's: a line of `decisions.jsonl`, without a time, so that two branches' lines merge. */
export const decision = object({ title: foreignText(), file: foreignText(), kind: text, reason: foreignText() })
export type TeamDecision = ValueOf<typeof decision>
