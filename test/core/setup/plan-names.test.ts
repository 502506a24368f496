import { describe, expect, it } from 'vitest'
import { basePath } from '../../../src/core/setup/record-paths.ts'
import { manifestPath, settingsPath } from '../../../src/model/paths.ts'
import { manifestOf, onDisk, planned, wanted } from '../../support/setup/release.ts'

describe('a template with a new name', () => {
  const moved = (text: string) => [wanted('new.md', text, { id: 'a.md' })]
  const plan = (mine: string | null, want: string, there: string | null = null) => {
    const { rows, writes, manifest, conflicts } = planned({
      files: moved(want),
      manifest: manifestOf({ 'old.md': 'A' }, { 'old.md': { id: 'a.md' } }),
      disk: {
        [basePath('#A')]: onDisk('A'),
        ...(mine === null ? {} : { 'old.md': onDisk(mine) }),
        ...(there === null ? {} : { 'new.md': onDisk(there) }),
      },
    })
    const { [settingsPath]: _, ...files } = manifest.files
    return {
      files,
      conflicts: conflicts.map(({ path }) => path),
      rows: rows.filter(({ path }) => path.endsWith('.md')).map(({ path, action }) => `${action} ${path}`),
      reasons: rows.flatMap(({ action, reason }) => (action === 'move' ? [reason] : [])),
      writes: writes.filter(({ path }) => /^(old|new)/.test(path)).map(({ path, text }) => [path, text]),
    }
  }
  it('is restored under the new one when either name is asked for', () => {
    for (const name of ['old.md', 'new.md']) {
      const manifest = manifestOf({ 'old.md': 'A' }, { 'old.md': { id: 'a.md', deleted: true } })
      const { writes } = planned({ files: moved('B'), manifest, restore: [name] })
      expect(writes[0]).toMatchObject({ path: 'new.md', text: 'B' })
    }
  })

  const entry = (sha256: string) => ({ class: 'owned', id: 'a.md', sha256 })

  it.each([
    ['unedited', 'A', 'A', 'A'],
    ['unedited, with a new version', 'A', 'B', 'B'],
    ['edited', 'X', 'A', 'X'],
    ['edited, with a new version', 'X', 'B', 'X+B'],
  ])('%s', (_, mine, want, result) => {
    expect(plan(mine, want)).toEqual({
      files: { 'new.md': entry(`#${want}`) },
      conflicts: [],
      reasons: [mine === 'A' ? 'moved from old.md' : 'moved from old.md, with your edits'],
      rows: ['move new.md'],
      writes: [
        ['new.md', result],
        ['old.md', null],
      ],
    })
  })

  it('in conflict stays under its old name', () => {
    expect(plan('Bx', 'B')).toEqual({
      files: { 'old.md': { ...entry('#A'), conflict: '#B' } },
      conflicts: ['old.md'],
      reasons: [],
      rows: ['conflict old.md'],
      writes: [],
    })
  })

  it('stays under its old name where the user has a file with the new one', () => {
    expect(plan('X', 'B', 'theirs')).toEqual({
      files: { 'old.md': entry('#A') },
      conflicts: [],
      reasons: [],
      rows: ['yours old.md'],
      writes: [],
    })
  })

  it('that is there already: the old file is removed if unedited, and kept if not', () => {
    expect(plan('A', 'B', 'B').writes).toEqual([['old.md', null]])
    expect(plan('X', 'B', 'B')).toMatchObject({ writes: [], rows: ['keep new.md', 'yours old.md'] })
  })

  it('is not created under it when it was deleted under the old one', () => {
    expect(plan(null, 'B').files).toEqual({ 'new.md': { ...entry('#A'), deleted: true } })
  })
})

describe('a template that no longer exists', () => {
  it.each([
    ['goes if it is unedited', 'A', 'remove', [['a.md', null]]],
    ['stays and is forgotten if it is edited', 'X', 'yours', []],
  ])('%s', (_, mine, action, writes) => {
    const plan = planned({ manifest: manifestOf({ 'a.md': 'A' }), disk: { 'a.md': onDisk(mine) } })
    expect(plan.rows.find(({ path }) => path === 'a.md')?.action).toBe(action)
    expect(plan.writes.filter(({ path }) => path === 'a.md').map(({ path, text }) => [path, text])).toEqual(writes)
    expect(plan.manifest.files).not.toHaveProperty(['a.md'])
  })
})

describe('a file of the user’s with the name of a managed file', () => {
  const prefixed = { path: 'countersign-a.md', text: 'PA', hash: '#PA' }
  const files = [wanted('a.md', 'A', { prefixed })]
  const disk = { 'a.md': onDisk('theirs') }

  it('is left untouched, and the user may choose otherwise', () => {
    const { clashes, writes, manifest } = planned({ files, disk })
    expect(clashes).toEqual(['a.md'])
    expect(writes.map(({ path }) => path)).toEqual([settingsPath, manifestPath])
    expect(Object.keys(manifest.files)).toEqual([settingsPath])
  })

  it('is kept when it is adopted, and gets later changes', () => {
    const { writes, manifest, clashes } = planned({ files, disk, choices: { 'a.md': 'adopt' } })
    expect(clashes).toEqual([])
    expect(writes.some(({ path }) => path === 'a.md')).toBe(false)
    expect(manifest.files['a.md']).toEqual({ class: 'owned', id: 'a.md', sha256: '#A', adopted: true })
    const next = { ...disk, [basePath('#A')]: onDisk('A') }
    expect(planned({ files: [wanted('a.md', 'B')], manifest, disk: next }).manifest.files['a.md']).toEqual({
      ...{ class: 'owned', id: 'a.md', sha256: '#B', adopted: true },
    })
    expect(planned({ files: [wanted('a.md', 'B')], manifest, disk: next }).writes).toContainEqual({
      path: 'a.md',
      text: 'theirs+B',
      before: onDisk('theirs'),
    })
  })

  it('gets Countersign’s beside it, which is upgraded under that name', () => {
    const { writes, manifest } = planned({ files, disk, choices: { 'a.md': 'prefix' } })
    expect(writes).toContainEqual({ path: 'countersign-a.md', text: 'PA', before: null })
    expect(manifest.files['countersign-a.md']).toEqual({ class: 'owned', id: 'a.md', sha256: '#PA', prefixed: true })
    const newer = { path: 'countersign-a.md', text: 'PB', hash: '#PB' }
    const next = planned({
      files: [wanted('a.md', 'B', { prefixed: newer })],
      manifest,
      disk: { ...disk, 'countersign-a.md': onDisk('PA') },
    })
    expect(next.writes).toContainEqual({ path: 'countersign-a.md', text: 'PB', before: onDisk('PA') })
    expect(next.writes.some(({ path }) => path === 'a.md')).toBe(false)
    expect(next.manifest.files['countersign-a.md']).toMatchObject({ sha256: '#PB', prefixed: true })
    expect(writes).toContainEqual({ path: basePath('#PA'), text: 'PA', before: null })
  })

  it('is left untouched when that name is taken as well', () => {
    const both = { ...disk, 'countersign-a.md': onDisk('theirs too') }
    expect(planned({ files, disk: both, choices: { 'a.md': 'prefix' } }).clashes).toEqual(['a.md'])
  })
})
