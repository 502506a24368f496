import { describe, expect, it } from 'vitest'
import { pathsToUninstall, planUninstall } from '../../../src/core/setup/plan-uninstall.ts'
import { basePath } from '../../../src/core/setup/record-paths.ts'
import { freshSettings, insertHooks } from '../../../src/core/setup/settings/settings.ts'
import { fullHookPath, hookPath, manifestPath, settingsPath } from '../../../src/model/paths.ts'
import type { Disk } from '../../../src/model/setup/disk-file.ts'
import type { Manifest } from '../../../src/model/setup/manifest.ts'
import { manifestOf, onDisk } from '../../support/setup/release.ts'

const decisions = '.claude/countersign/decisions.jsonl'

/** `action path` of every row, and path → text of every write. */
function left(manifest: Manifest | null, disk: Disk, purge = false) {
  const plan = planUninstall(manifest, disk, purge)
  if (!('rows' in plan)) throw new Error(JSON.stringify(plan))
  return {
    rows: plan.rows.map(({ action, path, reason }) => `${action} ${path}: ${reason}`),
    writes: plan.writes.map(({ path, text }) => [path, text]),
  }
}
const theirs = '{\n  "model": "opus"\n}\n'
const withUs = () => {
  const spliced = insertHooks(theirs)
  return 'text' in spliced ? spliced.text : ''
}
const shared = (more: object): Manifest => ({
  schema: 1,
  version: '1.0.0',
  files: { [settingsPath]: { class: 'shared', sha256: null, ...more } },
})

describe('uninstall removes the hook entries from settings.json', () => {
  it('and keeps every other byte', () =>
    expect(left(null, { [settingsPath]: onDisk(withUs()) })).toEqual({
      rows: [`splice ${settingsPath}: Countersign's hook entries are removed; every other byte is unchanged`],
      writes: [[settingsPath, theirs]],
    }))
  it('and the file with them, when Countersign created it', () => {
    const disk = { [settingsPath]: onDisk(freshSettings()) }
    expect(left(shared({ created: true }), disk)).toEqual({
      rows: [`remove ${settingsPath}: only Countersign's entries are in it`],
      writes: [[settingsPath, null]],
    })
    expect(left(shared({}), disk).writes[0]![1]).not.toBeNull()
  })
  it('but never the file, where it is the target of a link', () => {
    const disk = { [settingsPath]: { ...onDisk(freshSettings()), link: true as const } }
    expect(left(shared({ created: true }), disk)).toEqual({
      rows: [`splice ${settingsPath}: Countersign's hook entries are removed; every other byte is unchanged`],
      writes: [[settingsPath, '{}\n']],
    })
    expect(left(shared({ created: true }), { [settingsPath]: { ...onDisk('{}'), link: true } }).writes).toEqual([])
  })
  it('also those of an earlier version', () => {
    const hooks = [{ type: 'command' as const, command: 'node', args: ['/.claude/hooks/old-name.cjs'], timeout: 1 }]
    const text = '{ "hooks": { "Stop": [ { "hooks": [ { "args": [ "/.claude/hooks/old-name.cjs" ] } ] } ] } }'
    const { writes } = left(shared({ entries: { Stop: { hooks } } }), { [settingsPath]: onDisk(text) })
    expect(writes[0]![1]).not.toContain('old-name')
  })
  it.each(['', ' \n', '\uFEFF'])('and leaves a blank file untouched, unless Countersign created it: %j', blank => {
    const disk = { [settingsPath]: onDisk(blank) }
    expect(left(shared({}), disk)).toEqual({ rows: [], writes: [] })
    expect(left(shared({ created: true }), disk).writes).toEqual([[settingsPath, null]])
  })
  it('and leaves a file without any untouched', () =>
    expect(left(shared({}), { [settingsPath]: onDisk(theirs) })).toEqual({ rows: [], writes: [] }))
  it.each([
    ['is not text', { text: null, hash: '?' }, { line: 1, column: 1, what: 'NotUtf8' }],
    ['is malformed', onDisk('{'), { line: 1 }],
  ])('but writes nothing at all when it %s', (_, file, fault) =>
    expect(
      planUninstall(manifestOf({ 'a.md': 'A' }), { [settingsPath]: file, 'a.md': onDisk('A') }, false),
    ).toMatchObject({ in: settingsPath, settings: fault }),
  )
})

describe('uninstall removes', () => {
  const path = '.claude/agents/tester.md'
  const seed = { class: 'seed' as const }
  it.each<[string, string, string, object, boolean, string | null]>([
    [
      'what is unchanged since Countersign wrote it',
      path,
      'A',
      {},
      false,
      `remove ${path}: unchanged since Countersign wrote it`,
    ],
    [
      'a seed that nobody touched',
      'CLAUDE.md',
      'A',
      seed,
      false,
      'remove CLAUDE.md: unchanged since Countersign wrote it',
    ],
    ['not what the user edited', path, 'X', {}, false, `yours ${path}: kept because you edited it`],
    ['that too, when asked', path, 'X', {}, true, `remove ${path}: removed with your edits (--purge)`],
    ['not outside .claude', 'CLAUDE.md', 'X', seed, true, 'yours CLAUDE.md: kept because you edited it'],
    [
      'not what the user had before Countersign',
      path,
      'A',
      { adopted: true },
      true,
      `yours ${path}: kept: you had it before Countersign`,
    ],
    ['not a seed that was there before us', 'CLAUDE.md', 'X', { ...seed, sha256: null }, true, null],
    ['not one of those inside .claude either', path, 'X', { ...seed, sha256: null }, true, null],
  ])('%s', (_, at, text, more, purge, row) => {
    const manifest = manifestOf({ [at]: 'A' }, { [at]: more })
    expect(left(manifest, { [at]: onDisk(text) }, purge)).toEqual({
      rows: row ? [row] : [],
      writes: row?.startsWith('remove') ? [[at, null]] : [],
    })
  })
  it.each([[{}], [seed]])('not what the user moved elsewhere and left a link to, not even when asked', more => {
    const there = { ...onDisk('A'), link: true as const }
    const kept = { rows: [`yours ${path}: kept because it is a link now`], writes: [] }
    for (const purge of [false, true])
      expect(left(manifestOf({ [path]: 'A' }, { [path]: more }), { [path]: there }, purge)).toEqual(kept)
  })
  it('nothing that is not there', () => expect(left(manifestOf({ [path]: 'A' }), {})).toEqual({ rows: [], writes: [] }))
})

