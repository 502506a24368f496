import { describe, expect, it } from 'vitest'
import { cleaned, foreign } from '../../../src/core/text/foreign-text.ts'
import { spelledOut } from '../../../src/core/text/plain-text.ts'

describe('what others have said is kept', () => {
  it('without control signs and secrets', () =>
    expect(foreign('\x1b[31mred\x1b[0m password=hunter2!')).toBe('red password=[masked]'))
  it.each([
    ['as long as it may be', 'x'.repeat(10), 'x'.repeat(10)],
    [
      'cut where it is longer, with a note of what is missing',
      'x'.repeat(12),
      `${'x'.repeat(10)} … (2 characters left out)`,
    ],
    ['whole when only the mask made it longer', 'pwd=abc123', 'pwd=[masked]'],
    ['whole when without signs it just fits', `${'\x00'.repeat(5)}${'x'.repeat(10)}`, 'x'.repeat(10)],
    ['whole when only signs made it long', `${'\x00'.repeat(20)}short`, 'short'],
    ['to its end behind signs of any number', `${'\x1b[31m'.repeat(40)}the reason`, 'the reason'],
    [
      'with signs counted out of the note',
      `${'\x00'.repeat(10)}${'x'.repeat(11)}`,
      `${'x'.repeat(10)} … (1 character left out)`,
    ],
    ['with all that was never read in the note', 'x'.repeat(100), `${'x'.repeat(10)} … (90 characters left out)`],
    ['with a note also when the mask is short', `token=1${'x'.repeat(60)}`, 'token=[mas … (31 characters left out)'],
  ])('%s', (_, text, kept) => expect(foreign(text, 10)).toBe(kept))
  it('up to 6000 characters unless said otherwise', () => {
    expect(foreign('x'.repeat(6000))).toHaveLength(6000)
    expect(foreign('x'.repeat(6001))).toMatch(/x … \(1 character left out\)$/)
  })
  it('in lists and objects, and nothing else is touched', () =>
    expect(cleaned({ a: ['\x07b', 1, null, true], c: { d: undefined, e: 'f\x00' } })).toEqual({
      a: ['b', 1, null, true],
      c: { d: undefined, e: 'f' },
    }))
})

it('what hides in code is spelled out', () =>
  expect(spelledOut('a\u202Eb\x00\r\nc\rd\u{e0041}\r')).toBe('a‹U+202E›b‹U+0000›\r\nc‹U+000D›d‹U+E0041›\r'))
