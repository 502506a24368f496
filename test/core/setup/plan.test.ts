import { describe, expect, it } from 'vitest'
import { makePlan } from '../../../src/core/setup/plan.ts'
import { basePath, sidecars } from '../../../src/core/setup/record-paths.ts'
import { freshSettings, insertHooks } from '../../../src/core/setup/settings/settings.ts'
import { baseDir, fullHookPath, hookPath, manifestPath, settingsPath } from '../../../src/model/paths.ts'
import type { DiskFile } from '../../../src/model/setup/disk-file.ts'
import type { WantedFile } from '../../../src/model/setup/setup-file.ts'
import { manifestOf, onDisk, outcomeOf, planned, readable, release, wanted } from '../../support/setup/release.ts'

/** What is decided about one file, given what lies there, what an earlier run wrote, and what is wanted now. */
function decided(disk: string | null, written: string | null, want: string, more: Partial<WantedFile> = {}) {
  const { rows, writes, manifest } = planned({
    files: [wanted('a.md', want, more)],
    manifest: written === null ? null : manifestOf({ 'a.md': written }),
    disk: {
      ...(disk === null ? {} : { 'a.md': onDisk(disk) }),
      ...(written === null || more.noBase ? {} : { [basePath(readable(written))]: onDisk(written) }),
    },
  })
  return {
    action: rows.find(({ path }) => path === 'a.md')?.action ?? null,
    writes: writes.find(({ path }) => path === 'a.md')?.text ?? null,
    records: manifest.files['a.md']?.sha256 ?? null,
    base: writes.filter(({ path }) => path.startsWith(baseDir)).map(({ path, text }) => [path, text]),
  }
}

const base = (text: string) => [basePath(readable(text)), text]
const noBase = (text: string) => [basePath(readable(text)), null]

