import { describe, expect, it } from 'vitest'
import { raisedIn, said, type Told } from './reviewed-file.ts'

const file = `export function mean(xs) {
  const sum = add(xs)
  return sum
    / xs.length
}
export function half(x) {
  return x / 2
}
export function halves(xs) {
  return xs.map(half)
}
export function again(x) {
  return x / 2
}
`
type More = Parameters<typeof said>[0]

describe('a finding is where its quote stands', () => {
  it.each([
    ['once, with no lines given', {}, 3, 4],
    ['once, five lines off', { line_start: 8, line_end: 9 }, 3, 4],
    ['once, with the signs of a diff', { quote: '+  return sum\n+    / xs.length' }, 3, 4],
    ['several times, nearest to the line given', { quote: 'return x / 2', line_start: 12 }, 13, 13],
    ['several times, nearest to the lines given', { quote: 'return x / 2', line_start: 6, line_end: 8 }, 7, 7],
    ['several times, with no lines given', { quote: 'return x / 2' }, null, null],
    ['nowhere', { quote: 'return median(xs)', line_start: 2, line_end: 3 }, 2, 3],
    ['nowhere, with no lines given', { quote: 'return median(xs)' }, null, null],
  ])('%s', (_, more: More, lineStart, lineEnd) =>
    expect(raisedIn({ now: file }, said(more))).toMatchObject([{ lineStart, lineEnd }]),
  )

  it.each([
    ['in the file', { now: file }, {}, true],
    [
      'in what the change took out',
      { now: file, base: 'if (xs.length === 0) return null\n' },
      { quote: '-if (xs.length === 0)' },
      true,
    ],
    ['in a file that the change deletes', { now: null, base: file }, {}, true],
    ['in the request, as a gap', { now: file }, { kind: 'gap', quote: 'return null for an empty list' }, true],
    [
      'in the rules, as a gap',
      { now: file, rules: 'Every function is documented.' },
      { kind: 'gap', quote: 'function is documented' },
      true,
    ],
    [
      'in the request, as a gap of which nobody can say what it quotes',
      { now: file },
      { kind: 'gap', quote: 'Please' },
      true,
    ],
    ['in the request, with too little of it', { now: file }, { kind: 'gap', quote: 'null' }, false],
    ['in the request, as a defect', { now: file }, { quote: 'return null for an empty list' }, false],
    ['in neither', { now: file, base: file }, { quote: 'return median(xs)' }, false],
    ['in a file that is not there', { now: null }, {}, false],
  ] as [string, Told, More, boolean][])('proven by a quote %s', (_, told, more, verified) =>
    expect(raisedIn(told, said(more))).toMatchObject([{ verified }]),
  )

  it('twice, and was taken out there a third time: with its minus it is that, without it the nearest that is left', () => {
    const call = 'checkAccess(request)\n'
    const told = { now: `a\n${call}b\n${call}`, base: `${call}a\n${call}b\n${call}` }
    const quote = 'checkAccess(request)'
    expect(raisedIn(told, said({ quote: `-${quote}`, line_start: 1 }))).toMatchObject([
      { verified: true, lineStart: 1 },
    ])
    expect(raisedIn(told, said({ quote, line_start: 1 }))).toMatchObject([{ lineStart: 2 }])
    const later = { ...told, last: told.base, changed: [[1, 1]] as [number, number][] }
    const minus = said({ quote: `@@ -1 +0,0 @@\n-${quote}\n`, line_start: 4 })
    expect([raisedIn(later, minus), raisedIn({ ...later, last: told.now }, minus)]).toMatchObject([
      [{ inScope: true }],
      [{ inScope: false }],
    ])
  })
  it('in more places than can be told apart: at the line given', () =>
    expect(raisedIn({ now: '}\n'.repeat(3000) }, said({ quote: '}', line_start: 2500 }))).toMatchObject([
      { verified: true, lineStart: 2500, lineEnd: 2500 },
    ]))

  it('keeps the lines it was raised at, with as many around them as tell them from others', () =>
    expect(raisedIn({ now: file }, said(), said({ quote: 'return x / 2', line_start: 13 }))).toMatchObject([
      { anchor: 'return sum / xs.length' },
      { anchor: 'export function again(x) { return x / 2 }' },
    ]))
  it('keeps no line that is too long, and none of what is not in the file', () => {
    const [long, gone] = raisedIn(
      { now: `${'x'.repeat(5000)} return sum / xs.length` },
      said(),
      said({ quote: 'gone', title: 'G' }),
    )
    expect([long, gone]).toMatchObject([{ verified: true }, { verified: false }])
    expect([long, gone].map(one => one && 'anchor' in one)).toEqual([false, false])
  })
})

