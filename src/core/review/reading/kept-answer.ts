import type { Kept } from '../../../model/ledger/fields.ts'
import type { ReadAnswer } from './read-answer.ts'

/** What of an answer goes into the ledger until the rest is there. */
export function keptOf(answer: ReadAnswer, talk: Pick<Kept, 'thread' | 'threadUsage' | 'opened'>): Kept {
  const { odd: _, unreadable: __, ...whole } = answer
  return { ...whole, ...talk }
}

/** The same as an answer again. */
export function readFromKept({ thread: _, threadUsage: __, opened: ___, ...whole }: Kept): ReadAnswer {
  return { ...whole, odd: [], unreadable: null }
}
