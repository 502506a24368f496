import { describe, expect, it } from 'vitest'
import { wrapped } from '../../../src/core/text/wrapped.ts'

const at = (columns: number, text: string, hanging = 0) => wrapped(text, columns, () => hanging)

describe('a text that has to fit a terminal', () => {
  it('breaks between words, and what follows is indented', () => {
    expect(at(10, 'one two three four', 3)).toBe('one two\n   three\n   four')
    expect(at(12, '  one two three', 4)).toBe('  one two\n    three')
    expect(at(18, 'one two three four')).toBe('one two three four')
  })
  it('keeps a longer word whole', () =>
    expect(at(8, 'see src/core/report/text.ts:12 now')).toBe('see\nsrc/core/report/text.ts:12\nnow'))
  it('counts what is seen: no colour and no accent, and two for what is wide', () => {
    expect(at(7, '\u001b[31mone\u001b[39m two')).toBe('\u001b[31mone\u001b[39m two')
    expect(at(7, 'u\u0308ne two')).toBe('u\u0308ne two')
    expect(at(7, '日本 語')).toBe('日本 語')
    expect(at(6, '日本 語')).toBe('日本\n語')
  })
  it('keeps its lines, and is left alone where there is no terminal', () => {
    expect(at(5, 'a b\n\nccc ddd')).toBe('a b\n\nccc\nddd')
    expect(at(Number.POSITIVE_INFINITY, 'x '.repeat(500))).toBe('x '.repeat(500))
  })
})