describe('in a later review a finding counts', () => {
  // Lines 3 and 4 have the quote.
  const later = (...changed: [number, number][]): Told => ({ now: file, last: file, changed })
  it.each([
    ['at lines that changed', {}, later([4, 4]), true],
    ['at lines that changed, whatever number it gives', { line_start: 90, line_end: 91 }, later([3, 4]), true],
    ['at lines that changed, in the form of the diff', { quote: '+  return sum', line_start: 1 }, later([3, 4]), true],
    ['not at lines that did not change', {}, later([10, 12]), false],
    [
      'not at lines that did not change, whatever number it gives',
      { line_start: 10, line_end: 12 },
      later([10, 12]),
      false,
    ],
    ['in one of several places, the one that changed', { quote: 'return x / 2' }, later([13, 13]), true],
    ['not in the place nearest to the line given', { quote: 'return x / 2', line_start: 7 }, later([13, 13]), false],
    ['when critical and proven, wherever it is', { priority: 'critical' }, later([10, 12]), true],
    ['when high and proven, wherever it is', { priority: 'high' }, later(), true],
    [
      'when high and proven by the request alone',
      { priority: 'high', kind: 'gap', quote: 'return null for an empty list' },
      later(),
      true,
    ],
    [
      'when critical and not proven, in a file that changed',
      { priority: 'critical', quote: 'gone' },
      later([10, 12]),
      true,
    ],
    ['when critical and not proven, in a file as it was', { priority: 'critical', quote: 'gone' }, later(), true],
    ['when critical and in no file', { priority: 'critical', quote: 'gone', file: 'src/meen.js' }, later(), true],
    [
      'by its line where its quote stands nowhere',
      { quote: 'gone', line_start: 12, line_end: 12 },
      later([10, 12]),
      true,
    ],
    [
      'not by its line where that did not change',
      { quote: 'gone', line_start: 9, line_end: 9 },
      later([10, 12]),
      false,
    ],
    ['of a whole file that changed', { quote: 'gone' }, later([10, 12]), true],
    ['not of a whole file that is as it was', { quote: 'gone' }, later(), false],
    [
      'by its line where the request proves it',
      { kind: 'gap', quote: 'return null for an empty list', line_start: 11 },
      later([10, 12]),
      true,
    ],
    [
      'of what was taken out since',
      { quote: 'x > 0 || fail()' },
      { ...later([7, 8]), base: 'x > 0 || fail()', last: 'x > 0 || fail()' },
      true,
    ],
    [
      'not of what was taken out before',
      { quote: 'x > 0 || fail()' },
      { ...later([7, 8]), base: 'x > 0 || fail()' },
      false,
    ],
    [
      'not of what was taken out of a file that was not there at the last review',
      { quote: 'x > 0 || fail()' },
      { now: file, base: 'x > 0 || fail()', changed: [] },
      false,
    ],
    [
      'not of what was taken out before the file was deleted',
      { quote: 'x > 0 || fail()' },
      { now: null, base: 'x > 0 || fail()', changed: [] },
      false,
    ],
    ['not in a file of which nothing is known', { file: 'src/other.js' }, later([1, 99]), false],
  ] as [string, More, Told, boolean][])('%s', (_, more, told, inScope) =>
    expect(raisedIn(told, said(more))).toMatchObject([{ inScope }]),
  )
})

describe('what one answer raises twice is one finding', () => {
  it.each([
    ['reworded, at the same lines', { title: 'Empty list', body: 'NaN for an empty list.' }],
    [
      'with less of the same lines',
      { title: 'Empty list', body: 'NaN for an empty list.', quote: 'sum / xs.length', line_start: 4 },
    ],
    [
      'with the same title, at lines that overlap',
      { title: 'divides by zero', body: 'NaN for an empty list.', quote: '/ xs.length' },
    ],
  ] as [string, More][])('%s: as the more urgent one, which names the other', (_, more) => {
    const found = raisedIn({ now: file }, said(), said({ priority: 'high', ...more }))
    const body = 'NaN for an empty list.\n\nAlso: Divides by zero\nAn empty list.'
    expect(found).toMatchObject([{ title: more?.title, priority: 'high', body }])
    expect(found).toHaveLength(1)
  })
  it('the less urgent one changes no priority, and the same text is said once', () =>
    expect(raisedIn({ now: file }, said({ priority: 'high' }), said({ priority: 'low' }))).toMatchObject([
      { priority: 'high', body: 'An empty list.' },
    ]))
  it.each([
    ['of another kind', {}, { kind: 'excess' }],
    ['at other lines', {}, { quote: 'return x / 2', line_start: 7 }],
    ['of other code in the same line', { quote: 'const sum', title: 'Name' }, { quote: 'add(xs)' }],
    ['of which one is nowhere', {}, { quote: 'gone' }],
    ['that are nowhere, under other titles', { quote: 'gone' }, { quote: 'gone', title: 'Other' }],
    ['that are nowhere, by other quotes', { quote: 'gone' }, { quote: 'away' }],
    ['that are nowhere, at other lines', { quote: 'gone', line_start: 1 }, { quote: 'gone', line_start: 2 }],
    ['of which one was taken out', {}, { quote: 'old code here' }],
  ] as [string, More, More][])('not two %s', (_, one, other) =>
    expect(raisedIn({ now: file, base: 'old code here\n' }, said(one), said(other))).toHaveLength(2),
  )
  it.each([
    ['nowhere, word for word', { quote: 'gone' }, { quote: ' gone', title: 'divides by  zero' }],
    ['at the same lines by the same title', { quote: 'const sum' }, { quote: 'add(xs)' }],
  ] as [string, More, More][])('two %s', (_, one, other) =>
    expect(raisedIn({ now: file }, said(one), said(other))).toHaveLength(1),
  )
  it('keeps the order of the answer, whichever files it goes to and fro between', () =>
    expect(
      raisedIn({ now: file }, said(), said({ file: 'b.js', title: 'B' }), said({ quote: 'add(xs)', title: 'C' })),
    ).toMatchObject([{ title: 'Divides by zero' }, { title: 'B' }, { title: 'C' }]))
})
