import { describe, expect, it } from 'vitest'
import { basePath, manifestPath, sidecars } from '../../src/core/plan-records.ts'
import { planResolve, type Way } from '../../src/core/resolve-plan.ts'
import { manifestOf, onDisk } from '../support/release.ts'

/** What becomes of the file, its entry and its records when the conflict over `a.md` ends this way. */
function resolved(way: Way, more: object = {}) {
  const manifest = manifestOf({ 'a.md': 'A' }, { 'a.md': { conflict: '#B', ...more } })
  const disk = {
    'a.md': onDisk('mine\r\n'),
    [basePath('#A')]: onDisk('A'),
    [sidecars('a.md').theirs]: onDisk('B'),
    [sidecars('a.md').merged]: onDisk('M\n'),
  }
  const plan = planResolve(manifest, disk, 'a.md', way)
  if ('problem' in plan) throw new Error(plan.problem)
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
