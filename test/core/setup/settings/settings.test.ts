import fc from 'fast-check'
import { createScanner, type ParseError, parse } from 'jsonc-parser'
import { describe, expect, it } from 'vitest'
import { hookEntries, hookScript, scriptsOf } from '../../../../src/core/setup/settings/hook-entries.ts'
import {
  freshSettings,
  insertHooks,
  isStrictJson,
  removeHooks,
  removeMember,
} from '../../../../src/core/setup/settings/settings.ts'

const inserted = (text: string) => textOf(insertHooks(text))
const removed = (text: string) => textOf(removeHooks(text))

function textOf(result: ReturnType<typeof insertHooks>): string {
  if ('fault' in result) throw new Error(JSON.stringify(result.fault))
  return result.text
}

/** Reads a file as leniently as an editor would. */
function read(text: string) {
  const errors: ParseError[] = []
  const value = parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true })
  expect(errors).toEqual([])
  return value
}

const theirs = { model: 'opus', hooks: { Stop: [{ hooks: [{ type: 'command', command: 'say done' }] }] } }
const pretty = JSON.stringify(theirs, null, 2)

const files: [string, string][] = [
  ['pretty JSON', `${pretty}\n`],
  ['no final newline', pretty],
  ['tabs', JSON.stringify(theirs, null, '\t')],
  ['four spaces', JSON.stringify(theirs, null, 4)],
  ['CRLF', `${pretty}\n`.replaceAll('\n', '\r\n')],
  ['a byte order mark', `\uFEFF${pretty}\n`],
  ['one line', JSON.stringify(theirs)],
  ['one line with spaces', '{ "model": "opus", "env": { "A": "1" } }\n'],
  ['an empty object', '{}\n'],
  ['an empty object over two lines', '{\n}\n'],
  ['an object with nothing but a comment', '{ /* later, perhaps */ }\n'],
  ['no hooks yet', '{\n  "model": "opus"\n}\n'],
  ['empty hooks', '{\n  "hooks": {}\n}\n'],
  ['empty hooks over two lines', '{\n  "hooks": {\n  },\n  "model": "opus"\n}\n'],
  ['empty hooks on one line', '{"hooks":{}}'],
  ['an empty event', '{\n  "hooks": {\n    "Stop": []\n  }\n}\n'],
  ['an empty event on one line', '{"hooks":{"Stop":[ ]},"model":"opus"}'],
  ['trailing commas', '{\n  "model": "opus",\n  "hooks": {\n    "Stop": [\n      { "hooks": [] },\n    ],\n  },\n}\n'],
  ['a comment behind the last value', '{\n  "model": "opus" // keep, please\n}\n'],
  ['a comment before the closing brace', '{\n  "model": "opus"\n  // "env": {}, one day\n}\n'],
  ['a comment between value and comma', '{\n  "model": "opus" /* a, b */ , // c\n}\n'],
  ['block comments on one line', '{"model": "opus" /* keep */, "env": {} /* , */}'],
  ['trailing blanks', '{\n  "model": "opus"   \n}  \n'],
  ['hooks in the middle', '{\n  "hooks": { "Stop": [{ "hooks": [] }] }, // mine\n  "model": "opus"\n}\n'],
]