it('uninstall removes the first file of the hook before the second, which it loads', () => {
  const manifest = manifestOf({ [fullHookPath]: 'B', [hookPath]: 'A' })
  const disk = { [fullHookPath]: onDisk('B'), [hookPath]: onDisk('A'), [manifestPath]: onDisk('{}') }
  expect(left(manifest, disk).writes.map(([path]) => path)).toEqual([hookPath, fullHookPath, manifestPath])
})

it('uninstall lists what has replaced managed files, unless these were deleted before', () => {
  const manifest = manifestOf({ 'a.md': 'A', 'b.md': 'B' }, { 'b.md': { deleted: true } })
  expect(planUninstall(manifest, {}, true, { inTheWay: [settingsPath, 'a.md', 'b.md'] })).toMatchObject({
    rows: [
      { path: settingsPath, class: 'state', action: 'yours' },
      { path: 'a.md', class: 'owned', action: 'yours', reason: "Countersign's file is no longer there" },
    ],
    writes: [],
  })
})

it('uninstall removes the line from .gitattributes', () => {
  const manifest = manifestOf({ '.gitattributes': '' }, { '.gitattributes': { class: 'shared', lines: ['ours'] } })
  expect(left(manifest, { '.gitattributes': onDisk('*.png binary\nours\n') }).writes).toEqual([
    ['.gitattributes', '*.png binary\n'],
  ])
})

describe('uninstall removes the records', () => {
  const disk = (said: string) => ({
    [manifestPath]: onDisk('{}'),
    '.claude/countersign/base/x': onDisk('A'),
    [decisions]: onDisk(said),
    'src/a.js': onDisk('a'),
    [settingsPath]: onDisk(withUs()),
  })
  it('the manifest last, settings.json first', () =>
    expect(left(null, disk('')).writes.map(([path]) => path)).toEqual([
      settingsPath,
      '.claude/countersign/base/x',
      decisions,
      manifestPath,
    ]))
  it('but not one that the user keeps elsewhere behind a link', () => {
    const linked = { [decisions]: { ...onDisk(''), link: true as const } }
    expect(left(null, linked)).toEqual({
      rows: [`yours ${decisions}: kept because it is a link now`],
      writes: [],
    })
  })
  it('except the team’s decisions, unless it purges', () => {
    expect(left(null, disk('{}\n')).rows).toContain(`yours ${decisions}: kept: your team's decisions`)
    expect(left(null, disk('{}\n')).writes.map(([path]) => path)).not.toContain(decisions)
    expect(left(null, disk('{}\n'), true).rows).toContain(`remove ${decisions}: Countersign's own record`)
  })
})

it('uninstall keeps a .gitattributes that is the target of a link, though only its line was in it', () => {
  const entry = { class: 'shared', lines: ['ours'], created: true }
  const disk = { '.gitattributes': { ...onDisk('ours\n'), link: true as const } }
  expect(left(manifestOf({ '.gitattributes': '' }, { '.gitattributes': entry }), disk).writes).toEqual([
    ['.gitattributes', ''],
  ])
})

it('uninstall reads each file once: settings, managed files and records', () =>
  expect([pathsToUninstall(manifestOf({ 'a.md': 'A', [settingsPath]: 'S' })), pathsToUninstall(null)]).toEqual([
    [settingsPath, 'a.md', decisions, '.claude/countersign/config.schema.json', manifestPath],
    [settingsPath, decisions, '.claude/countersign/config.schema.json', manifestPath],
  ]))

describe('uninstall, after a formatter', () => {
  const hash = (text: string) => `#${text}`
  it.each([
    ['a managed file', { class: 'owned' }, 'A  b\n', 'remove'],
    ['a seed', { class: 'seed', unformatted: '#Ab' }, 'A  b\n', 'remove'],
    ['a seed with words of the user’s', { class: 'seed', unformatted: '#Ab' }, 'A b c\n', 'yours'],
    ['a seed of a version that did not remember what it says', { class: 'seed' }, 'A  b\n', 'yours'],
    ['a seed that is no text', { class: 'seed', unformatted: '#Ab' }, null, 'yours'],
    ['a file that was theirs before', { class: 'owned', adopted: true }, 'A  b\n', 'yours'],
  ])('%s', (_, more, text, action) => {
    const disk = { 'a.md': { text, hash: '?' }, [basePath('#A b')]: onDisk('A b') }
    const plan = planUninstall(manifestOf({ 'a.md': 'A b' }, { 'a.md': more }), disk, false, { hash })
    if (!('rows' in plan)) throw new Error('unexpected fault')
    expect(plan.rows.find(({ path }) => path === 'a.md')?.action).toBe(action)
  })
  it('a file of the gate that is not as it was written is removed, and its bytes are kept', () =>
    expect(
      planUninstall(manifestOf({ 'a.md': 'A' }, { 'a.md': { noBase: true } }), { 'a.md': onDisk('X') }, false),
    ).toMatchObject({ writes: [{ path: 'a.md', text: null, keepsOld: true }] }))
})
