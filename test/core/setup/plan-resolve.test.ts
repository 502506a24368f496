import { describe, expect, it } from 'vitest'
import type { Merge } from '../../../src/core/setup/plan-parts.ts'
import { type Beside, pathsToResolve, planResolve, type ResolveWay } from '../../../src/core/setup/plan-resolve.ts'
import { basePath, sidecars } from '../../../src/core/setup/record-paths.ts'
import { manifestPath } from '../../../src/model/paths.ts'
import type { Disk } from '../../../src/model/setup/disk-file.ts'
import type { Manifest } from '../../../src/model/setup/manifest.ts'
import { manifestOf, onDisk, readable } from '../../support/setup/release.ts'

/** Marks every line that differs from the base, as if both had changed it. */
const marks: Merge = (base, mine, theirs) => ({
  text: base === mine ? theirs : `<<<<<<< yours\n${mine}\n=======\n${theirs}\n>>>>>>> new\n`,
  lines: [1],
})
const beside: Beside = { merge: marks, committed: 'mine\n' }

/** What becomes of the file, its entry and its records when the conflict over `a.md` ends this way. */
function resolved(way: ResolveWay, more: object = {}) {
  const manifest = manifestOf({ 'a.md': 'A' }, { 'a.md': { conflict: '#B', ...more } })
  const disk = {
    'a.md': onDisk('mine\r\n'),
    [basePath('#A')]: onDisk('A'),
    [sidecars('a.md').theirs]: onDisk('B'),
    [sidecars('a.md').merged]: onDisk('M\n'),
  }
  const plan = planResolve(manifest, disk, 'a.md', way, beside)
  if ('fault' in plan) throw new Error(plan.fault)
  const texts = Object.fromEntries(plan.writes.map(({ path, text }) => [path, text]))
  const { [manifestPath]: written, ...writes } = texts
  return { writes, entry: JSON.parse(written!).files['a.md'] }
}

const gone = { [sidecars('a.md').theirs]: null, [sidecars('a.md').merged]: null, [basePath('#A')]: null }
const entry = { class: 'owned', id: 'a.md', sha256: '#B' }

describe('a resolved conflict', () => {
  it.each([
    ['mine', {}],
    ['theirs', { 'a.md': 'B' }],
    ['merged', { 'a.md': 'M\r\n' }],
  ] as const)('by %s leaves the file, the new base and no sidecars', (way, written) =>
    expect(resolved(way)).toEqual({ writes: { ...written, ...gone, [basePath('#B')]: 'B' }, entry }),
  )

  it('keeps no base for what is too large for one', () =>
    expect(resolved('mine', { noBase: true })).toEqual({ writes: gone, entry: { ...entry, noBase: true } }))

  it.each([
    ['mine', { adopted: true }],
    ['merged', { adopted: true }],
    ['theirs', {}],
  ] as const)('by %s keeps an adopted file the user’s, unless they took the new version', (way, mark) =>
    expect(resolved(way, { adopted: true }).entry).toEqual({ ...entry, ...mark }),
  )
})

describe('a conflict cannot be resolved', () => {
  const manifest = manifestOf({ 'a.md': 'A', 'b.md': 'B' }, { 'a.md': { conflict: '#B' } })
  const { theirs, merged } = sidecars('a.md')
  const laidOut = { [theirs]: onDisk('B'), [merged]: onDisk('M') }
  it.each([
    ['where there is none', 'b.md', 'mine', laidOut, { fault: 'no-conflict', conflicts: ['a.md'] }],
    ['for a file that is not managed', 'x.md', 'mine', laidOut, { fault: 'no-conflict', conflicts: ['a.md'] }],
    ['when the new version is gone', 'a.md', 'mine', {}, { fault: 'stale' }],
    ['when it is another one', 'a.md', 'mine', { [theirs]: onDisk('C') }, { fault: 'stale' }],
    ['when it is not text', 'a.md', 'mine', { [theirs]: { text: null, hash: '#B' } }, { fault: 'stale' }],
    ['merged, without a merge', 'a.md', 'merged', { [theirs]: onDisk('B') }, { fault: 'no-merge' }],
    [
      'merged, with marks left in it',
      'a.md',
      'merged',
      { ...laidOut, [merged]: onDisk('one\n>>>>>>> new version\n') },
      { fault: 'markers-left', file: merged, line: 2 },
    ],
    [
      'merged, with marks on its first line',
      'a.md',
      'merged',
      { ...laidOut, [merged]: onDisk('<<<<<<< yours\n') },
      { fault: 'markers-left', file: merged, line: 1 },
    ],
  ] as const)('%s', (_, path, way, disk, problem) =>
    expect(planResolve(manifest, disk, path, way, beside)).toEqual(problem),
  )

  it('by lines that only look like markers it is not stopped', () => {
    const disk = { ...laidOut, [merged]: onDisk('# <<<<<<< \n=======\n<<<<<<<<\n') }
    expect(planResolve(manifest, disk, 'a.md', 'merged', beside)).toHaveProperty('writes')
  })
  it('with markers left, except by taking a side', () => {
    const disk = { ...laidOut, [merged]: onDisk('<<<<<<< yours\n') }
    expect(planResolve(manifest, disk, 'a.md', 'mine', beside)).toHaveProperty('writes')
  })
})

