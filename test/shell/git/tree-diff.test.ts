import { chmodSync, openSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Scope } from '../../../src/model/repository.ts'
import { changedLines } from '../../../src/shell/git/changed-lines.ts'
import { withFilesAt } from '../../../src/shell/git/files-at.ts'
import { fingerprint } from '../../../src/shell/git/fingerprint.ts'
import { GitError, locate } from '../../../src/shell/git/git.ts'
import { emptyTree } from '../../../src/shell/git/private-index.ts'
import { changedFiles, matches, writePatch } from '../../../src/shell/git/tree-diff.ts'
import { itNeeds } from '../../support/platform.ts'
import { repository, type TestRepository, temporaryDirectory } from '../../support/repository.ts'

type Change = { repo: TestRepository; scope: Scope; base: string; tree: string }

/** Two trees: of `before`, and of what `change` makes of it. */
function changed(before: Record<string, string>, change: (repo: TestRepository) => void): Change {
  const repo = repository(before)
  const found = locate(repo.root)!
  const scope = { ...found, stateDir: join(found.gitDir, 'countersign'), ignore: [] }
  const base = fingerprint(scope)
  change(repo)
  return { repo, scope, base, tree: fingerprint(scope) }
}

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}\n`).join('')

describe('the changed files', () => {
  it('are all that differ, each with its lines', () => {
    const { scope, base, tree } = changed(
      {
        'edited.js': 'one\ntwo\n',
        'gone.js': 'x\ny\n',
        'same.js': 's',
        'old name.js': 'moved\n',
        'image.png': '\0\x01',
      },
      repo => {
        repo.write('edited.js', 'one\nthree\nfour\n')
        rmSync(join(repo.root, 'gone.js'))
        repo.write('new\tfile.js', 'n\n')
        rmSync(join(repo.root, 'old name.js'))
        repo.write('näme.js', 'moved\n')
        repo.write('image.png', '\0\x02\x03')
        repo.write(':odd', 'o\n')
      },
    )
    const binary = false
    expect(changedFiles(scope, base, tree)).toMatchObject([
      { path: ':odd', status: 'added', added: 1, deleted: 0, binary },
      { path: 'edited.js', status: 'modified', added: 2, deleted: 1, binary },
      { path: 'gone.js', status: 'deleted', added: 0, deleted: 2, binary },
      { path: 'image.png', status: 'modified', added: 0, deleted: 0, binary: true },
      { path: 'new\tfile.js', status: 'added', added: 1, deleted: 0, binary },
      { path: 'näme.js', status: 'added', added: 1, deleted: 0, binary },
      { path: 'old name.js', status: 'deleted', added: 0, deleted: 1, binary },
    ])
  })

  it('are told and shown whatever .gitattributes says', () => {
    const { repo, scope, base, tree } = changed({ 'a.js': 'one\n' }, repo => {
      repo.write('.gitattributes', '* -diff\n*.js binary\n')
      repo.write('a.js', 'two\n')
    })
    const file = join(repo.root, '.git/change.patch')
    writePatch(scope, base, tree, openSync(file, 'w'))
    expect(changedFiles(scope, base, tree).map(({ path, added }) => [path, added])).toEqual([
      ['.gitattributes', 2],
      ['a.js', 1],
    ])
    expect(readFileSync(file, 'utf8')).toContain('-one\n+two\n')
  })

  itNeeds('POSIX')('have a mode and a type too', () => {
    const { scope, base, tree } = changed({ 'a.sh': 'a\n', 'b.js': 'b\n' }, repo => {
      chmodSync(join(repo.root, 'a.sh'), 0o755)
      rmSync(join(repo.root, 'b.js'))
      symlinkSync('a.sh', join(repo.root, 'b.js'))
    })
    expect(changedFiles(scope, base, tree)).toMatchObject([
      { path: 'a.sh', status: 'modified', added: 0, deleted: 0, binary: false },
      { path: 'b.js', status: 'type-changed', added: 1, deleted: 1, binary: false },
    ])
  })

  it('have git’s id of what they now hold, zeros where they are gone', () => {
    const { repo, scope, base, tree } = changed({ 'a.js': 'one\n', 'b.js': 'two\n' }, repo => {
      repo.write('a.js', 'three\n')
      rmSync(join(repo.root, 'b.js'))
    })
    expect(changedFiles(scope, base, tree).map(({ blob }) => blob)).toEqual([
      repo.git('hash-object', 'a.js').trim(),
      '0'.repeat(40),
    ])
  })

  it('are none between a tree and itself, all from the empty one', () => {
    const { scope, tree } = changed({ 'a.js': 'a\n', 'b/c.js': 'c\n' }, () => {})
    expect(changedFiles(scope, tree, tree)).toEqual([])
    expect(changedFiles(scope, emptyTree(scope), tree).map(({ path }) => path)).toEqual(['a.js', 'b/c.js'])
  })

  it('cannot be told of a tree that is not there', () => {
    const { scope, tree } = changed({ 'a.js': 'a' }, () => {})
    expect(() => changedFiles(scope, 'f'.repeat(40), tree)).toThrow(GitError)
  })
})

describe('a change matches globs', () => {
  it.each([
    [[], true],
    [['src/**'], true],
    [['src/**/*.ts'], true],
    [['*.ts'], false],
    [['**/*.ts'], true],
    [['docs/**', 'src/deep/*'], true],
    [['docs/**'], false],
    [['src/a.ts'], false],
    [['src'], true],
  ])('%j: %s', (globs, expected) => {
    const { scope, base, tree } = changed({ 'src/a.ts': 'a', 'docs/x.md': 'x' }, repo =>
      repo.write('src/deep/b.ts', 'b'),
    )
    expect(matches(scope, base, tree, globs)).toBe(expected)
    expect(matches(scope, tree, tree, globs)).toBe(false)
  })
})

describe('the patch', () => {
  const small = () => changed({ 'ä b.js': 'one\n' }, repo => repo.write('ä b.js', 'two\n'))

  it('is plain, whatever the user has set for their own', () => {
    const { repo, scope, base, tree } = small()
    repo.git('config', 'diff.external', 'false')
    repo.git('config', 'diff.noprefix', 'true')
    repo.git('config', 'color.ui', 'always')
    repo.git('config', 'diff.x.textconv', 'false')
    repo.write('.git/info/attributes', '*.js diff=x\n')
    const file = join(temporaryDirectory(), 'change.patch')
    writePatch(scope, base, tree, openSync(file, 'w'))
    expect(readFileSync(file, 'utf8').replace(/^index .*$/m, 'index')).toBe(
      'diff --git a/ä b.js b/ä b.js\nindex\n--- a/ä b.js\t\n+++ b/ä b.js\t\n@@ -1 +1 @@\n-one\n+two\n',
    )
  })

  it('goes into a file whole, whatever its size', () => {
    const { scope, base, tree } = changed({}, repo => repo.write('big.txt', 'a line of text\n'.repeat(500_000)))
    const file = join(temporaryDirectory(), 'change.patch')
    const before = process.memoryUsage().rss
    writePatch(scope, base, tree, openSync(file, 'w'))
    expect(process.memoryUsage().rss - before).toBeLessThan(5e6)
    expect(readFileSync(file, 'utf8').match(/^\+a line of text$/gm)).toHaveLength(500_000)
  })
})

describe('the changed lines', () => {
  it('are those of the new side, and around a gap', () => {
    const { scope, base, tree } = changed(
      { 'a.js': numbered(20), 'gap.js': numbered(5), 'top.js': numbered(3), 'gone.js': 'g\n', bin: '\0' },
      repo => {
        const lines = numbered(20).split('\n')
        repo.write('a.js', lines.with(1, 'two').with(9, 'ten\nten and a half').with(10, 'eleven').join('\n'))
        repo.write('gap.js', 'line 1\nline 2\nline 5\n')
        repo.write('top.js', 'line 3\n')
        repo.write('new.js', 'x\ny')
        repo.write('bin', '\0\0')
        rmSync(join(repo.root, 'gone.js'))
      },
    )
    expect(Object.fromEntries(changedLines(scope, base, tree))).toEqual({
      'a.js': [
        [2, 2],
        [10, 12],
      ],
      'gap.js': [[2, 3]],
      'new.js': [[1, 2]],
      'top.js': [[1, 1]],
    })
  })

  it.each(['plain.js', 'with space.js', 'quo"te.js', 'täb\tand \\ slash.js', 'b/b/b.js', 'new\nline.js', '日本.js'])(
    'are found under the name %j',
    name => {
      const { scope, base, tree } = changed({ [name]: 'a\n' }, repo => repo.write(name, 'a\nb\n'))
      expect([...changedLines(scope, base, tree)]).toEqual([[name, [[2, 2]]]])
    },
  )

  it('are not taken from text that looks like a patch', () => {
    const trap = 'diff --git a/x b/x\n+++ b/evil.js\n@@ -1 +1 @@\n++ b/evil.js\n'
    const { scope, base, tree } = changed({ 'a.js': trap }, repo =>
      repo.write('a.js', `top\n${trap}++ b/evil.js\n@@ -9 +9 @@\n`),
    )
    expect([...changedLines(scope, base, tree)]).toEqual([
      [
        'a.js',
        [
          [1, 1],
          [6, 7],
        ],
      ],
    ])
  })

  it('are read in little memory, also where one line is huge', () => {
    const { scope, base, tree } = changed({ 'min.js': 'x' }, repo => repo.write('min.js', 'y'.repeat(3_000_000)))
    const start = performance.now()
    expect([...changedLines(scope, base, tree)]).toEqual([['min.js', [[1, 1]]]])
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('a file in a tree', () => {
  it('is its text, or null', () => {
    const { scope, tree } = changed({}, repo => {
      repo.write('src/ä.js', 'text é\n')
      repo.write('image.png', 'P\0NG')
      repo.write('empty', '')
    })
    const paths = [
      'src/ä.js',
      'empty',
      'image.png',
      'src',
      'nowhere.js',
      '../outside',
      '',
      'a\nb',
      ':(top)x',
      'src/ä.js',
    ]
    const read = withFilesAt(scope, tree, paths, fileAt => paths.map(fileAt))
    expect(read).toEqual(['text é\n', '', null, null, null, null, null, null, null, 'text é\n'])
  })
})
