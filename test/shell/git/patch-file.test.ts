import { chmodSync, existsSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { namelessFile } from '../../../src/shell/files/nameless-file.ts'
import { fingerprint } from '../../../src/shell/git/fingerprint.ts'
import { locate } from '../../../src/shell/git/git.ts'
import { patchByFile, readPart } from '../../../src/shell/git/patch-file.ts'
import { itNeeds } from '../../support/platform.ts'
import { repository, type TestRepository } from '../../support/repository.ts'

function parts(before: Record<string, string>, change: (repo: TestRepository) => void) {
  const repo = repository(before)
  const found = locate(repo.root)!
  const scope = { ...found, stateDir: join(found.gitDir, 'countersign'), ignore: [] }
  const base = fingerprint(scope)
  change(repo)
  const { fd, close } = namelessFile(scope.stateDir, 'change.patch')
  onTestFinished(close)
  expect(existsSync(join(scope.stateDir, 'change.patch'))).toBe(process.platform === 'win32')
  return patchByFile(scope, base, fingerprint(scope), fd).map(one => ({ ...one, text: readPart(fd, one) }))
}

describe('each file’s part of a patch', () => {
  itNeeds('POSIX')('begins with its own header and is whole, whatever kind of change it is', () => {
    const found = parts(
      { 'a.sh': 'a\n', 'b.js': 'b\n', 'c.js': 'diff --git a/x b/x\n', 'd.bin': '\0', 'gone.js': 'g\n', 'm.js': 'm' },
      repo => {
        chmodSync(join(repo.root, 'a.sh'), 0o755)
        rmSync(join(repo.root, 'b.js'))
        symlinkSync('a.sh', join(repo.root, 'b.js'))
        repo.write('c.js', 'top\ndiff --git a/x b/x\n')
        repo.write('d.bin', '\0\0')
        repo.write('empty', '')
        rmSync(join(repo.root, 'gone.js'))
        repo.write('new\nline.js', 'n\n')
        repo.write('x\r.js', 'crlf\r\nlone\rreturn\n')
      },
    )
    expect(found.map(({ path }) => path)).toEqual([
      'a.sh',
      'b.js',
      'c.js',
      'd.bin',
      'empty',
      'gone.js',
      'new\nline.js',
      'x\r.js',
    ])
    for (const { text } of found) expect(text).toMatch(/^diff --git /)
    const headers = found.map(({ text }) => text.match(/^diff --git /gm)!.length)
    // A file that became a link is a deletion and an addition.
    expect(headers).toEqual([1, 2, 1, 1, 1, 1, 1, 1])
    expect(found[2]!.text).toMatch(/\+top\n diff --git a\/x b\/x\n$/)
  })

  it('is found in a patch of several chunks', () => {
    const found = parts({}, repo => {
      for (const name of ['a', 'b', 'c']) repo.write(name, `${name}\n`.repeat(400_000))
    })
    expect(found.map(({ text, from, to }) => [text.length === to - from, text.at(-2)])).toEqual([
      [true, 'a'],
      [true, 'b'],
      [true, 'c'],
    ])
  })

  it('of nothing is nothing', () => expect(parts({ a: 'a' }, () => {})).toEqual([]))
})
