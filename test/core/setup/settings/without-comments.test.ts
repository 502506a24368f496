import { expect, it } from 'vitest'
import { withoutComments } from '../../../../src/core/setup/settings/without-comments.ts'

it.each([
  ['comments at the end of a line', '{\n  "a": 1, // one\n  "b": 2 /* two */\n}\n', '{\n  "a": 1,\n  "b": 2\n}\n'],
  ['trailing commas, also before a comment', '{"a": [1, 2,], // x\n}', '{"a": [1, 2]\n}'],
  ['a line that is nothing else', '{\r\n  // one\r\n  /* two */ // three\r\n  "a": 1\r\n}', '{\r\n  "a": 1\r\n}'],
  ['nothing in a text', '\uFEFF{"a": "// no, /* nor */ ,}"}', '\uFEFF{"a": "// no, /* nor */ ,}"}'],
])('takes out %s, and keeps every other byte', (_, text, result) => {
  expect(withoutComments(text)).toBe(result)
  expect(JSON.parse(result.replace('\uFEFF', ''))).toBeTruthy()
})
