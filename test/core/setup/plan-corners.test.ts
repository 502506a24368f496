import { describe, expect, it } from 'vitest'
import { pathsToRead } from '../../../src/core/setup/plan.ts'
import { basePath } from '../../../src/core/setup/record-paths.ts'
import { manifestPath, settingsPath } from '../../../src/model/paths.ts'
import { manifestOf, onDisk, outcomeOf, planned, wanted } from '../../support/setup/release.ts'

describe('a plan reads', () => {
  it('what it would write, under both names, what was written, and what is shared: each once', () => {
    const prefixed = { path: 'countersign-a.md', text: 'P', hash: '#P' }
    expect([
      pathsToRead([wanted('a.md', 'A', { prefixed }), wanted('b.md', 'B')], manifestOf({ 'b.md': 'B', 'old.md': 'O' })),
      pathsToRead([], null),
      pathsToRead([], null, { attributes: true }),
    ]).toEqual([
      ['a.md', 'countersign-a.md', 'b.md', 'old.md', settingsPath, manifestPath],
      [settingsPath, manifestPath],
      ['.gitattributes', settingsPath, manifestPath],
    ])
  })
})

describe('a managed file', () => {
  it('that this version no longer has is kept, with its target, where it is a link now', () =>
    expect(
      outcomeOf({ files: [], manifest: manifestOf({ 'a.md': 'A' }), disk: { 'a.md': { ...onDisk('A'), link: true } } }),
    ).toMatchObject({
      rows: ['yours a.md: no longer part of the setup; kept because it is a link now'],
      writes: {},
    }))

  it('that the user changed as the new version does counts as edited, without a write', () =>
    // The merge of this suite joins what begins differently.
    expect(
      outcomeOf({
        files: [wanted('a.md', 'B')],
        manifest: manifestOf({ 'a.md': 'A' }),
        disk: { 'a.md': onDisk('X+B'), [basePath('#A')]: onDisk('A') },
        merge: (_, mine) => ({ text: mine, lines: [] }),
      }),
    ).toMatchObject({
      rows: ['yours a.md: already has the changes of the new version'],
      writes: {},
      files: { 'a.md': { sha256: '#B' } },
    }))

  it('that the user replaced by something other than text is left untouched', () =>
    expect(
      outcomeOf({
        files: [wanted('a.md', 'A')],
        manifest: manifestOf({ 'a.md': 'A' }),
        disk: { 'a.md': { text: null, hash: '?' } },
      }),
    ).toMatchObject({ rows: ['yours a.md: you edited it; left unchanged'], writes: {} }))

  it.each([
    ['by its base', { 'a.md': onDisk('A'), [basePath('#A')]: onDisk('A') }, {}],
    ['by its first line', { 'a.md': onDisk('// gate\r\nold') }, { calledAs: '// gate' }],
  ])('is recognised without a manifest, %s', (_, disk, more) => {
    const { rows, clashes } = outcomeOf({ files: [wanted('a.md', '// gate\nnew', more)], disk })
    expect({ skipped: rows.filter(row => row.startsWith('skip')), clashes }).toEqual({ skipped: [], clashes: [] })
  })
  it('is not recognised by the first line of something other than text', () =>
    expect(
      outcomeOf({
        files: [wanted('a.md', '// gate\nnew', { calledAs: '// gate' })],
        disk: { 'a.md': { text: null, hash: '?' } },
      }).rows,
    ).toEqual(['skip a.md: you already have a file with this name']))
  it('that settings.json calls is restored when it was deleted', () =>
    expect(
      outcomeOf({ files: [wanted('a.md', 'A', { calledAs: 'A' })], manifest: manifestOf({ 'a.md': 'A' }), disk: {} })
        .rows,
    ).toEqual(['create a.md: restored: settings.json calls it']))

  it('that got another name stays under the old one too, where that is a link now', () =>
    expect(
      outcomeOf({
        files: [wanted('new.md', 'B', { id: 'a.md' })],
        manifest: manifestOf({ 'a.md': 'A' }),
        disk: { 'a.md': { ...onDisk('A'), link: true } },
      }),
    ).toMatchObject({
      rows: ['move new.md: moved from a.md; the link there and its target are kept'],
      writes: { 'new.md': 'B' },
      files: { 'new.md': { sha256: '#B' } },
    }))

  it.each([
    ['of which no hash was kept', { sha256: null }, {}, {}, 'its stored original is missing'],
    ['whose base is missing', {}, {}, {}, 'its stored original is missing'],
    [
      'whose base is not what it is named by',
      {},
      { text: '<<<<<<<', hash: 'other' },
      {},
      'its stored original is missing',
    ],
    ['whose base is no text', {}, { text: null, hash: '#A' }, {}, 'its stored original is missing'],
    ['too large for a base', { noBase: true }, {}, { noBase: true }, 'you edited it, and it cannot be merged'],
  ])('%s cannot be merged, and says why', (_, more, base, size, why) => {
    const manifest = manifestOf({ 'a.md': 'A' }, { 'a.md': more })
    const disk = { 'a.md': onDisk('X'), ...('text' in base && { [basePath('#A')]: base }) }
    const { rows } = outcomeOf({ files: [wanted('a.md', 'B', size)], manifest, disk })
    expect(rows).toEqual([expect.stringContaining(`conflict a.md: ${why}`)])
  })
  it('that is not text cannot be merged either', () =>
    expect(
      outcomeOf({
        files: [wanted('a.md', 'B')],
        manifest: manifestOf({ 'a.md': 'A' }),
        disk: { 'a.md': { text: null, hash: '?' }, [basePath('#A')]: onDisk('A') },
      }).rows,
    ).toEqual(['conflict a.md: you edited it, and it cannot be merged']))

  it('that neither the release nor the disk has any more is forgotten', () =>
    expect(outcomeOf({ manifest: manifestOf({ 'a.md': 'A' }) })).toEqual({
      rows: [],
      writes: {},
      files: {},
      clashes: [],
    }))

  it('too large for a base is marked so, and none is kept', () => {
    const { files } = outcomeOf({ files: [wanted('a.md', 'A', { noBase: true })] })
    expect(files).toEqual({ 'a.md': { class: 'owned', sha256: '#A', id: 'a.md', noBase: true } })
    expect(planned({ files: [wanted('a.md', 'A', { noBase: true })] }).writes.map(({ path }) => path)).toEqual([
      'a.md',
      settingsPath,
      manifestPath,
    ])
  })

  it('the same in CRLF is the same', () => {
    const disk = { 'a.md': onDisk('A'), [basePath('#A')]: { text: 'A\r\n', hash: '?' } }
    const input = { files: [wanted('a.md', 'A\n', { hash: '#A' })], manifest: manifestOf({ 'a.md': 'A' }), disk }
    expect(planned(input).rows).toContainEqual(expect.objectContaining({ path: basePath('#A'), action: 'keep' }))
    expect(planned(input).writes.some(({ path }) => path === basePath('#A'))).toBe(false)
  })
})

