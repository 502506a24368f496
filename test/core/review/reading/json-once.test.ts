import { expect, it } from 'vitest'
import { parseOnce } from '../../../../src/core/review/reading/json-once.ts'

it.each([
  ['{"verdict":"findings","verdict":"approve"}', '"verdict"'],
  ['{"a":[{"resolved":false,"reason":"x","resolved" :true}]}', '"resolved"'],
  [String.raw`{"verdict":1,"\u0076erdict":2}`, String.raw`"\u0076erdict"`],
])('a key that stands twice in one object is a fault: %s', (text, key) =>
  expect(() => parseOnce(text)).toThrow(`the key ${key} stands twice`),
)

it('the same key in two objects is none, nor is one in a text', () => {
  const text = String.raw`{"a":{"id":"F1","b":"{\"id\":1,\"id\":2}"},"list":[{"id":1},{"id":2}],"id":"\\"}`
  expect(parseOnce(text)).toEqual(JSON.parse(text))
})