describe('a merge that resolves a conflict', () => {
  const { theirs, merged } = sidecars('a.md')
  const base = 'head\nours then\ntail\n'
  const mine = 'head\nmine\ntail\n'
  const version = 'head\nours now\ntail\n'
  const merge = 'head\nmine, and ours now\ntail\n'
  const later = 'head\nmine\ntail\n\nadded later\n'
  const manifest = manifestOf({ 'a.md': base }, { 'a.md': { conflict: readable(version) } })
  /** As git would: what stands at the end, by itself, is nobody else's change. */
  const gitLike: Merge = (_, own, now) => {
    const [, , ...rest] = own.replace('head\n', '').split(/(?<=\n)/)
    return { text: `head\n<<<<<<< yours\nmine\n=======\n${now}>>>>>>> new\ntail\n${rest.join('')}`, lines: [2] }
  }
  const end = (own: string, committed: string | null, more: Disk = {}, way: ResolveWay = 'merged') => {
    const laidOut = { 'a.md': onDisk(own), [theirs]: onDisk(version), [merged]: onDisk(merge) }
    const disk = { ...laidOut, [basePath(readable(base))]: onDisk(base), ...more }
    const plan = planResolve(manifest, disk, 'a.md', way, { merge: gitLike, committed })
    return 'fault' in plan ? plan : plan.writes[0]?.text
  }
  const lost = (line: number) => ({ fault: 'edit-missing', line, merged })

  it('may leave out what was marked in it if git has it', () => {
    expect(end(mine, mine)).toBe(merge)
    expect(end(mine.replaceAll('\n', '\r\n'), mine)).toBe(merge.replaceAll('\n', '\r\n'))
    expect(end(mine, base)).toEqual(lost(2))
    expect(end(mine, null)).toEqual(lost(2))
  })
  it('cannot leave out what it never marked, committed or not', () => {
    expect(end(later, mine)).toEqual(lost(5))
    expect(end(later, later)).toEqual(lost(5))
    expect(end(later, mine, { [merged]: onDisk(`${merge}added later\n`) })).toBe(`${merge}added later\n`)
  })
  it('must have all of a file whose base is missing or damaged', () => {
    expect(end(mine, mine, { [basePath(readable(base))]: undefined })).toEqual(lost(2))
    expect(end(mine, mine, { [basePath(readable(base))]: { text: base, hash: 'other' } })).toEqual(lost(2))
  })
  it('cannot replace a file that is no longer text', () =>
    expect(end(mine, mine, { 'a.md': { text: null, hash: '?' } })).toEqual(lost(1)))
  it('is not checked when a side is taken', () => {
    expect(end(later, null, {}, 'theirs')).toBe(version)
    expect(end(later, null, {}, 'mine')).not.toHaveProperty('problem')
  })
})

describe('a resolved conflict', () => {
  const { theirs, merged } = sidecars('a.md')
  const paths = (manifest: Manifest, disk: Disk) => {
    const plan = planResolve(manifest, disk, 'a.md', 'theirs', beside)
    return 'writes' in plan ? plan.writes.map(({ path, text }) => [path, text]) : plan
  }
  it('restores a file that is missing, and keeps a base that another file still has', () => {
    const manifest = manifestOf({ 'a.md': 'A', 'twin.md': 'A' }, { 'a.md': { conflict: '#B' } })
    expect(paths(manifest, { [theirs]: onDisk('B'), [basePath('#B')]: onDisk('B') })).toEqual([
      ['a.md', 'B'],
      [theirs, null],
      [manifestPath, expect.any(String)],
    ])
  })
  it('writes its base again where that is damaged', () => {
    const manifest = manifestOf({ 'a.md': 'A', 'twin.md': 'A' }, { 'a.md': { conflict: '#B' } })
    const damaged = { text: '<<<<<<<', hash: 'other' }
    expect(paths(manifest, { [theirs]: onDisk('B'), [basePath('#B')]: damaged })).toContainEqual([basePath('#B'), 'B'])
  })
  it('of a file without a base has none to remove', () => {
    const manifest = manifestOf({ 'a.md': 'A' }, { 'a.md': { conflict: '#B', sha256: null } })
    expect(paths(manifest, { 'a.md': { text: null, hash: '?' }, [theirs]: onDisk('B') })).toEqual([
      ['a.md', 'B'],
      [basePath('#B'), 'B'],
      [theirs, null],
      [manifestPath, expect.any(String)],
    ])
  })
  it('depends on the file, the manifest and what was laid out', () =>
    expect(pathsToResolve('a.md')).toEqual(['a.md', manifestPath, merged, theirs]))
})
