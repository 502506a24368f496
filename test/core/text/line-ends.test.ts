import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bare, dressedAs } from '../../../src/core/text/line-ends.ts'

describe('a new text in the place of an old one', () => {
  it.each([
    ['LF stays LF', 'a\nc\n', 'a\nb\n', 'a\nc\n'],
    ['CRLF stays CRLF', 'a\nc\n', 'a\r\nb\r\n', 'a\r\nc\r\n'],
    ['a byte order mark stays', 'c\n', '\uFEFFb\n', '\uFEFFc\n'],
    ['both stay', 'c\n', '\uFEFFb\r\n', '\uFEFFc\r\n'],
    ['mixed: each line keeps its own', 'a\nx\nb\nc\n', 'a\r\nb\nc\r\n', 'a\r\nx\r\nb\nc\r\n'],
    ['mixed: a new line gets what most have', 'a\nb\nc\nx\n', 'a\nb\nc\r\n', 'a\nb\nc\r\nx\n'],
    ['mixed: a line taken out takes its end with it', 'a\nc\n', 'a\r\nb\nc\r\n', 'a\r\nc\r\n'],
    ['mixed: a new line gets CRLF where most have it', 'x\na\n', 'a\r\nb\r\nc\n', 'x\r\na\r\n'],
    ['mixed: where neither is more, LF', 'x\ny\nz\na\nb\n', 'a\r\nb\n', 'x\ny\nz\na\r\nb\n'],
    ['mixed: lines go in front', 'b\nc\n', 'a\r\nb\nc\r\n', 'b\nc\r\n'],
    ['mixed: as many lines stay as can', 'b\nc\nd\na\n', 'a\nb\r\nc\r\nd\r\ne\nf\ng\nh\n', 'b\r\nc\r\nd\r\na\n'],
    ['mixed: as many as can, behind a new one', 'a\nb\nc\n', 'b\r\nc\r\nx\na\ny\nz\n', 'a\nb\r\nc\r\n'],
    ['mixed: as many as can, in the middle', 'a\nx\nb\nc\na\n', 'b\r\nc\r\na\r\nd\ne\nf\ng\n', 'a\nx\nb\r\nc\r\na\r\n'],
    [
      'mixed: what was last without an end gets the usual one',
      'a\nb\nc\nd\n',
      'a\r\nb\r\nx\nc',
      'a\r\nb\r\nc\r\nd\r\n',
    ],
    ['mixed: the same line twice', 'a\na\nb\n', 'a\r\nb\na\r\nb\n', 'a\r\na\r\nb\n'],
    ['only the mark at the beginning is one', 'a\uFEFF\n', 'a\uFEFF\n', 'a\uFEFF\n'],
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