describe('a template with a new name', () => {
  const old = manifestOf({ 'old.md': 'A' }, { 'old.md': { id: 'a.md' } })
  const moved = [wanted('new.md', 'B', { id: 'a.md' })]

  it('whose old file was deleted while something else has the new name is a clash, not a deletion', () => {
    const prefixed = { path: 'countersign-new.md', text: 'P', hash: '#P' }
    const files = [wanted('new.md', 'B', { id: 'a.md', prefixed })]
    expect(outcomeOf({ files, manifest: old, disk: { 'new.md': onDisk('theirs') } })).toMatchObject({
      rows: ['skip new.md: you already have a file with this name'],
      writes: {},
      files: {},
      clashes: ['new.md'],
    })
  })

  it('stays where it is when it is not text', () =>
    expect(outcomeOf({ files: moved, manifest: old, disk: { 'old.md': { text: null, hash: '?' } } })).toEqual({
      rows: ['yours old.md: stays here: it is not text'],
      writes: {},
      files: { 'old.md': { class: 'owned', id: 'a.md', sha256: '#A' } },
      clashes: [],
    }))
  it('stays where the user already has the new name, and its conflict ends', () =>
    expect(
      outcomeOf({
        files: moved,
        manifest: manifestOf({ 'old.md': 'A' }, { 'old.md': { id: 'a.md', conflict: '#C' } }),
        disk: { 'old.md': onDisk('A'), 'new.md': onDisk('theirs') },
      }),
    ).toMatchObject({
      rows: ['yours old.md: stays here: you already have new.md'],
      files: { 'old.md': { id: 'a.md', sha256: '#A' } },
    }))
  it('is restored under the new name when it was deleted under the old one', () =>
    expect(outcomeOf({ files: moved, manifest: old, restore: ['new.md'] })).toMatchObject({
      rows: ['create new.md: restored'],
      writes: { 'new.md': 'B' },
    }))
})

describe('a template whose id is new', () => {
  it('takes over the path of one that no longer exists', () =>
    expect(
      outcomeOf({
        files: [wanted('a.md', 'B', { id: 'new-id' })],
        manifest: manifestOf({ 'a.md': 'A' }, { 'a.md': { id: 'old-id' } }),
        disk: { 'a.md': onDisk('A') },
      }),
    ).toMatchObject({ rows: ['update a.md: what it is for'], files: { 'a.md': { id: 'new-id', sha256: '#B' } } }))

  it('has one file, also where that file comes first', () => {
    const manifest = manifestOf({ 'b.md': 'B', 'z.md': 'Z' }, { 'b.md': { id: 'moving' }, 'z.md': { id: 'gone' } })
    const disk = { 'b.md': onDisk('B'), 'z.md': onDisk('Z') }
    const plan = outcomeOf({ files: [wanted('z.md', 'C', { id: 'moving' })], manifest, disk })
    expect(plan.rows).toContain('remove z.md: no longer part of the setup')
    expect(plan.files).toMatchObject({ 'b.md': { id: 'moving' } })
  })
  it('does not take over the path when it has a file already: the namesake leaves the setup', () =>
    expect(
      outcomeOf({
        files: [wanted('a.md', 'B', { id: 'moving' })],
        manifest: manifestOf({ 'a.md': 'A', 'm.md': 'M' }, { 'a.md': { id: 'gone' }, 'm.md': { id: 'moving' } }),
        disk: { 'a.md': onDisk('A'), 'm.md': onDisk('M') },
      }).rows,
    ).toContain('remove a.md: no longer part of the setup'))
})
