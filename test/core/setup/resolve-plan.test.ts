import { describe, expect, it } from 'vitest'
import type { Merge } from '../../../src/core/setup/plan-parts.ts'
import { basePath, sidecars } from '../../../src/core/setup/record-paths.ts'
import { type Beside, pathsToResolve, planResolve, type ResolveWay } from '../../../src/core/setup/resolve-plan.ts'
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

describe('a conflict that ends', () => {
  it.each([
    ['mine', {}],
    ['theirs', { 'a.md': 'B' }],
    ['merged', { 'a.md': 'M\r\n' }],
  ] as const)('with %s: the file, the new base, no sidecars', (way, written) =>
    expect(resolved(way)).toEqual({ writes: { ...written, ...gone, [basePath('#B')]: 'B' }, entry }),
  )

  it('keeps no base for what is too large for one', () =>
    expect(resolved('mine', { noBase: true })).toEqual({ writes: gone, entry: { ...entry, noBase: true } }))

  it.each([
    ['mine', { adopted: true }],
    ['merged', { adopted: true }],
    ['theirs', {}],
  ] as const)('with %s over an adopted file: it is the user’s unless they took ours', (way, mark) =>
    expect(resolved(way, { adopted: true }).entry).toEqual({ ...entry, ...mark }),
  )
})

describe('a conflict cannot end', () => {
  const manifest = manifestOf({ 'a.md': 'A', 'b.md': 'B' }, { 'a.md': { conflict: '#B' } })
  const { theirs, merged } = sidecars('a.md')
  const laidOut = { [theirs]: onDisk('B'), [merged]: onDisk('M') }
  it.each([
    ['where there is none', 'b.md', 'mine', laidOut, { fault: 'no-conflict', conflicts: ['a.md'] }],
    ['for a file that is not ours', 'x.md', 'mine', laidOut, { fault: 'no-conflict', conflicts: ['a.md'] }],
    ['when the new version is gone', 'a.md', 'mine', {}, { fault: 'stale' }],
    ['when it is another one', 'a.md', 'mine', { [theirs]: onDisk('C') }, { fault: 'stale' }],
    ['when it is no text', 'a.md', 'mine', { [theirs]: { text: null, hash: '#B' } }, { fault: 'stale' }],
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

  it('but lines that only look like marks are text', () => {
    const disk = { ...laidOut, [merged]: onDisk('# <<<<<<< \n=======\n<<<<<<<<\n') }
    expect(planResolve(manifest, disk, 'a.md', 'merged', beside)).toHaveProperty('writes')
  })
  it('and marks left in the merge do not keep anybody from taking a side', () => {
    const disk = { ...laidOut, [merged]: onDisk('<<<<<<< yours\n') }
    expect(planResolve(manifest, disk, 'a.md', 'mine', beside)).toHaveProperty('writes')
  })
})

describe('a merge that ends a conflict', () => {
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

  it('may leave out what was marked in it, as long as git has it', () => {
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
  it('has to have all of a file whose base is gone, or is not what it is named by', () => {
    expect(end(mine, mine, { [basePath(readable(base))]: undefined })).toEqual(lost(2))
    expect(end(mine, mine, { [basePath(readable(base))]: { text: base, hash: 'other' } })).toEqual(lost(2))
  })
  it('cannot take the place of what is no text any more', () =>
    expect(end(mine, mine, { 'a.md': { text: null, hash: '?' } })).toEqual(lost(1)))
  it('says nothing to whoever takes a side', () => {
    expect(end(later, null, {}, 'theirs')).toBe(version)
    expect(end(later, null, {}, 'mine')).not.toHaveProperty('problem')
  })
})

describe('a conflict that ends', () => {
  const { theirs, merged } = sidecars('a.md')
  const paths = (manifest: Manifest, disk: Disk) => {
    const plan = planResolve(manifest, disk, 'a.md', 'theirs', beside)
    return 'writes' in plan ? plan.writes.map(({ path, text }) => [path, text]) : plan
  }
  it('brings back a file that is not there, and keeps a base that another file still has', () => {
    const manifest = manifestOf({ 'a.md': 'A', 'twin.md': 'A' }, { 'a.md': { conflict: '#B' } })
    expect(paths(manifest, { [theirs]: onDisk('B'), [basePath('#B')]: onDisk('B') })).toEqual([
      ['a.md', 'B'],
      [theirs, null],
      [manifestPath, expect.any(String)],
    ])
  })
  it('writes its base anew where that is not what it is named by', () => {
    const manifest = manifestOf({ 'a.md': 'A', 'twin.md': 'A' }, { 'a.md': { conflict: '#B' } })
    const damaged = { text: '<<<<<<<', hash: 'other' }
    expect(paths(manifest, { [theirs]: onDisk('B'), [basePath('#B')]: damaged })).toContainEqual([basePath('#B'), 'B'])
  })
  it('over a file without a base has none to take away', () => {
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
