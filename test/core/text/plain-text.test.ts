import { describe, expect, it } from 'vitest'
import { plainText, shownPath, spelledOut, tail } from '../../../src/core/text/plain-text.ts'

describe('plain text is without', () => {
  it.each([
    ['colours', '\x1b[1;31mred\x1b[0m \x1b[38;5;196mmore\x1b[39m \x1b[38:2::1:2:3mtrue\x1b[m', 'red more true'],
    ['8-bit sequences', '\x9b31mred\x9b0m', 'red'],
    ['cursor moves', 'a\x1b[2K\x1b[1Gb\x1b[?25l\x1b[10;20Hc', 'abc'],
    ['titles and links', '\x1b]0;title\x07a \x1b]8;;https://x.example\x1b\\link\x1b]8;;\x1b\\', 'a link'],
    ['a title without end', 'a\x1b]0;for ever', 'a'],
    ['device strings', 'a\x1bPq#0;2\x1b\\b', 'ab'],
    ['charset and keypad switches', 'a\x1b(Bb\x1b=c\x1b7', 'abc'],
    ['an escape at the very end', 'a\x1b', 'a'],
    ['controls', 'a\0b\x07c\x08d\x7fe\x85f', 'abcdef'],
    ['marks that turn the direction', 'if (\u202e\u2066admin\u2069\u202c)\u200f', 'if (admin)'],
    ['letters that nobody sees', 'a\u{e0041}\u{e007f}b\u200bc\u2060d\ufeffe\u00adf\u3164g\u{e0101}h', 'abcdefgh'],
    ['selectors where there is nothing to select', 'a\ufe0f1\ufe0f', 'a1'],
    ['line separators, which become line ends', 'a\u2028b\u2029c', 'a\nb\nc'],
    ['what a line said before it was overwritten', 'x\n10%\r50%\r100%\ny', 'x\n100%\ny'],
    ['carriage returns at the line end', 'a\r\nb\r\r\nc\r', 'a\nb\nc'],
  ])('%s', (_, text, expected) => {
    expect(plainText(text)).toBe(expected)
  })

  it('but with everything else', () => {
    const text = 'tab\there, é, 日本, 👩‍💻, ⚠️, 1️⃣, می\u200cروم, [31m, שלום\n\n  indented'
    expect(plainText(text)).toBe(text)
  })

  it('in time that grows with its length only', () => {
    const start = performance.now()
    plainText('\x1b]'.repeat(200_000) + '\x1b['.repeat(200_000) + '\r'.repeat(200_000))
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('a sign that nobody sees', () => {
  const signs = [
    '\0',
    '\x7f',
    '\x85',
    '\u00ad',
    '\u061c',
    '\u200b',
    '\u200c',
    '\u200d',
    '\u200e',
    '\u2028',
    '\u202e',
    '\u2060',
  ]
  signs.push('\u2066', '\u3164', '\ufe0f', '\ufeff', '\ufff9', '\u{e0041}', '\u{e0101}')
  it.each(signs.map(sign => [sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0'), sign]))(
    'U+%s is spelled out in code, and quoted and spelled out in a name',
    (code, sign) => {
      expect(spelledOut(`a${sign}b`)).toBe(`a‹U+${code}›b`)
      expect(shownPath(`a${sign}.js`)).toBe(`"a‹U+${code}›.js"`)
    },
  )
  it('is none of those that shape the pictograph before them', () => {
    expect(spelledOut('⚠️ 1️⃣\n\tx')).toBe('⚠️ 1️⃣\n\tx')
    expect(shownPath('⚠️.md')).toBe('⚠️.md')
  })
})

describe('a file name', () => {
  it.each(['src/a.js', 'with blank.js', 'naïve-日本.py', "it's.js", 'a,b.js', '(app)/[id]/page.tsx'])(
    '%s is shown as it is',
    path => expect(shownPath(path)).toBe(path),
  )
  it.each([
    ['a\nb', '"a\\nb"'],
    ['a\tb', '"a\\tb"'],
    ['a`b', `"a'b"`],
    ['a"b', '"a\\"b"'],
    ['a\\b', '"a\\\\b"'],
    ['<x>', '"<x>"'],
    [' a', '" a"'],
    ['a ', '"a "'],
    ['a, b', '"a, b"'],
    ['a\ufffd', '"a\ufffd"'],
  ])('%j is quoted', (path, shown) => expect(shownPath(path)).toBe(shown))
})

describe('the tail', () => {
  it.each([
    ['keeps a short text', 'a\nb\n', {}, 'a\nb'],
    ['keeps the last lines', 'a\nb\nc\n\n', { lines: 2 }, 'b\nc'],
    ['keeps the last whole lines that fit', 'aaaa\nbbbb\ncccc', { chars: 11 }, 'bbbb\ncccc'],
    ['cuts a line only when it is alone', 'aaaa\nbbbbbbbb', { chars: 5 }, 'bbbbb'],
  ])('%s', (_, text, limits, expected) => {
    expect(tail(text, limits)).toBe(expected)
  })
})
