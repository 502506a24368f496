import { describe, expect, it } from 'vitest'
import { raise } from '../../../../src/core/ledger/finding-reducer.ts'
import { reopened } from '../../../../src/core/review/raised/reopened.ts'
import { isThereAgain, type Standing, standingOf } from '../../../../src/core/review/raised/standing.ts'
import type { LineRange } from '../../../../src/model/changed-file.ts'
import type { Finding } from '../../../../src/model/finding.ts'
import { Cycle, finding } from '../../../support/cycle/cycle.ts'

const code = 'return sum(xs) / xs.length'
const here = `export function mean(xs) {\n  ${code}\n}\n`
const located = finding('F1', 'critical', { quote: 'sum(xs) / xs', anchor: code, stood: 'file' })
const { anchor: _, stood: __, ...bare } = located
const look = (files: Record<string, string>) => ({
  textAt: (path: string) => files[path] ?? null,
  others: Object.keys(files),
})

describe('the code of a finding', () => {
  it.each([
    ['stands where its lines are', located, { 'a.js': here }, 'stands'],
    ['stands where its quote is, in a line that was edited', located, { 'a.js': `x()\n${code} // why\n` }, 'stands'],
    ['stands where its lines have moved to', located, { 'b.js': here }, 'stands'],
    [
      'stands where a formatter has been at it',
      { ...located, quote: "sum( 'xs' )/xs", anchor: "return sum( 'xs' )/xs.length" },
      { 'a.js': 'return sum(\n  "xs",\n) / xs.length;\n' },
      'stands',
    ],
    ['is gone where neither is', located, { 'a.js': 'export const x = 1\n' }, 'gone'],
    ['is gone with its file', located, {}, 'gone'],
    [
      'is gone where a short line stands in other files',
      { ...located, quote: '})', anchor: '})' },
      { 'b.js': '})\n' },
      'gone',
    ],
    ['that an earlier version raised stands by its quote', bare, { 'a.js': here }, 'stands'],
    ['that an earlier version raised is gone with its quote', bare, { 'a.js': 'x()' }, 'gone'],
    [
      'that was taken out stands as long as it is not there',
      { ...bare, stood: 'removed' },
      { 'a.js': 'x()' },
      'stands',
    ],
    ['that was taken out is gone once it is there again', { ...bare, stood: 'removed' }, { 'a.js': here }, 'gone'],
    ['of a quote that is nowhere cannot be told', { ...bare, verified: false }, { 'a.js': 'x()' }, 'unknown'],
    ['of a wish of the request cannot be told', { ...bare, stood: 'request' }, { 'a.js': 'x()' }, 'unknown'],
  ] as [string, Finding, Record<string, string>, Standing][])('%s', (_, one, files, standing) =>
    expect(standingOf(one, look(files))).toBe(standing),
  )
})

describe('the code of a finding is there again', () => {
  const edited = `x()\n${code} // why\n`
  const at = (...lines: LineRange[]) => new Map(lines.length > 0 ? [['a.js', lines]] : [])
  it.each([
    ['by its lines, wherever the change is', located, { 'a.js': here }, at(), true],
    ['by its lines in another file', located, { 'b.js': here }, at(), true],
    ['by its quote in lines of the change', located, { 'a.js': edited }, at([2, 2]), true],
    ['not by its quote in a line that was there before', located, { 'a.js': edited }, at([1, 1]), false],
    ['not by its quote in a file that did not change', located, { 'a.js': edited }, at(), false],
    ['not where it is gone', located, { 'a.js': 'x()' }, at([1, 1]), false],
    ['where what was taken out is away', { ...bare, stood: 'removed' }, { 'a.js': 'x()' }, at(), true],
    ['not where what was taken out is back', { ...bare, stood: 'removed' }, { 'a.js': here }, at(), false],
    ['with its file, where it cannot be told', { ...bare, verified: false }, { 'a.js': 'x()' }, at([1, 1]), true],
    [
      'not while its file is as it was, where it cannot be told',
      { ...bare, verified: false },
      { 'a.js': 'x()' },
      at(),
      false,
    ],
    ['where it cannot be told and has no file', { ...bare, verified: false }, {}, at(), true],
  ] as [string, Finding, Record<string, string>, Map<string, LineRange[]>, boolean][])(
    '%s',
    (_, one, files, changes, is) => expect(isThereAgain(one, look(files), changes)).toBe(is),
  )
})

it('a file that a rule hides is asked for only where the finding is proven', () => {
  const run = (more: Partial<Finding>) => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    const kept = { ...located, id: 'K1', positions: raise(located).positions, history: [], resolved: false, ...more }
    return { ...cycle.state.run!, kept: [kept] }
  }
  const world = { fileAt: () => null, hiddenAt: () => here, changes: new Map() }
  const proven = { kind: 'reopened', ids: ['K1'], names: ['critical “title of F1” (a.js:1)'] }
  expect(reopened(run({}), world)).toMatchObject([proven])
  expect(reopened(run({}), { ...world, hiddenAt: () => null })).toEqual([])
  const told: string[] = []
  const asked = { ...world, hiddenAt: (path: string) => here.slice(told.push(path) * 0) }
  expect([reopened(run({ verified: false, stood: undefined, anchor: undefined }), asked), told]).toMatchObject([
    [{ ids: ['K1'] }],
    [],
  ])
})
