import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bare, dressedAs } from '../../src/core/line-ends.ts'

describe('acceptance case 18: a new text in the place of an old one', () => {
  it.each([
    ['LF stays LF', 'a\nc\n', 'a\nb\n', 'a\nc\n'],
    ['CRLF stays CRLF', 'a\nc\n', 'a\r\nb\r\n', 'a\r\nc\r\n'],
    ['a byte order mark stays', 'c\n', '\uFEFFb\n', '\uFEFFc\n'],
    ['both stay', 'c\n', '\uFEFFb\r\n', '\uFEFFc\r\n'],
    ['mixed: each line keeps its own', 'a\nx\nb\nc\n', 'a\r\nb\nc\r\n', 'a\r\nx\r\nb\nc\r\n'],
    ['mixed: a new line gets what most have', 'a\nb\nc\nx\n', 'a\nb\nc\r\n', 'a\nb\nc\r\nx\n'],
    ['mixed: a line taken out takes its end with it', 'a\nc\n', 'a\r\nb\nc\r\n', 'a\r\nc\r\n'],
    ['mixed: a last line without an end', 'a\nb\nc', 'a\r\nb\nc', 'a\r\nb\nc'],
  ])('%s', (_, text, model, result) => expect(dressedAs(text, model)).toBe(result))

  const line = fc.constantFrom('', 'a', 'b', 'c', '}')
  const text = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 12 })

  it('is the old one to the byte when it says the same', () => {
    fc.assert(
      fc.property(text, line, fc.boolean(), (lines, last, mark) => {
        const model = (mark ? '\uFEFF' : '') + lines.map(([content, end]) => content + end).join('') + last
        expect(dressedAs(bare(model), model)).toBe(model)
      }),
    )
  })

  it('says what it said before', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [wanted, model] = [one.map(([content]) => `${content}\n`).join(''), other.flat().join('')]
        expect(bare(dressedAs(wanted, model))).toBe(wanted)
      }),
    )
  })
})