describe('a managed file', () => {
  it.each([
    // on disk, in the manifest, wanted → action, written, recorded, bases written and removed
    ['that is nowhere', null, null, 'A', { action: 'create', writes: 'A', records: '#A', base: [base('A')] }],
    ['that is there already', 'A', null, 'A', { action: 'keep', writes: null, records: '#A', base: [base('A')] }],
    ['that we wrote', 'A', 'A', 'A', { action: 'keep', writes: null, records: '#A', base: [] }],
    [
      'that has a new version',
      'A',
      'A',
      'B',
      { action: 'update', writes: 'B', records: '#B', base: [base('B'), noBase('A')] },
    ],
    [
      'that is the new version already',
      'B',
      'A',
      'B',
      { action: 'keep', writes: null, records: '#B', base: [base('B'), noBase('A')] },
    ],
    ['that they edited', 'X', 'A', 'A', { action: 'yours', writes: null, records: '#A', base: [] }],
    [
      'that both changed in different places',
      'X',
      'A',
      'B',
      { action: 'merge', writes: 'X+B', records: '#B', base: [base('B'), noBase('A')] },
    ],
    ['that both changed in one place', 'Bx', 'A', 'B', { action: 'conflict', writes: null, records: '#A', base: [] }],
    ['that was theirs before us', 'X', null, 'A', { action: 'skip', writes: null, records: null, base: [] }],
    ['that they deleted', null, 'A', 'A', { action: 'skip', writes: null, records: '#A', base: [] }],
    [
      'that they deleted before a new version',
      null,
      'A',
      'B',
      { action: 'skip', writes: null, records: '#A', base: [] },
    ],
  ])('%s', (_, disk, written, want, result) => expect(decided(disk, written, want)).toEqual(result))

  it('of the hook that they edited is replaced, also without a new version: it does not run. Its bytes are kept', () => {
    expect(decided('X', 'A', 'A', { noBase: true, calledAs: 'A' })).toMatchObject({ action: 'update', writes: 'A' })
    const files = [wanted('a.md', 'A', { noBase: true, calledAs: 'A' })]
    const plan = (text: string) =>
      planned({ files, manifest: manifestOf({ 'a.md': 'B' }), disk: { 'a.md': onDisk(text) } })
    expect(['X', 'B'].map(text => plan(text).writes.find(({ path }) => path === 'a.md')?.keepsOld)).toEqual([
      true,
      undefined,
    ])
  })

  it.each([
    ['A', 'keep a.md: formatted since; says the same', {}],
    ['B one two', 'update a.md: what it is for', { 'a.md': 'B one two' }],
  ])('that only a formatter has changed counts as unchanged, with %s to come', (want, row, writes) => {
    const base = want === 'A' ? 'A' : 'A *one*\ntwo'
    const text = want === 'A' ? 'A\n' : 'A _one_ two\n'
    const disk = { 'a.md': onDisk(text), [basePath(readable(base))]: onDisk(base) }
    const outcome = outcomeOf({ files: [wanted('a.md', want)], manifest: manifestOf({ 'a.md': base }), disk })
    expect(outcome).toMatchObject({ rows: [row], writes })
  })
  it('that was formatted and edited is merged by what was edited', () => {
    const texts: string[] = []
    const merge = (_: string, mine: string) => {
      texts.push(mine)
      return { text: mine, lines: mine.includes('-   ') ? [1] : [] }
    }
    const base = '- one\n- two'
    const disk = { 'a.md': onDisk('-   one\n-   two\nmine'), [basePath(readable(base))]: onDisk(base) }
    const { rows } = planned({ files: [wanted('a.md', 'B')], manifest: manifestOf({ 'a.md': base }), disk, merge })
    expect({ action: rows[0]?.action, texts }).toEqual({
      action: 'merge',
      texts: ['-   one\n-   two\nmine', '- one\n- two\nmine'],
    })
  })
  it('that was formatted and edited on the same lines is still a conflict', () => {
    const merge = (_: string, mine: string) => ({ text: mine, lines: [1] })
    const disk = { 'a.md': onDisk('-   one\nmine'), [basePath('#- one')]: onDisk('- one') }
    const { conflicts } = planned({
      files: [wanted('a.md', 'B')],
      manifest: manifestOf({ 'a.md': '- one' }),
      disk,
      merge,
    })
    expect(conflicts).toMatchObject([{ path: 'a.md', merged: '-   one\nmine' }])
  })

  it('keeps the line ends of the checkout when a new version comes', () => {
    const disk = { 'a.md': { text: 'one\r\n', hash: readable('one\n') } }
    const { writes } = planned({
      files: [wanted('a.md', 'one\ntwo\n')],
      manifest: manifestOf({ 'a.md': 'one\n' }),
      disk,
    })
    expect(writes.find(({ path }) => path === 'a.md')?.text).toBe('one\r\ntwo\r\n')
  })
})

describe('a conflict', () => {
  const files = [wanted('a.md', 'B')]
  const disk = { 'a.md': onDisk('Bx'), [basePath('#A')]: onDisk('A') }

  it('is laid out beside the file, and the base is kept', () => {
    const { conflicts, writes, manifest } = planned({ files, disk, manifest: manifestOf({ 'a.md': 'A' }) })
    expect(conflicts).toEqual([{ path: 'a.md', theirs: 'B', merged: '<Bx|B>', lines: [1] }])
    expect(writes.filter(({ path }) => path.includes('conflicts')).map(({ path, text }) => [path, text])).toEqual([
      [sidecars('a.md').theirs, 'B'],
      [sidecars('a.md').merged, '<Bx|B>'],
    ])
    expect(manifest.files['a.md']).toEqual({ class: 'owned', id: 'a.md', sha256: '#A', conflict: '#B' })
  })

  it('that can be merged later leaves no trace', () => {
    const laidOut = { [sidecars('a.md').theirs]: onDisk('B'), [sidecars('a.md').merged]: onDisk('<Bx|B>') }
    const { writes, manifest } = planned({
      files,
      disk: { ...disk, ...laidOut, 'a.md': onDisk('X') },
      laidOutHashes: ['#<Bx|B>'],
      manifest: manifestOf({ 'a.md': 'A' }, { 'a.md': { conflict: '#B' } }),
    })
    expect(writes.filter(({ path }) => path in laidOut).map(({ text }) => text)).toEqual([null, null])
    expect(manifest.files['a.md']).toEqual({ class: 'owned', id: 'a.md', sha256: '#B' })
  })

  it.each([
    ['a file too large for a base', { 'a.md': onDisk('X') }, { noBase: true }],
    ['a base that somebody changed', { 'a.md': onDisk('X'), [basePath('#A')]: onDisk('other') }, {}],
    ['bytes that are no text', { 'a.md': { text: null, hash: '?' }, [basePath('#A')]: onDisk('A') }, {}],
  ])('without a merge: %s', (_, there, more) => {
    const { conflicts } = planned({
      files: [wanted('a.md', 'B', more)],
      disk: there,
      manifest: manifestOf({ 'a.md': 'A' }),
    })
    expect(conflicts).toEqual([{ path: 'a.md', theirs: 'B', merged: null, lines: [] }])
  })
})

