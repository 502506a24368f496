import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { applyWrites, snapshot } from '../../../src/shell/setup/project-files.ts'
import { repository, temporaryDirectory } from '../../support/repository.ts'

const posix = process.platform !== 'win32'

const options = (root: string) => ({ stateDir: join(root, '.git/countersign'), command: 'init', version: '1.0.0' })

/** Writes one file with a snapshot taken just before, as `init` does. */
function write(root: string, path: string, text: string): void {
  applyWrites(root, [{ path, text, before: snapshot(root, [path])[path] ?? null }], options(root))
}

describe('a snapshot', () => {
  it('knows a file by its text, whatever its line ends, and says nothing of those that are missing', () => {
    const { root } = repository({ 'a.md': 'one\ntwo\n', 'b.md': '\uFEFFone\r\ntwo\r\n' })
    const disk = snapshot(root, ['a.md', 'b.md', 'c/d.md'])
    expect(disk['a.md']?.hash).toBe(disk['b.md']?.hash)
    expect(disk['b.md']?.text).toBe('\uFEFFone\r\ntwo\r\n')
    expect(disk['c/d.md']).toBeUndefined()
  })

  it('does not take bytes for text', () => {
    const repo = repository()
    repo.write('a.json', Buffer.from([0x7b, 0xff, 0x7d]))
    expect(snapshot(repo.root, ['a.json'])['a.json']?.text).toBeNull()
  })
})

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

describe('a path that leaves the repository is refused before anything is read or written', () => {
  it.each([
    '../a.md',
    '/etc/hosts',
    'a/../../b.md',
    '.',
    'a//b',
    'C:/a.md',
    'c:a.md',
    '..\\a.md',
    '\\\\host\\share\\a.md',
  ])('%s', path => {
    const { root } = repository()
    expect(() => snapshot(root, [path])).toThrow(expect.objectContaining({ code: 'leads-outside' }))
  })

  it.runIf(posix)('by a linked directory', () => {
    const { root } = repository()
    const outside = temporaryDirectory()
    symlinkSync(outside, join(root, '.claude'))
    expect(() => snapshot(root, ['.claude/agents/tester.md'])).toThrow(
      expect.objectContaining({ code: 'leads-outside', facts: { path: '.claude', target: outside } }),
    )
    expect(readdirSync(outside)).toEqual([])
  })

  it.runIf(posix)('by a linked file', () => {
    const { root } = repository()
    const outside = repository({ 'settings.json': '{}' })
    symlinkSync(join(outside.root, 'settings.json'), join(root, 'settings.json'))
    expect(() => snapshot(root, ['settings.json'])).toThrow(expect.objectContaining({ code: 'leads-outside' }))
  })
})

describe('what is in the way', () => {
  it.each([
    ['a directory with the file’s name', 'a.md/x', 'a.md', 'the directory a.md'],
    ['a file with the directory’s name', '.claude', '.claude/settings.json', 'the file .claude'],
  ])('%s', (_, present, path, is) => {
    const { root } = repository({ [present]: 'x' })
    expect(() => snapshot(root, [path])).toThrow(expect.objectContaining({ code: 'in-the-way', facts: { path, is } }))
  })

  it.runIf(posix)('a link that leads nowhere, or round in a circle', () => {
    const { root } = repository()
    symlinkSync('missing', join(root, 'a.md'))
    symlinkSync('b.md', join(root, 'b.md'))
    for (const path of ['a.md', 'b.md'])
      expect(() => snapshot(root, [path])).toThrow(
        expect.objectContaining({ code: 'in-the-way', facts: { path, is: 'a link that leads nowhere' } }),
      )
  })
})

it.runIf(posix)('a link inside the repository stays a link, and its target is written', () => {
  const { root } = repository({ 'shared/settings.json': '{}' })
  symlinkSync('shared/settings.json', join(root, 'settings.json'))
  write(root, 'settings.json', '{"a":1}')
  expect(lstatSync(join(root, 'settings.json')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(root, 'shared/settings.json'), 'utf8')).toBe('{"a":1}')
})
