import { expect, it } from 'vitest'
import type { LedgerEntry } from '../../src/model/ledger/ledger-entry.ts'
import { ledgerStages } from '../../src/rehearsal/stages.ts'

it('a second review says how many of the picked findings are resolved', () => {
  const resolved = [true, false].map((done, index) => ({ id: `F${index + 1}`, resolved: done, reason: '' }))
  const stage = ledgerStages.find(({ id }) => id === 'second-review')!
  expect(stage.says({ kind: 'reviewed', resolved } as unknown as LedgerEntry)).toBe('1 of 2 picked findings resolved')
})
