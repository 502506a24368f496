import type { StageName } from '../../model/ledger/fields.ts'
import type { Happening, LedgerEntry } from '../../model/ledger/ledger-entry.ts'

/** Something that must have happened in a cycle that went as planned. */
export type Expected = { what: string; is: (entry: LedgerEntry) => boolean }

type Of<K extends Happening['kind']> = Extract<LedgerEntry, { kind: K }>

function expected<K extends Happening['kind']>(
  what: string,
  kind: K,
  is: (entry: Of<K>) => boolean = () => true,
): Expected {
  return { what, is: entry => entry.kind === kind && is(entry as Of<K>) }
}

const tests = (result: string) => expected(`a ${result} test run`, 'tests-ran', entry => entry.result === result)
const asked = (stage: StageName) =>
  expected(`the message to Claude in ${stage}`, 'asked', entry => entry.stage === stage)
const ready = expected('the self-review `ready`', 'self-reviewed', entry => entry.ready)

/** What the first prompt leads to, in this order. */
export const firstCycle: Expected[] = [
  tests('red'),
  asked('tests'),
  tests('green'),
  asked('self-review'),
  ready,
  expected('a review with three findings', 'reviewed', entry => entry.findings.length === 3),
  asked('debate'),
  expected("Codex's first answer", 'rebutted', entry => entry.round === 1 && !entry.last),
  expected("Codex's last answer", 'rebutted', entry => entry.round === 2 && entry.last),
  asked('choice'),
]

/** What the pick leads to, in this order. */
export const secondCycle: Expected[] = [
  expected('the pick of F1', 'picked', entry => entry.ids.join() === 'F1'),
  tests('green'),
  ready,
  expected('a review that finds F1 resolved', 'reviewed', ({ resolved }) => resolved.some(one => one.resolved)),
  expected('the countersignature', 'countersigned'),
]

/** Returns the first of the expected happenings that has not come, in its order; null when all have. */
export function firstMissing(expectations: Expected[], entries: LedgerEntry[]): string | null {
  let from = 0
  for (const { what, is } of expectations) {
    const at = entries.findIndex((entry, index) => index >= from && is(entry))
    if (at < 0) return what
    from = at + 1
  }
  return null
}
