import { readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { snapshot } from '../../../src/shell/setup/snapshot.ts'
import { repository, temporaryDirectory } from '../../support/repository.ts'

const posix = process.platform !== 'win32'

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

  it.runIf(posix)('a broken or circular link', () => {
    const { root } = repository()
    symlinkSync('missing', join(root, 'a.md'))
    symlinkSync('b.md', join(root, 'b.md'))
    for (const path of ['a.md', 'b.md'])
      expect(() => snapshot(root, [path])).toThrow(
        expect.objectContaining({ code: 'in-the-way', facts: { path, is: 'a broken link' } }),
      )
  })
})
