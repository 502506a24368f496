import { describe, expect, it } from 'vitest'
import { laidOut } from '../../../src/core/setup/plan-records.ts'
import { basePath, sidecars } from '../../../src/core/setup/record-paths.ts'
import { manifestPath, settingsPath } from '../../../src/model/paths.ts'
import type { WantedFile } from '../../../src/model/setup/setup-file.ts'
import { manifestOf, onDisk, outcomeOf, planned, wanted } from '../../support/setup/release.ts'

describe('a seed', () => {
  it.each([
    ['at once', {}],
    ['later', { deleted: true }],
    ['also where there was one of the user’s before us', { sha256: null }],
  ])('that was deleted is restored on request: %s', (_, more) =>
    expect(outcomeOf({ files, manifest: seed(more), restore: ['a.md'] })).toMatchObject({
      rows: ['create a.md: restored'],
      writes: { 'a.md': 'A' },
      files: { 'a.md': { class: 'seed', sha256: '#A', id: 'a.md' } },
    }),
  )
  const seed = (more: object) => manifestOf({ 'a.md': 'A' }, { 'a.md': { class: 'seed', ...more } })
  const files = [wanted('a.md', 'A', { class: 'seed' })]
  it('that was reported as deleted once is not reported again', () =>
    expect(outcomeOf({ files, manifest: seed({ deleted: true }) })).toMatchObject({
      rows: [],
      writes: {},
      files: { 'a.md': { deleted: true } },
    }))
  it('that is missing is remembered as deleted', () =>
    expect(outcomeOf({ files, manifest: seed({}) })).toMatchObject({
      rows: ['skip a.md: you deleted it; it is not restored'],
      files: { 'a.md': { class: 'seed', sha256: '#A', deleted: true } },
    }))
  it('that is there as the release has it is recorded as written', () =>
    expect(outcomeOf({ files, disk: { 'a.md': onDisk('A') } })).toMatchObject({
      rows: ['keep a.md: as Countersign wrote it'],
      files: { 'a.md': { class: 'seed', sha256: '#A' } },
    }))
  it('of an earlier version is left as it was written', () =>
    expect(
      outcomeOf({ files: [wanted('a.md', 'B', { class: 'seed' })], manifest: seed({}), disk: { 'a.md': onDisk('A') } })
        .rows,
    ).toEqual(['yours a.md: as Countersign wrote it']))
  it('that a later release no longer has is still remembered', () =>
    expect(outcomeOf({ manifest: seed({}), disk: { 'a.md': onDisk('A') } })).toMatchObject({
      rows: [],
      files: { 'a.md': { class: 'seed', sha256: '#A' } },
    }))
})

describe('records', () => {
  const state = (text: string): WantedFile[] => [wanted('s.md', text, { class: 'state' })]
  it.each([
    ['are written where they are not', undefined, 'create', 'S'],
    ['stay as they are', onDisk('S'), 'keep', undefined],
    ['keep their line ends', { text: 'S\r\n', hash: '?' }, 'update', 'T\r\n'],
    ['are written over bytes that are no text', { text: null, hash: '?' }, 'update', 'T\n'],
  ])('%s', (_, there, action, text) => {
    const plan = outcomeOf({ files: state(action === 'update' ? 'T\n' : 'S'), disk: { 's.md': there } })
    expect({ action: plan.rows[0]!.split(' ')[0], text: plan.writes['s.md'] }).toEqual({ action, text })
  })

  it('a base whose text differs is written again', () =>
    expect(
      planned({
        files: [wanted('a.md', 'A')],
        manifest: manifestOf({ 'a.md': 'A' }),
        disk: { 'a.md': onDisk('A'), [basePath('#A')]: onDisk('other') },
      }).writes,
    ).toContainEqual({ path: basePath('#A'), text: 'A', before: onDisk('other') }))
  it('a base that only a seed refers to is removed, since a seed is never merged', () =>
    expect(
      planned({
        files: [wanted('a.md', 'A', { class: 'seed' })],
        manifest: manifestOf({ 'a.md': 'A' }, { 'a.md': { class: 'seed' } }),
        disk: { 'a.md': onDisk('A'), [basePath('#A')]: onDisk('A') },
      }).writes,
    ).toContainEqual({ path: basePath('#A'), text: null, before: onDisk('A') }))
  it('a damaged base is written again', () =>
    expect(
      planned({
        files: [wanted('a.md', 'A')],
        manifest: manifestOf({ 'a.md': 'A' }),
        disk: { 'a.md': onDisk('A'), [basePath('#A')]: { text: null, hash: '?' } },
      }).writes,
    ).toContainEqual({ path: basePath('#A'), text: 'A', before: { text: null, hash: '?' } }))

  it.each<[string, (text: string) => string | null, string, (text: string) => string | null]>([
    ['says the same, laid out otherwise', text => `\uFEFF${JSON.stringify(JSON.parse(text))}`, 'keep', () => null],
    ['is no JSON', () => '{', 'update', text => text],
    ['is no text', () => null, 'update', text => text],
    ['has other line ends', () => '{}\r\n', 'update', text => text.replaceAll('\n', '\r\n')],
  ])('the manifest: %s', (_, there, action, expected) => {
    const { manifest, writes } = planned({})
    const [settings, text] = [settingsPath, manifestPath].map(at => writes.find(({ path }) => path === at)!.text!)
    const disk = { [manifestPath]: { text: there(text!), hash: '?' }, [settingsPath]: onDisk(settings!) }
    const plan = planned({ manifest, disk })
    expect(plan.rows.at(-1)).toMatchObject({ path: manifestPath, action })
    expect(plan.writes.find(({ path }) => path === manifestPath)?.text ?? null).toBe(expected(text!))
  })

  it('name the sidecars of a conflict; without a merge there is one', () =>
    expect(
      laidOut([
        { path: 'a.md', theirs: 'T', merged: 'M', lines: [3] },
        { path: 'b.md', theirs: 'T', merged: null, lines: [] },
      ]),
    ).toEqual([
      { path: 'a.md', ...sidecars('a.md'), lines: [3] },
      { path: 'b.md', ...sidecars('b.md'), merged: null, lines: [] },
    ]))
})

describe('settings.json', () => {
  it('names the entries that the user edited', () => {
    const { writes } = planned({})
    const edited = writes.find(({ path }) => path === settingsPath)!.text!.replace('"timeout": 3600', '"timeout": 60')
    expect(planned({ disk: { [settingsPath]: onDisk(edited) } }).rows[0]).toMatchObject({
      action: 'yours',
      reason: "has Countersign's hook entries, with your edits: Stop",
    })
  })
  it('that Countersign created is remembered as such through later runs', () => {
    const first = planned({})
    expect(first.manifest.files[settingsPath]).toMatchObject({ class: 'shared', created: true })
    const disk = { [settingsPath]: onDisk(first.writes.find(({ path }) => path === settingsPath)!.text!) }
    expect(planned({ manifest: first.manifest, disk }).manifest.files[settingsPath]).toMatchObject({ created: true })
    expect(planned({ disk }).manifest.files[settingsPath]).toHaveProperty('created', true)
    const theirs = { [settingsPath]: onDisk('{}') }
    expect(planned({ disk: theirs }).manifest.files[settingsPath]).not.toHaveProperty('created')
  })
})
