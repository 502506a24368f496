import type { Config } from '../../model/config.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import type { Setup } from '../../model/repository.ts'
import type { Sight } from '../sight.ts'

/** What an effect may use. `write` puts entries into the ledger before the effect, such as that Codex is being called. */
export type Effects = {
  setup: Setup
  session: string
  config: Config
  bundle: string
  /** When the hook must have answered, on the clock of `performance.now`, which nobody sets. */
  deadline: number
  write: (entries: Happening[]) => unknown
  /** What the tree and HEAD are; to be forgotten by an effect that may change them. */
  sight: Sight
}