describe('a deleted file', () => {
  const files = [wanted('a.md', 'B')]

  it('is reported once and not restored by later versions', () => {
    const first = planned({ files, manifest: manifestOf({ 'a.md': 'A' }) })
    expect(first.rows.find(({ path }) => path === 'a.md')).toMatchObject({ action: 'skip' })
    expect(first.manifest.files['a.md']).toMatchObject({ deleted: true, sha256: '#A' })
    const second = planned({ files: [wanted('a.md', 'C')], manifest: first.manifest })
    expect(second.rows.find(({ path }) => path === 'a.md')).toBeUndefined()
    expect(second.manifest.files['a.md']).toMatchObject({ deleted: true, sha256: '#A' })
  })

  it('is restored on request', () => {
    const manifest = manifestOf({ 'a.md': 'A' }, { 'a.md': { deleted: true } })
    const { writes, manifest: after } = planned({ files, manifest, restore: ['a.md'] })
    expect(writes.find(({ path }) => path === 'a.md')).toMatchObject({ text: 'B', before: null })
    expect(after.files['a.md']).toEqual({ class: 'owned', id: 'a.md', sha256: '#B' })
  })
})

describe('a seed', () => {
  it.each([
    ['is written where there is none', null, null, 'create', '#A'],
    ['is never written over theirs', 'X', null, 'yours', null],
    ['is never written over what we once planted', 'X', 'A', 'yours', '#A'],
    ['gets no new version', 'A', 'A', 'yours', '#A', 'B'],
    ['stays away when they deleted it', null, 'A', 'skip', '#A'],
  ])('%s', (_, disk, written, action, records, want = 'A') => {
    const entry = { class: 'seed' as const, id: 'a.md', sha256: written && readable(written) }
    const manifest = written ? { schema: 1 as const, version: '1.0.0', files: { 'a.md': entry } } : null
    const plan = planned({
      files: [wanted('a.md', want, { class: 'seed' })],
      manifest,
      disk: disk === null ? {} : { 'a.md': onDisk(disk) },
    })
    expect(plan.rows.find(({ path }) => path === 'a.md')?.action).toBe(action)
    expect(plan.manifest.files['a.md']?.sha256).toBe(records)
  })
})

describe('Countersign’s own records', () => {
  const state = (text: string, more: Partial<WantedFile> = {}) => [wanted('a.json', text, { class: 'state', ...more })]
  const disk = { 'a.json': onDisk('old') }

  it('are updated', () =>
    expect(planned({ files: state('new'), disk }).writes).toContainEqual({
      path: 'a.json',
      text: 'new',
      before: disk['a.json'],
    }))

  it('that are only added to are never overwritten', () =>
    expect(planned({ files: state('', { once: true }), disk }).writes.map(({ path }) => path)).toEqual([
      settingsPath,
      manifestPath,
    ]))
})

