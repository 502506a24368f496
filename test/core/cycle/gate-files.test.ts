import { describe, expect, it } from 'vitest'
import { onEdit } from '../../../src/core/cycle/gate-files.ts'
import { watch, watchedFiles } from '../../../src/core/cycle/gate-watch.ts'
import { restsAt } from '../../../src/core/cycle/nothing-to-do.ts'
import { emptyState } from '../../../src/core/ledger/state.ts'
import { relativePath } from '../../../src/core/text/relative-path.ts'
import { Cycle, ready } from '../../support/cycle/cycle.ts'

describe('an edit of the gate’s own files is the user’s decision', () => {
  it.each([
    '.claude/settings.json',
    '.claude/settings.local.json',
    '.claude/countersign.yaml',
    '.claude/countersign',
    '.claude/countersign/decisions.jsonl',
    '.claude/hooks/countersign.cjs',
    '.git/countersign/ledger.jsonl',
    'lib/.git/worktrees/one/countersign/ledger.jsonl',
  ])('%s', path => {
    expect(onEdit(path, 'default')).toMatchObject({ ask: { reason: expect.stringContaining(path) } })
    expect(onEdit(path, undefined)).toHaveProperty('ask')
    for (const mode of ['bypassPermissions', 'auto', 'dontAsk'])
      expect(onEdit(path, mode)).toMatchObject({ deny: expect.stringMatching(/the user can make the edit/) })
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
    'old.claude/hooks/countersign.cjs',
    '.claude/hooks/other.cjs',
    'my.git/countersign/notes.md',
    '.github/countersign/notes.md',
    '.git/countersign',
  ])('%s is none of them', path => expect(onEdit(path, 'bypassPermissions')).toBeNull())
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

describe('a stop needs nothing at all', () => {
  const started = (message = '') => {
    const cycle = new Cycle()
    cycle.stop(message, 't1')
    return cycle
  }
  const paused = () => ({ ...started().state, paused: true })
  const fresh = () => new Cycle().state
  const owing = () => {
    const cycle = new Cycle()
    cycle.reviews.push({ cannot: 'crashed' })
    cycle.stop(ready, 't1')
    return cycle.state
  }
  const letGo = () => {
    const cycle = started()
    cycle.unable.add('t2')
    cycle.stop('', 't2')
    return cycle.state
  }
  it.each([
    ['while the gate is paused', paused, 'anything', '', true],
    ['at the settled tree', fresh, 'base', '', true],
    ['never at another', fresh, 't1', '', false],
    ['never before the baseline', () => emptyState, 'base', '', false],
    ['at whatever tree while a bound waits for the user', () => ({ ...fresh(), boundReached: true }), 't1', '', true],
    ['where Claude was let go', letGo, 't2', 'done', true],
    ['but not when Claude answers there', letGo, 't2', '```Countersign', false],
    ['nor at another tree', letGo, 't3', 'done', false],
    ['nor while a review is owed', owing, 't1', 'done', false],
    ['never at the base of an open run: it is withdrawn', () => started().state, 'base', '', false],
  ])('%s', (_, state, tree, message, rests) => expect(restsAt(state(), tree, message)).toBe(rests))
})

it('a path is shown from the root', () =>
  expect([relativePath('/r', '/r/a/b'), relativePath('C:\\r', 'C:\\r\\a\\b'), relativePath('/r', '/r')]).toEqual([
    'a/b',
    'a/b',
    '.',
  ]))
