import type { LedgerEntry } from '../model/ledger/ledger-entry.ts'
import { ledgerStages, obstacle, type StageResult } from './stages.ts'

/** Follows the stages while they happen. */
export type StageWatch = {
  /** Looks at all entries so far and tells of each stage that has newly fired. */
  see: (entries: LedgerEntry[]) => void
  /** Whether the tests were not green. */
  red: () => boolean
  /** Tells of all that never fired, and returns every stage in order. */
  end: (why: string | null) => StageResult[]
}

/** Looks like the first test run, so that it says nothing about which stages were passed over. */
const testsAgain = 'tests-again'

/**
 * @param folder The scratch copy; paths in what is reported begin there.
 * @param onStage Told of each stage as soon as it is known what became of it.
 */
export function watchStages(startedAt: number, folder: string, onStage: (result: StageResult) => void): StageWatch {
  const reported: StageResult[] = []
  let [next, from, red, lastAt] = [0, 0, false, startedAt]
  let seen: LedgerEntry[] = []
  const tell = (stage: StageResult) => {
    const result = { ...stage, says: stage.says.replaceAll(`${folder}/`, '') }
    reported.push(result)
    onStage(result)
  }
  return {
    red: () => red,
    see(entries) {
      seen = entries
      for (; next < ledgerStages.length; next += 1) {
        const { id, title, is, isRed, says } = ledgerStages[next]!
        const at = entries.findIndex((entry, index) => index >= from && is(entry))
        // A stage that was passed over is known to be so once a later one has fired.
        if (at < 0) {
          const later = ledgerStages.slice(next + 1).filter(other => other.id !== testsAgain)
          if (!later.some(other => entries.slice(from).some(other.is))) return
          tell({ id, title, fired: false, seconds: null, says: obstacle(entries) ?? 'it did not fire' })
          continue
        }
        const entry = entries[at]!
        const now = Date.parse(entry.at)
        const isWrong = isRed?.(entry) ?? false
        red ||= isWrong
        tell({ id, title, fired: !isWrong, seconds: Math.max(0, now - lastAt) / 1000, says: says(entry) })
        lastAt = now
        from = at + 1
      }
    },
    end(why) {
      const [first, ...rest] = ledgerStages.slice(next)
      if (first) {
        const says = why ?? obstacle(seen) ?? 'it did not fire'
        tell({ id: first.id, title: first.title, fired: false, seconds: null, says })
      }
      for (const { id, title } of rest) tell({ id, title, fired: false, seconds: null, says: 'not reached' })
      return reported
    },
  }
}
