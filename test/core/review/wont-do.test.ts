import { expect, it } from 'vitest'
import { decisionsIn, wontDo } from '../../../src/core/review/wont-do.ts'
import type { Finding } from '../../../src/model/finding.ts'
import type { Happening, LedgerEntry } from '../../../src/model/ledger/ledger-entry.ts'

const at = '2026-11-02T09:00:00Z'
const entry = (happening: object): LedgerEntry => ({ v: 1, at, ...(happening as Happening) })
const finding = (id: string, title: string) => ({ id, title, file: 'a.js' }) as Finding
const run = entry({ kind: 'run-started' })

it('a decision that the change began with is a line: what, where, and why not', () =>
  expect(wontDo('{"title":"T","file":"a.js","reason":"by\\ndesign"}\n{"title":"U","file":"","reason":"r"}\n', [])).toBe(
    '- T (a.js): by design\n- U: r',
  ))

it('a line that is torn, or is no decision, is passed over', () =>
  expect(wontDo('torn {\n{\n{}\nnull\n{"title":"T","file":"a.js","reason":"r"}', [])).toBe('- T (a.js): r'))

it('a decision that is new, and that the user has not made, is told from the others', () => {
  const one = (title: string) => JSON.stringify({ title, file: 'a.js', reason: 'no' })
  const dismissal = [{ v: 1, at: '', kind: 'dismissed', ids: [], reason: 'no' }] as LedgerEntry[]
  expect(decisionsIn(`${one('old')}\n${one('new')}`, one('old'), dismissal)).toEqual(['- new (a.js): no'])
  expect(decisionsIn('', '', [])).toEqual([])
})

it('what the user has dismissed is a decision before it is committed, and is told once', () => {
  const entries = [
    run,
    entry({ kind: 'reviewed', findings: [finding('F1', 'earlier'), finding('F2', 'kept')] }),
    entry({ kind: 'dismissed', ids: ['F1'], reason: 'no' }),
    run,
    entry({ kind: 'reviewed', findings: [finding('F1', 'later')] }),
    entry({ kind: 'reviewed', findings: [finding('F2', 'last')] }),
    entry({ kind: 'dismissed', ids: ['F1', 'F2'], reason: 'never' }),
  ]
  const committed = '{"title":"later","file":"a.js","reason":"never"}\n'
  expect(wontDo(committed, entries)).toBe('- later (a.js): never\n- earlier (a.js): no\n- last (a.js): never')
})
