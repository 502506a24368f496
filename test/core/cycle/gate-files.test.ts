import { describe, expect, it } from 'vitest'
import { guardedEdit } from '../../../src/core/cycle/gate-files.ts'
import { watch, watchedFiles } from '../../../src/core/cycle/gate-watch.ts'
import { emptyState } from '../../../src/core/ledger/state.ts'

describe('an edit of the gate’s own files is the user’s decision', () => {
  it.each([
    '.claude/settings.json',
    '.claude/settings.local.json',
    '.claude/countersign.yaml',
    '.claude/countersign',
    '.claude/countersign/decisions.jsonl',
    '.claude/hooks/countersign.cjs',
    '.claude/hooks/countersign-full.cjs',
    '.git/countersign/ledger.jsonl',
    'lib/.git/worktrees/one/countersign/ledger.jsonl',
  ])('%s', path => {
    expect(guardedEdit(path, 'default')).toMatchObject({ ask: { reason: expect.stringContaining(path) } })
    expect(guardedEdit(path, undefined)).toHaveProperty('ask')
    for (const mode of ['bypassPermissions', 'auto', 'dontAsk'])
      expect(guardedEdit(path, mode)).toMatchObject({ deny: expect.stringMatching(/the user can make the edit/) })
  })

  it.each([
    'src/settings.json',
    'docs/.claude/settings.json',
    '.claude/settings.json.md',
    '.claude/settingsXjson',
    '.claude/countersign.yaml.bak',
    'x.claude/countersign.yaml',
    '.claude/countersigned.md',
    'docs/.claude/countersign/decisions.jsonl',
    '.claude/hooks/countersign.cjs.map',
    '.claude/hooks/countersign-fully.cjs',
    'old.claude/hooks/countersign.cjs',
    '.claude/hooks/other.cjs',
    'my.git/countersign/notes.md',
    '.github/countersign/notes.md',
    '.git/countersign',
  ])('%s is none of them', path => expect(guardedEdit(path, 'bypassPermissions')).toBeNull())
})

describe('the gate’s own files are compared with the last look', () => {
  const [settings, config] = [watchedFiles[0], watchedFiles[2]]
  const seen = (gateFiles: Record<string, string | null>) => ({ ...emptyState, gateFiles })
  it('the first look only remembers', () =>
    expect(watch(emptyState, { [settings]: 'h' })).toEqual([
      { kind: 'gate-files', files: { [settings]: 'h' }, changed: [] },
    ]))
  it.each([
    ['nothing changed', { [settings]: 'h' }, { [settings]: 'h' }, null],
    ['one that is missing is one that was not there', { [config]: null }, {}, null],
    ['one changed', { [settings]: 'h', [config]: 'c' }, { [settings]: 'i', [config]: 'c' }, [settings]],
    ['one appeared, one went', { [settings]: null, [config]: 'c' }, { [settings]: 'h' }, [settings, config]],
    ['a file that is not watched', { other: 'a' }, { other: 'b' }, null],
  ])('%s', (_, before, now, changed) =>
    expect(watch(seen(before), now)).toEqual(changed ? [{ kind: 'gate-files', files: now, changed }] : []),
  )
})

describe('what decides which files git sees', () => {
  const rule = 'git config core.fileMode'
  it('is remembered without a word where an older version did not look at it', () =>
    expect(watch({ ...emptyState, gateFiles: {} }, { [rule]: 'a' })).toEqual([
      { kind: 'gate-files', files: { [rule]: 'a' }, changed: [] },
    ]))
  it('is told when it changes', () => {
    const seen = { ...emptyState, gateFiles: { [rule]: null } }
    expect(watch(seen, { [rule]: 'a' })).toMatchObject([{ changed: [rule] }])
    expect(watch(seen, { [rule]: null })).toEqual([])
  })
})
