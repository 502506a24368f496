import { describe, expect, it } from 'vitest'
import { planIgnore, planIgnoreRemoval } from '../../../../src/core/setup/formatters/plan-ignores.ts'
import { type Ignore, ignoresFor } from '../../../../src/core/setup/formatters/tools.ts'
import type { ManifestEntry } from '../../../../src/model/setup/manifest.ts'
import { onDisk } from '../../../support/setup/release.ts'

const ignoreIn = (files: Record<string, string>): Ignore =>
  ignoresFor({ name: 'a', platform: 'linux', files: Object.keys(files), read: path => files[path] }, [])[0]!
const planFor = (ignore: Ignore, text: string | null | undefined, entry?: ManifestEntry) => {
  const disk = text === undefined ? undefined : text === null ? { text, hash: '?' } : onDisk(text)
  const { rows, writes, files } = planIgnore(ignore.path, ignore, entry, disk)
  return {
    row: rows.map(({ action, reason }) => `${action}: ${reason}`)[0],
    text: writes[0]?.text,
    entry: files[ignore.path],
  }
}
const prettier = ignoreIn({ '.prettierrc': '' })
const biome = ignoreIn({ 'biome.json': '' })
const eslint = ignoreIn({ 'eslint.config.js': '' })
const checker = ignoreIn({ '.ecrc': '' })

describe('a tool’s own file', () => {
  it('is not touched where there is no such tool', () =>
    expect(planIgnore('a', undefined, undefined, undefined).rows).toEqual([]))
  it.each([
    [
      'both',
      ignoreIn({ '.prettierrc': '', '.oxfmtrc.json': '' }),
      undefined,
      "create: Prettier and oxfmt leave out Countersign's files",
      '/.claude/\n',
    ],
    [
      'no file yet',
      biome,
      undefined,
      "create: Biome leaves out Countersign's files",
      '{\n\t"files": {\n\t\t"includes": ["**", "!.claude"]\n\t}\n}\n',
    ],
    [
      'lines',
      prettier,
      'dist',
      "splice: Prettier leaves out Countersign's files; every other byte is unchanged",
      'dist\n/.claude/',
    ],
    [
      'a list',
      checker,
      '{}',
      "splice: editorconfig-checker leaves out Countersign's files; every other byte is unchanged",
      '{\n  "Exclude": ["^\\\\.claude/"]\n}',
    ],
    ['no file to add to', eslint, undefined, undefined, undefined],
    ['no text', prettier, null, 'skip: not UTF-8 text; left untouched', undefined],
    ['lines that cover it', prettier, '.claude\n', undefined, undefined],
    ['a list that covers it', checker, '{"Exclude":["^\\\\.claude/"]}', undefined, undefined],
    ['a list of other places', biome, '{"files":{"includes":["src/**"]}}', undefined, undefined],
    [
      'a shape nobody knows',
      eslint,
      'export default a()',
      "skip: add this to its list yourself, or ESLint judges Countersign's files: { ignores: ['.claude/'] }",
      undefined,
    ],
    [
      'what other files say',
      biome,
      '{ "extends": ["a"] }',
      "skip: add this to `files.includes` yourself, or Biome judges Countersign's files: !.claude",
      undefined,
    ],
    [
      'a list of its own beside other files',
      biome,
      '{ "extends": [], "files": { "includes": ["**"] } }',
      "splice: Biome leaves out Countersign's files; every other byte is unchanged",
      '{ "extends": [], "files": { "includes": ["**", "!.claude"] } }',
    ],
    [
      'no JSON',
      checker,
      '{',
      "skip: add this to `Exclude` yourself, or editorconfig-checker judges Countersign's files: ^\\.claude/",
      undefined,
    ],
  ])('%s', (_, ignore, before, row, text) => {
    const plan = planFor(ignore, before)
    expect({ row: plan.row, text: plan.text }).toEqual({ row, text })
  })

  it.each([
    [prettier, 'dist'],
    [prettier, undefined],
    [biome, '{ "files": { "includes": ["**"] } }\n'],
    [biome, undefined],
    [checker, '{\r\n\t"Exclude": []\r\n}'],
    [eslint, 'export default [\n  a,\n]\n'],
  ])('is kept as it is by the next run, and byte for byte what it was after the last: %#', (ignore, before) => {
    const { text, entry } = planFor(ignore, before)
    expect(planFor(ignore, text, entry)).toEqual({
      row: "keep: leaves out Countersign's files",
      text: undefined,
      entry,
    })
    expect(planIgnoreRemoval(ignore.path, entry!, onDisk(text!)).writes).toMatchObject([{ text: before ?? null }])
  })

  it('gives up only what is Countersign’s after the user has laid it out anew', () => {
    const { entry } = planFor(biome, '{ "files": { "includes": ["**"] } }')
    const formatted =
      '{\n  "files": {\n    "includes": [\n      "**",\n      "!mine",\n      "!.claude"\n    ]\n  }\n}\n'
    expect(planFor(biome, formatted, entry).row).toBe("keep: leaves out Countersign's files")
    expect(planIgnoreRemoval(biome.path, entry!, onDisk(formatted)).writes[0]?.text).toBe(
      formatted.replace(',\n      "!.claude"', ''),
    )
  })
  it('is left alone from then on, where the user has taken it out', () => {
    for (const ignore of [prettier, checker]) {
      const { entry } = planFor(ignore, undefined)
      const later = planFor(ignore, undefined, entry)
      expect(later).toEqual({
        row: "skip: you removed the lines for Countersign's files; they are not added again",
        text: undefined,
        entry,
      })
      expect(planIgnoreRemoval(ignore.path, entry!, onDisk('{}')).writes).toEqual([])
      expect(planIgnoreRemoval(ignore.path, entry!, { text: null, hash: '?' }).writes).toEqual([])
    }
    const link = { ...onDisk('/.claude/\n'), link: true as const }
    expect(planIgnoreRemoval(prettier.path, planFor(prettier, undefined).entry!, link).writes).toMatchObject([
      { text: '' },
    ])
  })
  it('of which nothing is remembered loses nothing', () =>
    expect(planIgnoreRemoval('a', { class: 'shared', sha256: null }, onDisk('a')).writes).toEqual([]))
})