describe('settings.json', () => {
  const decide = (disk: DiskFile | undefined) => {
    const input = { release: release([]), manifest: null, disk: { [settingsPath]: disk }, hash: readable }
    return makePlan({ ...input, merge: () => ({ text: '', lines: [] }) })
  }
  const row = (disk: DiskFile | undefined) => {
    const plan = decide(disk)
    return 'rows' in plan ? plan.rows.find(({ path }) => path === settingsPath) : plan
  }

  it('is created where there is none', () =>
    expect(row(undefined)).toMatchObject({ action: 'create', class: 'shared' }))
  it('is spliced where there is one', () =>
    expect(row(onDisk('{ "model": "opus" }'))).toMatchObject({ action: 'splice' }))
  it('is kept when it has the hook entries', () =>
    expect(row(onDisk(freshSettings()))).toMatchObject({ action: 'keep' }))
  it('stops the whole plan when it is malformed', () =>
    expect(row(onDisk('{'))).toMatchObject({ in: settingsPath, settings: { line: 1 } }))
  it('stops the whole plan when it is not text', () =>
    expect(row({ text: null, hash: '?' })).toMatchObject({ settings: { line: 1, column: 1, what: 'NotUtf8' } }))
})

describe('a plan that was applied', () => {
  const files = [
    wanted('a.md', 'A'),
    wanted('CLAUDE.md', 'C', { class: 'seed' }),
    wanted('s.json', 'S', { class: 'state' }),
  ]

  it('writes the manifest last, its files in order: an interrupted run is planned anew', () => {
    const { writes, manifest } = planned({ files })
    expect(writes.at(-1)).toMatchObject({ path: manifestPath, before: null })
    expect(Object.keys(manifest.files)).toEqual([settingsPath, 'CLAUDE.md', 'a.md'])
  })

  it('is shown in the order of the release, then other files, then the records', () => {
    const { rows } = planned({
      files: [wanted('z.md', 'Z'), ...files],
      manifest: manifestOf({ 'old.md': 'O' }),
      disk: { 'old.md': onDisk('O'), [basePath('#O')]: onDisk('O') },
    })
    expect(rows.map(({ path, action }) => `${action} ${path}`)).toEqual([
      ...['create z.md', 'create a.md', 'create CLAUDE.md', 'create s.json'],
      ...['remove old.md', `create ${settingsPath}`],
      ...[`create ${basePath('#Z')}`, `create ${basePath('#A')}`, `remove ${basePath('#O')}`, `create ${manifestPath}`],
    ])
  })

  it('leaves nothing to do', () => {
    const { writes, manifest } = planned({ files })
    const disk = Object.fromEntries(writes.map(({ path, text }) => [path, onDisk(text!)]))
    expect(planned({ files, manifest, disk }).writes).toEqual([])
  })

  it('writes what settings.json calls before it, and removes what it called after it', () => {
    const { writes } = planned({
      files: [wanted('new.md', 'B')],
      manifest: manifestOf({ 'old.md': 'A' }),
      disk: { 'old.md': onDisk('A') },
    })
    expect(writes.map(({ path }) => path)).toEqual(['new.md', basePath('#B'), settingsPath, 'old.md', manifestPath])
  })

  it('puts the second file of the hook in place before the first, which loads it', () => {
    const one = { noBase: true, calledAs: '// hook' } as const
    const { writes } = planned({
      files: [wanted(hookPath, '// hook\ntwo files', one), wanted(fullHookPath, '// rest', one), wanted('a.md', 'A')],
      manifest: manifestOf({ [hookPath]: '// hook\none file' }),
      disk: { [hookPath]: onDisk('// hook\none file') },
    })
    expect(writes.map(({ path }) => path)).toEqual([
      ...[fullHookPath, 'a.md', basePath('#A')],
      ...[hookPath, settingsPath, manifestPath],
    ])
  })

  it('says with each write what it replaces', () => {
    const before = onDisk('{ "model": "opus" }')
    const { writes } = planned({ disk: { [settingsPath]: before } })
    expect(writes).toMatchObject([{ path: settingsPath, before, ...insertHooks(before.text!) }, {}])
  })
})
