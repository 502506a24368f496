import { describe, expect, it } from 'vitest'
import { isMap, isScalar, type Pair } from 'yaml'
import { type Migration, migrateConfig, migrations } from '../../../src/core/setup/migrate-config.ts'
import { makePlan } from '../../../src/core/setup/plan.ts'
import { configPath } from '../../../src/model/paths.ts'
import { onDisk, planned, readable, release, wanted } from '../../support/setup/release.ts'

/** Invented: format 2 calls `tests` `suites`, format 3 counts `timeout` in minutes. */
const table: Migration[] = [
  {
    from: 2,
    edits(document) {
      const timeout = document.get('timeout', true)
      if (!isScalar(timeout) || !timeout.range) return []
      return [{ from: timeout.range[0], to: timeout.range[1], text: String(Number(timeout.value) / 60) }]
    },
  },
  {
    from: 1,
    edits(document) {
      if (!isMap(document.contents)) return []
      const pair = document.contents.items.find(item => String(item.key) === 'tests') as Pair | undefined
      const range = isScalar(pair?.key) ? pair.key.range : undefined
      return range ? [{ from: range[0], to: range[1], text: 'suites' }] : []
    },
  },
]

const first =
  '# mine\r\nversion:   1   # the format\r\n\r\ntests:  [{name: "a"},   ]   # odd, but mine\r\ntimeout: 120 # seconds\r\n'
const third =
  '# mine\r\nversion:   3   # the format\r\n\r\nsuites:  [{name: "a"},   ]   # odd, but mine\r\ntimeout: 2 # seconds\r\n'

describe('a configuration of an older format', () => {
  it('is migrated step by step; comments, blanks and line ends are kept', () =>
    expect(migrateConfig(first, table)).toEqual({ text: third, steps: [1, 2] }))

  it('becomes the same in one go and step by step', () => {
    const once = migrateConfig(
      first,
      table.filter(({ from }) => from === 1),
    ) as { text: string }
    expect(migrateConfig(once.text, table)).toEqual({ text: third, steps: [2] })
  })

  it('that is already the newest is left untouched', () =>
    expect(migrateConfig(third, table)).toEqual({ text: third, steps: [] }))

  it('that is not YAML is refused with line and column, in one line', () => {
    const fault = { line: 1, column: 11, problem: expect.stringMatching(/^[^\n]+ at line 1, column 11:$/) }
    expect(migrateConfig('version: 1: 2\nb: 3\n', table)).toEqual({
      fault: { ...fault, column: expect.any(Number), problem: expect.stringMatching(/^[^\n]{10,}$/) },
    })
    expect(migrateConfig('version: 1\ntests: [\n', table)).toMatchObject({ fault: { line: 3 } })
    expect(migrateConfig('version: 1\ntests: [\n', [])).toEqual({ text: 'version: 1\ntests: [\n', steps: [] })
  })

  it('that does not say its format is left untouched', () => {
    for (const text of ['tests: []\n', 'version:\n', ''])
      expect(migrateConfig(text, table)).toEqual({ text, steps: [] })
  })

  it('may have several edits in a step, in any order and of any length', () => {
    const edits = (text: string) =>
      ['aa', 'bb'].map(word => ({ from: text.indexOf(word), to: text.indexOf(word) + 2, text: `long ${word}` }))
    const step = [{ from: 1, edits: (_: unknown, text: string) => edits(text) }] as Migration[]
    expect(migrateConfig('version: 1\na: aa\nb: bb\n', step)).toEqual({
      text: 'version: 2\na: long aa\nb: long bb\n',
      steps: [1],
    })
  })

  it('is the first one there is: nothing is migrated today', () =>
    expect({ migrations, migrated: migrateConfig(first, migrations) }).toEqual({
      migrations: [],
      migrated: { text: first, steps: [] },
    }))
})

describe('in a plan', () => {
  const files = [wanted(configPath, 'new', { class: 'seed' })]
  const seed = (text: string) => ({
    schema: 1 as const,
    version: '1.0.0',
    files: { [configPath]: { class: 'seed' as const, id: configPath, sha256: readable(text) } },
  })

  it.each([
    ['a configuration as Countersign wrote it stays Countersign’s', first, readable(third)],
    ['one that the user edited stays theirs', 'version: 1\n', readable('version: 1\n')],
  ])('%s', (_, written, records) => {
    const plan = planned({
      release: release(files, { migrations: table }),
      manifest: seed(written),
      disk: { [configPath]: onDisk(first) },
    })
    expect(plan.writes).toContainEqual({ path: configPath, text: third, before: onDisk(first) })
    expect(plan.manifest.files[configPath]?.sha256).toBe(records)
    expect(plan.rows.find(({ path }) => path === configPath)?.reason).toBe(
      'format 1 becomes format 3; the rest is unchanged',
    )
  })

  it('only the configuration is migrated, and only if it is text', () => {
    const other = [wanted('other.yaml', 'new', { class: 'seed' }), ...files]
    const disk = { 'other.yaml': onDisk(first), [configPath]: { text: null, hash: '?' } }
    expect(planned({ release: release(other, { migrations: table }), disk }).rows.slice(0, 2)).toMatchObject([
      { path: 'other.yaml', action: 'yours' },
      { path: configPath, action: 'yours' },
    ])
  })

  it('a configuration of the newest format is left untouched', () => {
    const plan = planned({ release: release(files, { migrations: table }), disk: { [configPath]: onDisk(third) } })
    expect(plan.rows).toContainEqual(expect.objectContaining({ path: configPath, action: 'yours' }))
    expect(plan.writes.some(({ path }) => path === configPath)).toBe(false)
  })

  it('a fault stops everything', () => {
    const disk = { [configPath]: onDisk('version: 1\ntests: [\n') }
    const input = { release: release(files, { migrations: table }), manifest: seed('A'), disk, hash: readable }
    expect(makePlan({ ...input, merge: () => ({ text: '', lines: [] }) })).toMatchObject({
      in: configPath,
      config: { line: 3 },
    })
  })
})
