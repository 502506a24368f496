import { describe, expect, it } from 'vitest'
import { basePath, type DiskFile, makePlan, manifestPath, settingsPath, type WantedFile } from '../../src/core/plan.ts'
import { freshSettings, insertHooks } from '../../src/core/settings.ts'
import type { Manifest } from '../../src/model/manifest.ts'

// A hash that a reader can follow: the text itself.
const hash = (text: string) => `#${text}`
const file = (text: string): DiskFile => ({ text, hash: hash(text) })
const wanted = (path: string, text: string, more: Partial<WantedFile> = {}): WantedFile => ({
  path,
  class: 'owned',
  text,
  hash: hash(text),
  about: 'what it is for',
  ...more,
})

function manifestOf(files: Record<string, string>): Manifest {
  const entries = Object.entries(files).map(([path, text]) => [path, { class: 'owned' as const, sha256: hash(text) }])
  return { schema: 1, version: '1.0.0', files: Object.fromEntries(entries) }
}

/** What is decided about one file, given what lies there, what an earlier run wrote, and what is wanted now. */
function decided(disk: string | null, written: string | null, want: string, more: Partial<WantedFile> = {}) {
  const plan = makePlan(
    '2.0.0',
    [wanted('a.md', want, more)],
    written === null ? null : manifestOf({ 'a.md': written }),
    disk === null ? {} : { 'a.md': file(disk) },
  )
  if ('fault' in plan) throw new Error('unexpected fault')
  const manifest: Manifest = JSON.parse(plan.writes.find(({ path }) => path === manifestPath)!.text)
  return {
    action: plan.rows.find(({ path }) => path === 'a.md')!.action,
    writes: plan.writes.find(({ path }) => path === 'a.md')?.text ?? null,
    records: manifest.files['a.md']?.sha256 ?? null,
    base: plan.rows.some(({ path }) => path.startsWith(basePath(''))),
  }
}

describe('a file of ours', () => {
  it.each([
    // on disk, in the manifest, wanted → action, written, recorded, base kept
    ['that is nowhere', null, null, 'A', { action: 'create', writes: 'A', records: '#A', base: true }],
    ['that is there already', 'A', null, 'A', { action: 'keep', writes: null, records: '#A', base: true }],
    ['that we wrote', 'A', 'A', 'A', { action: 'keep', writes: null, records: '#A', base: true }],
    ['that has a new version', 'A', 'A', 'B', { action: 'update', writes: 'B', records: '#B', base: true }],
    ['that they edited', 'X', 'A', 'A', { action: 'yours', writes: null, records: '#A', base: true }],
    ['that both changed', 'X', 'A', 'B', { action: 'yours', writes: null, records: '#A', base: false }],
    ['that was theirs before us', 'X', null, 'A', { action: 'skip', writes: null, records: null, base: false }],
    ['that they deleted', null, 'A', 'A', { action: 'skip', writes: null, records: '#A', base: true }],
    [
      'that they deleted before a new version',
      null,
      'A',
      'B',
      { action: 'skip', writes: null, records: '#A', base: false },
    ],
  ])('%s', (_, disk, written, want, result) => expect(decided(disk, written, want)).toEqual(result))

  it('keeps the line ends of the checkout when a new version comes', () => {
    const disk = { 'a.md': { text: 'one\r\n', hash: hash('one\n') } }
    const plan = makePlan('2.0.0', [wanted('a.md', 'one\ntwo\n')], manifestOf({ 'a.md': 'one\n' }), disk)
    expect(plan).toMatchObject({
      writes: expect.arrayContaining([expect.objectContaining({ text: 'one\r\ntwo\r\n' })]),
    })
  })

  it('has no second copy in base/ when it is too large for one', () => {
    expect(decided(null, null, 'A', { noBase: true }).base).toBe(false)
  })
})

describe('a seed', () => {
  it.each([
    ['is written where there is none', null, null, 'create'],
    ['is never written over theirs', 'X', null, 'yours'],
    ['is never written over what we once planted', 'X', 'A', 'yours'],
    ['gets no new version', 'A', 'A', 'yours', 'B'],
    ['stays away when they deleted it', null, 'A', 'skip'],
  ])('%s', (_, disk, written, action, want = 'A') =>
    expect(decided(disk, written, want, { class: 'seed' }).action).toBe(action),
  )
})

describe('our own records', () => {
  it('are brought up to date', () => {
    expect(decided('old', null, 'new', { class: 'state' })).toMatchObject({
      action: 'update',
      writes: 'new',
      records: null,
    })
  })
  it('that are only added to are never begun again', () => {
    expect(decided('a decision', null, '', { class: 'state', once: true })).toMatchObject({
      action: 'keep',
      writes: null,
    })
  })
})

describe('settings.json', () => {
  const decide = (disk: DiskFile | undefined) => makePlan('1.0.0', [], null, { [settingsPath]: disk })
  const row = (disk: DiskFile | undefined) => {
    const plan = decide(disk)
    return 'fault' in plan ? plan : plan.rows.find(({ path }) => path === settingsPath)
  }

  it('is created where there is none', () =>
    expect(row(undefined)).toMatchObject({ action: 'create', class: 'shared' }))
  it('is spliced where there is one', () =>
    expect(row(file('{ "model": "opus" }'))).toMatchObject({ action: 'splice' }))
  it('is kept when it has our entries', () => expect(row(file(freshSettings()))).toMatchObject({ action: 'keep' }))
  it('stops the whole plan when it is malformed', () => expect(row(file('{'))).toMatchObject({ fault: { line: 1 } }))
  it('stops the whole plan when it is no text', () =>
    expect(row({ text: null, hash: '?' })).toEqual({ fault: { line: 1, column: 1, what: 'NotUtf8' } }))
})

describe('a plan that was applied', () => {
  const files = [
    wanted('a.md', 'A'),
    wanted('CLAUDE.md', 'C', { class: 'seed' }),
    wanted('s.json', 'S', { class: 'state' }),
  ]

  it('writes the manifest last, its files in order, so that a run cut short is planned anew', () => {
    const plan = makePlan('1.0.0', files, null, {})
    if ('fault' in plan) throw new Error('unexpected fault')
    expect(plan.writes.at(-1)).toMatchObject({ path: manifestPath, before: null })
    expect(Object.keys(JSON.parse(plan.writes.at(-1)!.text).files)).toEqual([settingsPath, 'CLAUDE.md', 'a.md'])
  })

  it('leaves nothing to do', () => {
    const first = makePlan('1.0.0', files, null, {})
    if ('fault' in first) throw new Error('unexpected fault')
    const disk = Object.fromEntries(first.writes.map(({ path, text }) => [path, file(text)]))
    const second = makePlan('1.0.0', files, JSON.parse(disk[manifestPath]!.text!), disk)
    expect(second).toMatchObject({ writes: [] })
  })

  it('says with each write what it replaces', () => {
    const before = file('{ "model": "opus" }')
    const plan = makePlan('1.0.0', [], null, { [settingsPath]: before })
    expect(plan).toMatchObject({ writes: [{ path: settingsPath, before, ...insertHooks(before.text!) }, {}] })
  })
})