describe('a settings.json that was rewritten since', () => {
  const rewritten: [string, (value: unknown) => string][] = [
    ['on one line', value => JSON.stringify(value)],
    ['with other indents', value => JSON.stringify(value, null, 3)],
    ['with brackets side by side', value => JSON.stringify(value, null, 2).replace(/\[\s+\{\s+/g, '[{ ')],
  ]
  it.each(rewritten)('%s keeps no empty event or hooks of Countersign’s', (_, write) => {
    const left = (before: object) => read(removed(write(JSON.parse(inserted(JSON.stringify(before))))))
    expect([left({ model: 'opus' }), left(theirs), left({})]).toEqual([{ model: 'opus' }, theirs, {}])
  })
})

describe('a settings.json with', () => {
  it.each(files)('%s is the same byte for byte after insert and remove', (_, text) => {
    const with_ = inserted(text)
    expect(with_).not.toBe(text)
    expect(removed(with_)).toBe(text)
  })

  it.each(files)('%s keeps every entry of its own and gets each hook entry once', (_, text) => {
    const before = read(text)
    const after = read(inserted(text))
    for (const { event, group } of hookEntries) {
      expect(after.hooks[event]).toEqual([...(before.hooks?.[event] ?? []), group])
    }
    expect({ ...after, hooks: null }).toEqual({ ...before, hooks: null })
  })

  it.each(files)('%s is not touched by a second insert, nor by a remove with nothing to remove', (_, text) => {
    expect(inserted(inserted(text))).toBe(inserted(text))
    expect(removed(text)).toBe(text)
  })

  it.each(files)('%s keeps every character of its own, in order', (_, text) => {
    let from = 0
    const result = inserted(text)
    for (const character of text) from = result.indexOf(character, from) + 1 || Number.POSITIVE_INFINITY
    expect(from).toBeLessThanOrEqual(result.length)
  })
})

it('comments stay with their member', () => {
  expect(inserted('{\n  "model": "opus" // keep\n}\n')).toMatch(/"model": "opus", \/\/ keep\n {2}"hooks": \{/)
})

it('a one-line file stays one line', () => {
  expect(inserted('{"model":"opus"}').split('\n')).toHaveLength(1)
})

it('a handler that the user added to Countersign’s group is kept when the group’s own is removed', () => {
  const own = { type: 'command', command: 'say hi' }
  const settings = { hooks: { Stop: [{ hooks: [{ type: 'command', command: 'node', args: [hookScript] }, own] }] } }
  expect(read(removed(JSON.stringify(settings, null, 2)))).toEqual({ hooks: { Stop: [{ hooks: [own] }] } })
})

it('entries of other shapes are left untouched', () => {
  const odd = '{ "hooks": { "Stop": [ 5, { "hooks": 7 }, { "hooks": [ 5, { "args": 1 }, { "args": [ 1 ] } ] } ] } }'
  expect(removed(odd)).toBe(odd)
  expect(read(inserted(odd)).hooks.Stop).toHaveLength(4)
})

it('one member can be removed by its name', () => {
  expect(removeMember('{ "a": 1, "b": 2 }', 'a')).toBe('{ "b": 2 }')
  expect(removeMember('{ "a": 1, "b": 2 }', 'b')).toBe('{ "a": 1 }')
  expect(removeMember('\uFEFF{ "a": 1 }', 'c')).toBe('\uFEFF{ "a": 1 }')
  expect(removeMember('{', 'a')).toBe('{')
})

it('strict JSON is told from what only an editor reads', () =>
  expect(['\uFEFF{}', '{ "a": 1, }', '{ } // c'].map(isStrictJson)).toEqual([true, false, false]))

it('members added after the hook entries survive their removal', () => {
  const edited = inserted('{\n  "model": "opus"\n}\n').replace(/\n}\n$/, ',\n  "env": { "A": "1" }\n}\n')
  expect(removed(edited)).toBe('{\n  "model": "opus",\n  "env": { "A": "1" }\n}\n')
})

it('a fresh file is strict JSON with a schema, and needs no insert', () => {
  expect(isStrictJson(freshSettings())).toBe(true)
  expect(freshSettings().endsWith('}\n')).toBe(true)
  expect(inserted(freshSettings())).toBe(freshSettings())
})

describe('what Claude Code would not read is refused, with its place', () => {
  it.each([
    ['a missing brace', '{\n  "model": "opus"\n', { line: 3, column: 1, what: 'CloseBraceExpected' }],
    ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', { line: 3, column: 3, what: 'CommaExpected' }],
    ['an empty file', '', { line: 1, column: 1, what: 'ValueExpected' }],
    ['a list', '[]', { line: 1, column: 1, what: 'RootNotObject' }],
    ['a list of hooks', '{ "hooks": [] }', { line: 1, column: 12, what: 'HooksNotObject' }],
    ['null hooks', '{\r\n  "hooks": null\r\n}', { line: 2, column: 12, what: 'HooksNotObject' }],
    [
      'an event that is an object',
      '{\n "hooks": {\n  "Stop": {}\n }\n}',
      { line: 3, column: 11, what: 'EventNotArray' },
    ],
    ['a key given twice', '{\n "hooks": {},\n "hooks": {}\n}', { line: 3, column: 2, what: 'DuplicateKey' }],
    ['an event given twice', '{"hooks":{"Stop":[],"Stop":[]}}', { line: 1, column: 21, what: 'DuplicateKey' }],
  ])('%s', (_, text, fault) => {
    expect(insertHooks(text)).toEqual({ fault })
    expect(removeHooks(text)).toEqual({ fault })
  })
})

const group = fc.record({
  matcher: fc.string(),
  hooks: fc.array(fc.record({ command: fc.string() }), { maxLength: 2 }),
})
const settings = fc.record(
  {
    model: fc.string(),
    hooks: fc.dictionary(fc.constantFrom('Stop', 'SessionEnd', 'PreCompact'), fc.array(group, { maxLength: 2 })),
    env: fc.dictionary(fc.constantFrom('A', 'B'), fc.array(fc.integer(), { maxLength: 2 })),
  },
  { requiredKeys: [] },
)
const gap = fc.constantFrom('', '', ' ', '\n', '\r\n  ', '\t', ' // c, "x": {\n', '/* , } */', ' /* a\n b */ ')

/** Writes a value with a gap of white space or comment before each token, and perhaps with trailing commas. */
function written(made: object, gaps: string[], trailingCommas: boolean): string {
  const plain = JSON.stringify(made)
  const scanner = createScanner(plain)
  let text = ''
  for (let index = 0; scanner.scan() && scanner.getTokenLength() > 0; index++) {
    const token = plain.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength())
    const closesFull = /^[}\]]$/.test(token) && !/[{[]$/.test(plain.slice(0, scanner.getTokenOffset()))
    text += `${trailingCommas && closesFull ? ',' : ''}${gaps[index % gaps.length]}${token}`
  }
  return text
}

it('any settings, however written, survive insert and remove byte for byte', () => {
  fc.assert(
    fc.property(settings, fc.array(gap, { minLength: 30, maxLength: 40 }), fc.boolean(), (made, gaps, trailing) => {
      const text = written(made, gaps, trailing)
      const after = read(inserted(text))
      expect(removed(inserted(text))).toBe(text)
      expect(inserted(inserted(text))).toBe(inserted(text))
      expect(after.hooks.Stop).toHaveLength((made.hooks?.Stop?.length ?? 0) + 1)
      expect({ model: after.model, env: after.env }).toEqual({ model: made.model, env: made.env })
    }),
    { numRuns: 300 },
  )
})

describe('what is added looks like the rest', () => {
  it.each([
    ['tabs', '{\n\t"model": "opus"\n}\n', '"opus",\n\t"hooks": {\n\t\t"SessionStart": [\n\t\t\t{\n\t\t\t\t"hooks"'],
    ['four spaces', '{\n    "model": "opus"\n}\n', '"opus",\n    "hooks": {\n        "SessionStart": [\n            {'],
    ['CRLF', '{\r\n  "model": "opus"\r\n}\r\n', '"opus",\r\n  "hooks": {\r\n    "SessionStart": [\r\n'],
    ['one line', '{ "model": "opus" }', '"opus", "hooks": { "SessionStart": [ { "hooks": [ { "type": "command",'],
    ['nothing yet', '{}', '{\n  "hooks": {\n    "SessionStart": ['],
    ['hooks of its own', '{\n    "hooks": {\n        "Stop": []\n    }\n}\n', '"Stop": [{\n                "hooks": ['],
    ['a line that speaks of what follows', '{\n  "a": 1\n  // b, one day\n}', '"a": 1,\n  "hooks": {'],
    ['a word on the same line', '{\n  "a": 1 // one /* and */ only\n}', '"a": 1, // one /* and */ only\n  "hooks": {'],
  ])('%s', (_, text, part) => expect(inserted(text)).toContain(part))
})

it('the hook entries say when they fire, for what, how long they may take, and what is shown meanwhile', () => {
  const byEvent = Object.fromEntries(hookEntries.map(({ event, group }) => [event, group]))
  const hook = { type: 'command', command: 'node', args: [hookScript] }
  expect(byEvent.Stop).toEqual({
    hooks: [{ ...hook, timeout: 3600, statusMessage: 'Countersign: tests, then review' }],
  })
  expect(byEvent.TaskCompleted?.hooks[0]?.statusMessage).toBe('Countersign: tests')
  expect(byEvent.PostToolUse).toEqual({ matcher: 'AskUserQuestion', hooks: [{ ...hook, timeout: 60 }] })
  const [stop] = byEvent.Stop!.hooks
  const more = { event: 'Stop', group: { hooks: [{ ...stop!, args: ['--flag', ...stop!.args] }] } }
  expect(scriptsOf([more, ...hookEntries])).toEqual([hookScript])
})
