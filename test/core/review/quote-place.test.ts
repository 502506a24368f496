import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEvidenceQuote } from '../../../src/core/review/quote-forms.ts'
import { linedText, nearestTo, overlaps, standsAt } from '../../../src/core/review/quote-place.ts'

const text = [
  'export function mean(xs) {', // 1
  '  const sum = add(xs)',
  '',
  '  return sum',
  '    / xs.length', // 5
  '}',
  'const items = [',
  '  + 1,',
  '  - 2,',
  ']', // 10
  'const names = {',
  "  1: 'alpha',",
  "  2: 'beta',",
  '}',
  'const total = add(xs)', // 15
  'const caf\u00e9 = 1\r',
  'const to\u200btal = 1',
  'password = "hunter2!"',
  'export const a = mean(1)',
  'export const a = mean(1)', // 20
  '- item of a list',
].join('\n')

describe('a quote stands', () => {
  it.each([
    ['where it is', 'const sum = add(xs)', [[2, 2]]],
    ['in several lines', 'return sum\n    / xs.length', [[4, 5]]],
    ['indented in another way', 'return sum /   xs.length\n}', [[4, 6]]],
    ['over an empty line', 'add(xs) return', [[2, 4]]],
    ['with the + of a diff', '+  return sum\n+    / xs.length', [[4, 5]]],
    ['with the + of a diff from its second line on', 'return sum\n+    / xs.length', [[4, 5]]],
    ['with the blanks and the head of a diff', '@@ -1,2 +4,2 @@\n   return sum\n+    / xs.length', [[4, 5]]],
    [
      'with what a diff says of the end',
      '-}\n\\ No newline at end of file',
      [
        [6, 6],
        [14, 14],
      ],
    ],
    ['between lines that were taken out', '-  return sums.of(xs)\n+  return sum\n     / xs.length', [[4, 5]]],
    ['as a line that was taken out', '-  const sum = add(xs)', [[2, 2]]],
    ['with a bar behind the number', ' 4 |   return sum\n 5 |     / xs.length', [[4, 5]]],
    ['with a colon behind the number', '4:   return sum\n5:     / xs.length', [[4, 5]]],
    ['with a tab behind the number', '4\t  return sum\n5\t    / xs.length', [[4, 5]]],
    ['with an arrow behind the number', '     4→  return sum', [[4, 4]]],
    ['with numbers from its second line on', 'return sum\n5 |     / xs.length', [[4, 5]]],
    ['with numbers and signs', '4 | +  return sum\n5 | +    / xs.length', [[4, 5]]],
    ['with numbers that are the code’s', "1: 'alpha',\n  2: 'beta',", [[12, 13]]],
    ['with signs that are the code’s', '+ 1,\n- 2,', [[8, 9]]],
    ['as an item of a list', '- item of a list', [[21, 21]]],
    [
      'twice',
      'export const a',
      [
        [19, 19],
        [20, 20],
      ],
    ],
    ['once in two lines alike', 'mean(1)\nexport', [[19, 20]]],
    ['decomposed', 'const cafe\u0301 = 1', [[16, 16]]],
    ['with a hidden sign', 'to\u200btal = 1', [[17, 17]]],
    ['with a hidden sign spelled out', 'to‹U+200B›tal = 1', [[17, 17]]],
    ['without a hidden sign', 'const total = 1', [[17, 17]]],
    ['with its secret', 'password = "hunter2!"', [[18, 18]]],
    ['with its secret masked', 'password = "[masked]"', [[18, 18]]],
    ['nowhere, with another hidden sign', 'to‹U+202E›tal', []],
    ['nowhere, of nothing', ' \n', []],
    ['nowhere, of signs and numbers alone', '+\n-\n', []],
    ['nowhere, by a brace behind what was never there', '-what was never there\n+}', []],
    ['nowhere', 'return median(xs)', []],
  ])('%s: %j', (_, quote, places) => expect(standsAt(quote, text)).toEqual(places))

  it('in the line where it is, whatever hides in the lines before', () => {
    const hidden = 'a\u2028b\n\x1bPx\ny\x1b\\\n\x1b[31mre\u200bd = 1\n'
    expect([standsAt('red = 1', hidden), standsAt('a b', hidden)]).toEqual([[[4, 4]], [[1, 1]]])
  })
  it('where it was masked beside a hidden sign', () => {
    const both = 'x\na\u200bb; token = "hunter2!"\n'
    expect(standsAt('a‹U+200B›b; token = "[masked]"', both)).toEqual([[2, 2]])
    expect(standsAt('ab; token = "[masked]"', both)).toEqual([[2, 2]])
  })
  it('a thousand times at most', () => expect(standsAt('ab', 'ab ab\n'.repeat(5000))).toHaveLength(1000))
  it('nowhere in nothing', () => expect(standsAt('a', '')).toEqual([]))
  it('where a long one is, by its own end', () => {
    const long = 'ab'.repeat(200)
    expect(standsAt(`${long}c`, `x\n${long}${long}c\n${long}\n${long}c`)).toEqual([
      [2, 2],
      [4, 4],
    ])
    expect(standsAt(`${long}d`, `x\n${long}${long}c`)).toEqual([])
  })
})

