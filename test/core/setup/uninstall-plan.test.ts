import { describe, expect, it } from 'vitest'
import { freshSettings, insertHooks } from '../../../src/core/setup/settings.ts'
import { pathsToRemove, planUninstall } from '../../../src/core/setup/uninstall-plan.ts'
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

describe('leaving takes our entries out of settings.json', () => {
  it('and gives every other byte back', () =>
    expect(left(null, { [settingsPath]: onDisk(withUs()) })).toEqual({
      rows: [`splice ${settingsPath}: loses our hook entries; every other byte stays`],
      writes: [[settingsPath, theirs]],
    }))
  it('and the file with them, when we made it', () => {
    const disk = { [settingsPath]: onDisk(freshSettings()) }
    expect(left(shared({ created: true }), disk)).toEqual({
      rows: [`remove ${settingsPath}: nothing of yours is in it`],
      writes: [[settingsPath, null]],
    })
    expect(left(shared({}), disk).writes[0]![1]).not.toBeNull()
  })
  it('but never the file, where a link leads to it', () => {
    const disk = { [settingsPath]: { ...onDisk(freshSettings()), link: true as const } }
    expect(left(shared({ created: true }), disk)).toEqual({
      rows: [`splice ${settingsPath}: loses our hook entries; every other byte stays`],
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
  it.each(['', ' \n', '\uFEFF'])('and leaves a blank file alone, unless we made it: %j', blank => {
    const disk = { [settingsPath]: onDisk(blank) }
    expect(left(shared({}), disk)).toEqual({ rows: [], writes: [] })
    expect(left(shared({ created: true }), disk).writes).toEqual([[settingsPath, null]])
  })
  it('and leaves a file alone that has none', () =>
    expect(left(shared({}), { [settingsPath]: onDisk(theirs) })).toEqual({ rows: [], writes: [] }))
  it.each([
    ['is no text', { text: null, hash: '?' }, { line: 1, column: 1, what: 'NotUtf8' }],
    ['is malformed', onDisk('{'), { line: 1 }],
  ])('but writes nothing at all when it %s', (_, file, fault) =>
    expect(
      planUninstall(manifestOf({ 'a.md': 'A' }), { [settingsPath]: file, 'a.md': onDisk('A') }, false),
    ).toMatchObject({ in: settingsPath, settings: fault }),
  )
})

describe('leaving takes away', () => {
  const path = '.claude/agents/tester.md'
  const seed = { class: 'seed' as const }
  it.each<[string, string, string, object, boolean, string | null]>([
    ['what is as we wrote it', path, 'A', {}, false, `remove ${path}: is as we wrote it`],
    ['a seed that nobody touched', 'CLAUDE.md', 'A', seed, false, 'remove CLAUDE.md: is as we wrote it'],
    ['not what the user edited', path, 'X', {}, false, `yours ${path}: you edited it, and it stays`],
    ['that too, when asked', path, 'X', {}, true, `remove ${path}: goes with your edits (--purge)`],
    ['not outside .claude', 'CLAUDE.md', 'X', seed, true, 'yours CLAUDE.md: you edited it, and it stays'],
    ['not what was theirs before us', path, 'A', { adopted: true }, true, `yours ${path}: was yours before us`],
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
    const kept = { rows: [`yours ${path}: a link now; what it leads to is yours`], writes: [] }
    for (const purge of [false, true])
      expect(left(manifestOf({ [path]: 'A' }, { [path]: more }), { [path]: there }, purge)).toEqual(kept)
  })
  it('nothing that is not there', () => expect(left(manifestOf({ [path]: 'A' }), {})).toEqual({ rows: [], writes: [] }))
})

it('leaving removes the first file of the hook before the second, which it loads', () => {
  const manifest = manifestOf({ [fullHookPath]: 'B', [hookPath]: 'A' })
  const disk = { [fullHookPath]: onDisk('B'), [hookPath]: onDisk('A'), [manifestPath]: onDisk('{}') }
  expect(left(manifest, disk).writes.map(([path]) => path)).toEqual([hookPath, fullHookPath, manifestPath])
})

it('leaving lists what has taken the place of our files, unless ours was deleted before', () => {
  const manifest = manifestOf({ 'a.md': 'A', 'b.md': 'B' }, { 'b.md': { deleted: true } })
  expect(planUninstall(manifest, {}, true, { inTheWay: [settingsPath, 'a.md', 'b.md'] })).toMatchObject({
    rows: [
      { path: settingsPath, class: 'state', action: 'yours' },
      { path: 'a.md', class: 'owned', action: 'yours', reason: 'no file of ours is there any more' },
    ],
    writes: [],
  })
})

it('leaving takes our line out of .gitattributes', () => {
  const manifest = manifestOf({ '.gitattributes': '' }, { '.gitattributes': { class: 'shared', lines: ['ours'] } })
  expect(left(manifest, { '.gitattributes': onDisk('*.png binary\nours\n') }).writes).toEqual([
    ['.gitattributes', '*.png binary\n'],
  ])
})

describe('leaving takes away our records', () => {
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
      rows: [`yours ${decisions}: a link now; what it leads to is yours`],
      writes: [],
    })
  })
  it('but for the team’s decisions, unless asked', () => {
    expect(left(null, disk('{}\n')).rows).toContain(`yours ${decisions}: holds your team's decisions, and stays`)
    expect(left(null, disk('{}\n')).writes.map(([path]) => path)).not.toContain(decisions)
    expect(left(null, disk('{}\n'), true).rows).toContain(`remove ${decisions}: our own record`)
  })
})

it('leaving does not take away the .gitattributes that a link leads to, though only our line was in it', () => {
  const entry = { class: 'shared', lines: ['ours'], created: true }
  const disk = { '.gitattributes': { ...onDisk('ours\n'), link: true as const } }
  expect(left(manifestOf({ '.gitattributes': '' }, { '.gitattributes': entry }), disk).writes).toEqual([
    ['.gitattributes', ''],
  ])
})

it('leaving looks at each file once: settings, all we wrote, and our records', () =>
  expect([pathsToRemove(manifestOf({ 'a.md': 'A', [settingsPath]: 'S' })), pathsToRemove(null)]).toEqual([
    [settingsPath, 'a.md', decisions, '.claude/countersign/config.schema.json', manifestPath],
    [settingsPath, decisions, '.claude/countersign/config.schema.json', manifestPath],
  ]))
