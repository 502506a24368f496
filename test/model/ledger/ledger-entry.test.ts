import { describe, expect, it } from 'vitest'
import { statusJson, statusText } from '../../../src/core/report/status.ts'
import { findingsText } from '../../../src/core/report/text.ts'
import type { Happening, LedgerEntry } from '../../../src/model/ledger/ledger-entry.ts'
import { isWhole } from '../../../src/model/ledger/ledger-entry.ts'
import { Cycle, finding, ready, says } from '../../support/cycle/cycle.ts'
import { part } from '../../support/cycle/ledger.ts'

const line = (entry: Happening): LedgerEntry => ({ v: 1, at: '', ...entry })

/** A ledger with a line of nearly every kind, up to the fix of the second cycle. */
function eventful(): LedgerEntry[] {
  const cycle = new Cycle()
  cycle.red.add('red')
  cycle.reviewer.rebuttal = (_, open) => Object.fromEntries(open.map(id => [id, { needed: true }]))
  cycle.entries.push(line({ kind: 'gate-files', files: { a: 'h', b: null }, changed: [] }))
  cycle.start()
  cycle.prompt('add a cart')
  cycle.stop('', 'red')
  cycle.complete()
  cycle.session = 's2'
  Object.assign(cycle, { head: 'c1', newBase: 'elsewhere' })
  cycle.reviews.push({ cannot: 'crashed' }, { findings: [finding('F1'), finding('F2', 'low', { lineStart: null })] })
  cycle.stop(ready, 't1')
  cycle.entries.push(line(part(1)), line({ kind: 'tree-moved', call: 'review', files: ['a'] }))
  cycle.stop('')
  cycle.stop(says('F1: needed, high — yes', 'F2: not needed — no'))
  cycle.stop(says('F2: not needed — no'))
  cycle.entries.push(line({ kind: 'dismissed', ids: ['F2'], reason: 'ours' }))
  cycle.prompt('pick F1')
  cycle.reviews.push({ resolved: { F1: false } })
  cycle.stop(ready, 't2')
  cycle.stop(says('F1: needed, high — once more'))
  cycle.prompt('pick F1')
  cycle.stop('')
  return cycle.entries
}

type Spoilt = { at: string; entry: unknown }
const wrong = [undefined, null, true, 7, 'x', [], [null], {}]

/** The value with each field in turn, at any depth, missing or of another type. */
function spoilt(value: unknown, at: string): Spoilt[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, old]) => {
    const put = (entry: unknown) =>
      Array.isArray(value) ? value.with(Number(field), entry) : { ...value, [field]: entry }
    const others = wrong.filter(other => typeof other !== typeof old || Array.isArray(other) !== Array.isArray(old))
    return [
      ...others.map(other => ({ at: `${at}.${field} = ${JSON.stringify(other)}`, entry: put(other) })),
      ...spoilt(old, `${at}.${field}`).map(deep => ({ at: deep.at, entry: put(deep.entry) })),
    ]
  })
}

/** Goes on from these entries, and reports. */
function playOn(entries: LedgerEntry[]): void {
  const cycle = new Cycle()
  cycle.entries = entries
  cycle.stop(ready, 't3')
  cycle.prompt('go on')
  cycle.stop(says('F1: needed, high — yes'))
  statusText(cycle.state)
  statusJson(cycle.state)
  findingsText(cycle.state.run)
}

describe('a line of the ledger', () => {
  const entries = eventful()
  it('as the gate writes it is whole, whatever its kind', () => {
    expect(entries.filter(entry => !isWhole(entry))).toEqual([])
    expect(new Set(entries.map(({ kind }) => kind)).size).toBeGreaterThan(20)
  })
  it('of a kind that a newer version writes is whole; it says nothing to us', () =>
    expect([isWhole({ kind: 'sang-a-song' }), isWhole({ kind: 'toString' })]).toEqual([true, true]))
  it.each([
    ['picked', {}],
    ['prompted', { session: 's1' }],
    ['let-go', { head: null, why: 'red' }],
    ['entered', { stage: 'a stage of tomorrow', tree: 't1', cycle: 1, round: 0 }],
    ['gate-files', { files: { a: 1 }, changed: [] }],
    ['reviewed', { tree: 't1', findings: [{ id: 'F1' }] }],
  ])('that says %s and is short of a field is not', (kind, more) => expect(isWhole({ kind, ...more })).toBe(false))
  it('is not once any field is missing or of another type, or nothing breaks for it', () => {
    let passedOver = 0
    for (const [n, entry] of entries.entries()) {
      const { v: _, kind, at: __, ...fields } = entry
      for (const { at, entry: bad } of spoilt(fields, kind)) {
        const read = JSON.parse(JSON.stringify({ kind, ...(bad as object) }))
        if (isWhole(read)) expect(() => playOn(entries.with(n, read)), at).not.toThrow()
        else passedOver++
      }
    }
    expect(passedOver).toBeGreaterThan(1000)
  })
  it('that is passed over, whichever it is, breaks neither the next stop nor the reports', () => {
    for (const n of entries.keys()) expect(() => playOn(entries.toSpliced(n, 1)), entries[n]!.kind).not.toThrow()
  })
})
