import type { Kept, UnreviewedReason } from '../../model/ledger/fields.ts'

/** The last review and how it ended. */
export type Review = {
  result: 'passed' | 'findings' | 'could-not-review'
  reason: UnreviewedReason | null
  model: string | null
  summary: string
  reviewed: string[]
  notReviewed: string[]
  /** Of these, what is never sent because of its name. */
  leftOut: string[]
}

/** A pending review. */
export type Owed = {
  call: 'review' | 'rebuttal'
  reason: UnreviewedReason
  until: string | null
  detail: string
  /** ISO time of the last try; null where the ledger does not say. */
  since: string | null
  /** What of the answer is there already, and of which tree and round it speaks; null where nothing is. */
  kept?: (Kept & { tree: string; round: number }) | null
}
