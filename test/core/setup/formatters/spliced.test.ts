import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addToFlatConfig, removeFromFlatConfig } from '../../../../src/core/setup/formatters/flat-config.ts'
import { addToList, listIn, removeFromList } from '../../../../src/core/setup/formatters/splice-list.ts'
import { swapBetween, takeBack } from '../../../../src/core/setup/formatters/swap.ts'

const includes = { at: ['files', 'includes'], seed: ['**'] }
const add = (text: string, items = ['!.claude']) => addToList(text, includes, items)

describe('a list in a JSON file of the user’s', () => {
  it.each([
    [
      'is made with what it begins with',
      '{\n\t"a": 1\n}\n',
      '{\n\t"a": 1,\n\t"files": {\n\t\t"includes": ["**", "!.claude"]\n\t}\n}\n',
    ],
    [
      'is made in an object that is there',
      '{\n  "files": {\n    "a": 1\n  }\n}',
      '{\n  "files": {\n    "a": 1,\n    "includes": ["**", "!.claude"]\n  }\n}',
    ],
    ['gets one item more', '{ "files": { "includes": ["**"] } }', '{ "files": { "includes": ["**", "!.claude"] } }'],
    ['has it already', '{"files":{"includes":["!.claude"]}}', '{"files":{"includes":["!.claude"]}}'],
    [
      'over several lines, with comments',
      '{"files":{"includes":[\n  "**", // all\n]}}',
      '{"files":{"includes":[\n  "**", // all\n  "!.claude",\n]}}',
    ],
    ['is no list', '{"files":{"includes":"**"}}', null],
    ['is in no object', '{"files":[]}', null],
    ['is in a file that is not JSON', '{', null],
    ['is in a list', '[]', null],
  ])('%s', (_, text, result) => expect(add(text)).toBe(result))

  it.each(['\n', '\r\n'])('that becomes too long for its line is written over several', end => {
    const line = (indent: string) => `{${end}${indent}"Exclude": ["${'x'.repeat(56)}"]${end}}`
    const added = (text: string) => addToList(text, { at: ['Exclude'], seed: [] }, ['y'])
    expect(added(line('  '))).toBe(line('  ').replace('"]', '", "y"]'))
    const longer = line('  ').replace('x"', 'xxxxx"')
    expect(added(longer)).toBe(longer.replace('["', `[${end}    "`).replace('"]', `",${end}    "y"${end}  ]`))
    expect(added(`{"Exclude": ["${'x'.repeat(90)}"]}`)).toContain('[\n  "xxx')
    expect(added(line('\t').replace('x"', 'xxxxxxxx"'))).toContain(`${end}\t\t"y"${end}\t]`)
  })

  it('gives items back', () => {
    expect(removeFromList('{"files":{"includes":["**", "!.claude"]}}', includes, ['!.claude'])).toBe(
      '{"files":{"includes":["**"]}}',
    )
    expect(removeFromList('{"files":{}}', includes, ['!.claude'])).toBe('{"files":{}}')
    expect(removeFromList('nothing', includes, ['!.claude'])).toBe('nothing')
    expect([
      listIn('{"files":{"includes":[1]}}', includes.at),
      listIn('{"files":{"includes":2}}', includes.at),
      listIn('{}', includes.at),
    ]).toEqual([[1], null, null])
  })
})

describe('ESLint’s flat configuration', () => {
  const item = ['.claude/']
  it.each([
    ['a list', 'export default [\n  a,\n]', "export default [\n  { ignores: ['.claude/'] },\n  a,\n]"],
    ['an empty list', 'module.exports = []', "module.exports = [{ ignores: ['.claude/'] }]"],
    [
      'double quotes',
      'import "a"\nexport default defineConfig([a])',
      'import "a"\nexport default defineConfig([{ ignores: [".claude/"] }, a])',
    ],
    [
      'arguments, one by one',
      'export default tseslint.config(a)',
      "export default tseslint.config({ ignores: ['.claude/'] }, a)",
    ],
    [
      'a list by its name',
      'const all: Linter.Config[] = [\r\n\ta,\r\n]\r\nexport default all;',
      "const all: Linter.Config[] = [\r\n\t{ ignores: ['.claude/'] },\r\n\ta,\r\n]\r\nexport default all;",
    ],
  ])('as %s gets what is left out', (_, text, result) => {
    expect(addToFlatConfig(text, item)).toBe(result)
    expect(takeBack(result, swapBetween(text, result))).toBe(text)
  })
  it.each(['export default factory({})', 'export default all', 'export * from "./b.js"'])(
    'is left to its author: %s',
    text => expect(addToFlatConfig(text, item)).toBeNull(),
  )
  it('gives it back from a file that was laid out anew', () => {
    const formatted = 'export default [\n    {\n        ignores: [".claude/"],\n    },\n    a,\n];\n'
    expect(removeFromFlatConfig(formatted, item)).toBe('export default [\n    a,\n];\n')
  })
})

describe('a swap', () => {
  it('leads back to every text, unless what it put in stands there twice', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const back = takeBack(after, swapBetween(before, after))
        expect(back === before || back === null).toBe(true)
      }),
    ))
  it('does so in the line ends of another checkout', () => {
    const swap = swapBetween('a\nz\n', 'a\nb\nc\nz\n')
    expect(takeBack('a\r\nb\r\nc\r\nz\r\n', swap)).toBe('a\r\nz\r\n')
    expect(takeBack('a\nb\nc\nz\n', { was: '\r\n', now: '\r\nb\r\n' })).toBe('a\nc\nz\n')
    expect(takeBack('b\nc\nb\nc\n', swap)).toBeNull()
  })
})