describe('a quote shows something', () => {
  it.each([
    ['eight signs, three of them letters', 'xs.length', 1000, true],
    ['seven signs', 'a.b(cd)', 2, false],
    ['eight signs, two of them letters', '{ (a+b) };', 2, false],
    ['white space is not seen', 'a . b ( c d )', 2, false],
    ['five signs in one place', 'a < bcd', 1, true],
    ['four signs in one place', 'a < b', 1, false],
    ['a brace', '}', 1, false],
    ['signs without a letter', '{{{{}}}}', 2, false],
    ['nothing', '  \n', 1, false],
    ['a line number is no code', '123456: }', 1, false],
    ['a sign of a diff is no code', '+++++++abc', 1, true],
    ['a mask is no code', '"[masked]"', 1, false],
    ['a hidden sign is no code', '‹U+200B›‹U+200B›}', 1, false],
  ])('%s: %j', (_, quote, occurrences, is) => expect(isEvidenceQuote(quote, occurrences)).toBe(is))
})

describe('a place', () => {
  it.each([
    ['before', [1, 2], false],
    ['touching the first', [1, 3], true],
    ['within', [4, 4], true],
    ['touching the last', [5, 9], true],
    ['between', [6, 7], false],
    ['around', [1, 99], true],
  ] as [string, [number, number], boolean][])('%s overlaps lines 3 to 5 and 8: %#', (_, place, does) =>
    expect(
      overlaps(place, [
        [3, 5],
        [8, 8],
      ]),
    ).toBe(does),
  )
  it.each([
    ['none', 3, [], null],
    ['the only one', 900, [[1, 2]], [1, 2]],
    [
      'the one around it',
      5,
      [
        [1, 2],
        [4, 6],
      ],
      [4, 6],
    ],
    [
      'the nearer above',
      10,
      [
        [1, 8],
        [13, 14],
      ],
      [1, 8],
    ],
    [
      'the nearer below',
      10,
      [
        [1, 7],
        [12, 14],
      ],
      [12, 14],
    ],
    [
      'the upper of two as near',
      10,
      [
        [1, 8],
        [12, 14],
      ],
      [1, 8],
    ],
    [
      'the first for no line',
      null,
      [
        [4, 4],
        [1, 1],
      ],
      [4, 4],
    ],
  ] as [string, number | [number, number] | null, [number, number][], [number, number] | null][])(
    'nearest to a line: %s',
    (_, line, places, place) => expect(nearestTo(line, places)).toEqual(place),
  )
})

describe('an anchor', () => {
  const lines = linedText('a\n\n b\nc\na\nb\nd\ne f\ne\nf\n')
  it.each([
    ['is its own lines where they stand once', [7, 7], 'd'],
    ['takes in what is around them where they do not', [3, 3], 'a b c'],
    ['takes in more, as long as it takes', [1, 1], 'a b c'],
    ['ends with the text', [10, 10], 'f'],
  ] as [string, [number, number], string][])('%s', (_, place, anchor) => expect(lines.anchor(place)).toBe(anchor))
  it('is its own lines where nothing around tells them from others', () =>
    expect(linedText('x\n'.repeat(50)).anchor([20, 21])).toBe('x x'))

  it.each([
    ['where it is', 'd', [[7, 7]]],
    ['indented in another way', 'a   b\nc', [[1, 4]]],
    ['not where a line goes on', 'e', [[9, 9]]],
    ['not within a line', 'f', [[10, 10]]],
    ['not with the sign of a diff', '+d', []],
    ['nowhere, of nothing', ' ', []],
  ])('stands %s', (_, anchor, places) => expect(lines.anchored(anchor)).toEqual(places))
  it('stands masked where its line has a secret', () =>
    expect(linedText('x\npassword = "hunter2!"\n').anchored('password = "[masked]"')).toEqual([[2, 2]]))
})

describe('whatever lines a text has', () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '(', '}', 'é', '\u200b', '[masked]'), maxLength: 5 })
  const before = fc.constantFrom('', '+', '-', '   ', '12 | ', '7:', ' 9\t', '3 | +')
  it('those that are quoted stand where they are, with whatever stands before them', () =>
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), before, (lines, a, b, sign) => {
        const [first, last] = [a % lines.length, b % lines.length].sort((x, y) => x - y) as [number, number]
        const quoted = lines.slice(first, last + 1)
        fc.pre([quoted[0], quoted.at(-1)].every(one => one?.trim() !== ''))
        const places = standsAt(quoted.map(one => sign + one).join('\n'), lines.join('\n'))
        expect(places).toContainEqual([first + 1, last + 1])
      }),
    ))
  it('an anchor stands where it was taken from', () =>
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), fc.nat(), (lines, a) => {
        const at = a % lines.length
        fc.pre(lines[at]!.trim() !== '')
        const text = linedText(lines.join('\n'))
        const places = text.anchored(text.anchor([at + 1, at + 1]))
        expect(places.some(place => overlaps(place, [[at + 1, at + 1]]))).toBe(true)
      }),
    ))
})
