import { describe, expect, it } from 'vitest'
import { prettyJson } from '../../../src/core/text/pretty-json.ts'

describe('JSON as Prettier writes it', () => {
  it.each([
    ['a text', 'a"b', '"a\\"b"'],
    ['nothing', null, 'null'],
    ['empty containers', { a: [], b: {} }, '{\n  "a": [],\n  "b": {}\n}'],
    ['a list that fits', { a: ['x', 1] }, '{\n  "a": ["x", 1]\n}'],
    ['a list of objects', { a: [{ b: 1 }] }, '{\n  "a": [\n    {\n      "b": 1\n    }\n  ]\n}'],
  ])('%s', (_, value, text) => expect(prettyJson(value)).toBe(text))

  it('a list of 79 characters and its comma stays on one line, one more breaks it', () => {
    const list = (length: number) => prettyJson({ key: ['x'.repeat(length)] })
    const [fits, breaks] = [list(66), list(67)]
    expect([fits, breaks].map(text => text.split('\n').length)).toEqual([3, 5])
    expect(`${fits.split('\n')[1]},`).toHaveLength(80)
  })
  it('tabs count as two', () => {
    const list = (length: number) => prettyJson({ key: ['x'.repeat(length)] }, '\t').split('\n').length
    expect([list(66), list(67)]).toEqual([3, 5])
  })
})
