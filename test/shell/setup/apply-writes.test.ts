import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { applyWrites } from '../../../src/shell/setup/apply-writes.ts'
import { snapshot } from '../../../src/shell/setup/snapshot.ts'
import { repository } from '../../support/repository.ts'

const posix = process.platform !== 'win32'

const options = (root: string) => ({ stateDir: join(root, '.git/countersign'), command: 'init', version: '1.0.0' })

/** Writes one file with a snapshot taken just before, as `init` does. */
function write(root: string, path: string, text: string): void {
  applyWrites(root, [{ path, text, before: snapshot(root, [path])[path] ?? null }], options(root))
}

describe('writing', () => {
  it('makes directories, replaces in place and leaves no temporary file', () => {
    const { root } = repository({ 'a.md': 'old' })
    write(root, 'a.md', 'new')
    write(root, '.claude/agents/tester.md', 'text')
    expect(readFileSync(join(root, 'a.md'), 'utf8')).toBe('new')
    expect(readdirSync(join(root, '.claude/agents'))).toEqual(['tester.md'])
    expect(readdirSync(root).sort()).toEqual(['.claude', '.git', 'a.md'])
  })

  it.runIf(posix)('keeps the mode of a file', () => {
    const { root } = repository({ 'a.md': 'old' })
    chmodSync(join(root, 'a.md'), 0o600)
    write(root, 'a.md', 'new')
    expect(statSync(join(root, 'a.md')).mode & 0o777).toBe(0o600)
  })

  it('refuses what has changed since it was looked at', () => {
    const repo = repository({ 'a.md': 'old' })
    const before = snapshot(repo.root, ['a.md'])['a.md'] ?? null
    repo.write('a.md', 'old\r\n')
    expect(() => applyWrites(repo.root, [{ path: 'a.md', text: 'new', before }], options(repo.root))).toThrow(
      expect.objectContaining({ code: 'changed-meanwhile', facts: { path: 'a.md' } }),
    )
  })

  it('checks every file before it writes the first', () => {
    const repo = repository({ 'a.md': 'old', 'b.md': 'old' })
    const before = snapshot(repo.root, ['a.md', 'b.md'])
    repo.write('b.md', 'theirs')
    const writes = ['a.md', 'b.md'].map(path => ({ path, text: 'new', before: before[path]! }))
    expect(() => applyWrites(repo.root, writes, options(repo.root))).toThrow(
      expect.objectContaining({ code: 'changed-meanwhile' }),
    )
    expect(readFileSync(join(repo.root, 'a.md'), 'utf8')).toBe('old')
  })
})

it.runIf(posix)('a link inside the repository stays a link, and its target is written', () => {
  const { root } = repository({ 'shared/settings.json': '{}' })
  symlinkSync('shared/settings.json', join(root, 'settings.json'))
  write(root, 'settings.json', '{"a":1}')
  expect(lstatSync(join(root, 'settings.json')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(root, 'shared/settings.json'), 'utf8')).toBe('{"a":1}')
})
