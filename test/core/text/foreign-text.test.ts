import { describe, expect, it } from 'vitest'
import { foreign } from '../../../src/core/text/foreign-text.ts'
import { spelledOut } from '../../../src/core/text/plain-text.ts'

describe('what others have said is kept', () => {
  it('without control signs and secrets', () =>
    expect(foreign('\x1b[31mred\x1b[0m password=hunter2!', 100)).toBe('red password=[masked]'))
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
  it.each([['x'.repeat(12)], ['pwd=abc123'], [`token=1${'x'.repeat(60)}`], ['x'.repeat(100)]])(
    'as it is when it has been cleaned before: %s',
    text => expect(foreign(foreign(text, 10), 10)).toBe(foreign(text, 10)),
  )
  it('and is cut all the same when it only looks as if it had been', () =>
    expect(foreign('[masked]'.repeat(10), 10)).toBe('[masked][m … (70 characters left out)'))
})

it('what hides in code is spelled out', () =>
  expect(spelledOut('a\u202Eb\x00\r\nc\rd\u{e0041}\r')).toBe('a‹U+202E›b‹U+0000›\r\nc‹U+000D›d‹U+E0041›\r'))
