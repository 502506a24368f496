import { describe, expect, it } from 'vitest'
import { laidOut } from '../../../src/core/setup/plan-records.ts'
import { planUninstall } from '../../../src/core/setup/plan-uninstall.ts'
import { basePath, sidecars } from '../../../src/core/setup/record-paths.ts'
import { conflictsDir } from '../../../src/model/paths.ts'
import type { Disk, DiskFile } from '../../../src/model/setup/disk-file.ts'
import { manifestOf, onDisk, planned, wanted } from '../../support/setup/release.ts'

const { merged, theirs } = sidecars('a.md')
/** What this suite's merge makes of the user's X1 and our X2. */
const ours = '<X1|X2>'

/** An upgrade to `version` over a conflict with X2 that is laid out, with this in the merge's place. */
function upgradeOver(inPlace: Disk, more: Parameters<typeof planned>[0] = {}, version = 'X2') {
  const plan = planned({
    files: [wanted('a.md', version)],
    manifest: manifestOf({ 'a.md': 'A' }, { 'a.md': { conflict: '#X2' } }),
    ...more,
    disk: { 'a.md': onDisk('X1'), [basePath('#A')]: onDisk('A'), [theirs]: onDisk('X2'), ...inPlace },
  })
  return {
    plan,
    row: plan.rows.find(({ path }) => path === merged),
    writes: Object.fromEntries(
      plan.writes.filter(({ path }) => path.startsWith(conflictsDir)).map(w => [w.path, w.text]),
    ),
    entry: plan.manifest.files['a.md'],
  }
}

describe('a merge beside a conflict', () => {
  it('that the user edited is kept, and its conflict is offered as it stands there', () => {
    const { plan, row, writes } = upgradeOver({ [merged]: onDisk('mine\n<<<<<<< yours\n') })
    expect(writes).toEqual({})
    expect(row).toMatchObject({
      action: 'yours',
      reason: expect.stringContaining('delete it to get a new merge'),
    })
    expect(laidOut(plan.conflicts)).toEqual([{ path: 'a.md', theirs, merged, lines: [2], inHand: 'latest' }])
  })

  it('that the user edited stays the merge of its version; a newer version follows later', () => {
    const { row, writes, entry } = upgradeOver({ [merged]: onDisk('mine') }, {}, 'X3')
    expect(writes).toEqual({})
    expect(row?.reason).toContain('it is a merge with an earlier version')
    expect(entry).toMatchObject({ sha256: '#A', conflict: '#X2' })
  })

  it('that the user edited counts as one with the new version where the earlier one is missing', () => {
    for (const lost of [undefined, onDisk('touched'), { text: null, hash: '#X2' }]) {
      const { row, writes, entry } = upgradeOver({ [merged]: onDisk('mine'), [theirs]: lost }, {}, 'X3')
      expect(writes).toEqual({ [theirs]: 'X3' })
      expect({ action: row?.action, conflict: entry?.conflict }).toEqual({ action: 'yours', conflict: '#X3' })
    }
  })

  it('that the user edited is kept though no conflict needs it any more', () => {
    const { row, writes } = upgradeOver({ [merged]: onDisk('mine'), 'a.md': onDisk('X2') })
    expect(writes).toEqual({ [theirs]: null })
    expect(row).toMatchObject({ action: 'yours', reason: expect.stringContaining('no conflict needs it') })
  })

  it.each<[string, Disk, object]>([
    ['is remembered', { [merged]: onDisk('<older|X2>') }, { laidOutHashes: ['#<older|X2>'] }],
    ['can be made anew from what lies there', { [merged]: onDisk(ours) }, {}],
    ['differs by its line ends', { [merged]: { ...onDisk(`\uFEFF${ours}\r\n`) } }, { merge: merging(`${ours}\n`) }],
    [
      'names another version',
      { [merged]: onDisk('=\n>>>>>>> Countersign 1\n') },
      { merge: merging('=\n>>>>>>> Countersign 2\n') },
    ],
  ])('is written again for the new version where the one laid out %s', (_, inPlace, more) => {
    const { row, entry, writes } = upgradeOver(inPlace, more, 'X3')
    expect(row?.action).not.toBe('yours')
    expect(writes[theirs]).toBe('X3')
    expect(entry).toMatchObject({ conflict: '#X3' })
  })

  it.each<[string, Disk, object]>([
    ['that is no text', { [merged]: { text: null, hash: '?' } }, {}],
    ['of which no base is left', { [merged]: onDisk(ours), [basePath('#A')]: undefined }, {}],
    ['of a file that is gone', { [merged]: onDisk(ours), 'a.md': undefined }, {}],
    ['of a file that is none of ours', { [merged]: onDisk(ours) }, { manifest: null, files: [] }],
    ['without the version it was made from', { [merged]: onDisk(ours), [theirs]: undefined }, {}],
  ])('%s counts as the user’s in doubt', (_, inPlace, more) => {
    const { row, writes } = upgradeOver(inPlace, more)
    expect({ action: row?.action, writesMerge: merged in writes }).toEqual({ action: 'yours', writesMerge: false })
  })

  it('is written again when it was deleted', () => expect(upgradeOver({}).writes).toEqual({ [merged]: ours }))
})

it('what somebody else puts beside the sidecars is kept by upgrade and uninstall', () => {
  const notes = `${conflictsDir}/a.md.merged~`
  expect(upgradeOver({ [notes]: onDisk('notes'), [merged]: onDisk(ours) }).writes).toEqual({})
  expect(planUninstall(null, { [notes]: onDisk('notes') }, true)).toMatchObject({ rows: [], writes: [] })
})

it('uninstall keeps a merge that the user edited, unless it purges', () => {
  const disk: Record<string, DiskFile> = { [merged]: onDisk('mine'), [theirs]: onDisk('X2') }
  expect(planUninstall(null, disk, false, { inHand: [merged] })).toMatchObject({
    rows: [{ path: merged, action: 'yours', reason: 'kept because you edited it' }, { path: theirs }],
    writes: [{ path: theirs, text: null }],
  })
  expect(planUninstall(null, disk, true, { inHand: [merged] })).toMatchObject({
    writes: [{ path: merged }, { path: theirs }],
  })
})

function merging(text: string) {
  return () => ({ text, lines: [1] })
}
