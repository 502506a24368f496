import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Scope } from '../../../src/model/repository.ts'
import { fingerprint, treeOfCommit } from '../../../src/shell/git/fingerprint.ts'
import { GitError, locate } from '../../../src/shell/git/git.ts'
import { emptyTree } from '../../../src/shell/git/private-index.ts'
import { itNeeds } from '../../support/platform.ts'
import { repository, repositoryAt, temporaryDirectory } from '../../support/repository.ts'

const files = { 'a.js': 'aaaa', 'b.js': 'bbbb', 'docs/c.md': 'cccc' }

function scopeOf(dir: string, ignore: string[] = []): Scope {
  const found = locate(dir)!
  return { ...found, stateDir: join(found.gitDir, 'countersign'), ignore }
}

describe('the fingerprint', () => {
  it('is the tree of a clean commit, less what does not count', () => {
    const repo = repository(files)
    expect(fingerprint(scopeOf(repo.root))).toBe(repo.git('rev-parse', 'HEAD^{tree}'))
    repo.git('rm', '-rq', '--cached', 'docs')
    expect(fingerprint(scopeOf(repo.root, ['docs/**']))).toBe(repo.git('write-tree'))
  })

  it('leaves out our own files where a subdirectory is set up', () => {
    const repo = repository({ ...files, 'packages/[a]/a.js': '' })
    const scope = { ...scopeOf(repo.root), home: 'packages/[a]' }
    const tree = fingerprint(scope)
    repo.write('packages/[a]/.claude/countersign/manifest.json', '{}')
    expect(fingerprint(scope)).toBe(tree)
    repo.write('packages/[a]/b/.claude/countersign/manifest.json', '{}')
    expect(fingerprint(scope)).not.toBe(tree)
  })

  itNeeds('POSIX')('leaves out what does not count behind a link as well', () => {
    const repo = repository({ ...files, 'config/claude/agents/a.md': '' })
    for (const [path, target] of [
      ['.claude', 'config/claude'],
      ['handbook', 'docs'],
      ['elsewhere', temporaryDirectory()],
      ['nowhere', 'missing'],
    ] as const)
      symlinkSync(target, join(repo.root, path))
    const scope = scopeOf(repo.root, ['handbook/**', 'elsewhere/**', 'nowhere/**', '.claude/notes/*.md'])
    const tree = fingerprint(scope)
    for (const path of ['.claude/countersign/manifest.json', 'docs/more.md', 'elsewhere/x', '.claude/notes/n.md'])
      repo.write(path, 'not counted')
    expect(fingerprint(scope)).toBe(tree)
    repo.write('.claude/agents/a.md', 'counted')
    expect(fingerprint(scope)).not.toBe(tree)
  })

  it('follows the globs there and back', () => {
    const { root } = repository(files)
    const everything = fingerprint(scopeOf(root))
    expect(fingerprint(scopeOf(root, ['docs/**']))).not.toBe(everything)
    expect(fingerprint(scopeOf(root))).toBe(everything)
  })

  it('sees every same-size rewrite, however soon it follows', () => {
    const repo = repository(files)
    const seen = new Set<string>()
    for (let i = 100; i < 150; i++) {
      repo.write('a.js', `a${i}`)
      seen.add(fingerprint(scopeOf(repo.root)))
    }
    expect(seen.size).toBe(50)
  })

  it('sees a same-size rewrite that follows the commit it starts from at once', () => {
    for (let i = 0; i < 5; i++) {
      const repo = repository(files)
      repo.write('a.js', 'AAAA')
      const scope = scopeOf(repo.root)
      expect(fingerprint(scope)).not.toBe(treeOfCommit(scope, 'HEAD'))
    }
  })

  it('sees an ignored file added by force when nothing else has changed for long', () => {
    const repo = repository()
    repo.write('.gitignore', '*.log\n')
    repo.write('debug.log', 'd')
    // Files older than the index: git has no cause to look twice, so that the memo alone would answer.
    for (const name of ['.gitignore', 'debug.log']) utimesSync(join(repo.root, name), 1, 1)
    const scope = scopeOf(repo.root)
    const tree = fingerprint(scope)
    expect(fingerprint(scope)).toBe(tree)
    repo.git('add', '-f', 'debug.log')
    expect(fingerprint(scope)).not.toBe(tree)
  })

  it('works before the first commit, with and without files', () => {
    const repo = repository()
    const scope = scopeOf(repo.root)
    expect([fingerprint(scope), fingerprint(scope)]).toEqual([emptyTree(scope), emptyTree(scope)])
    repo.write('a.js', 'a')
    const tree = fingerprint(scope)
    expect(fingerprint(scope)).toBe(tree)
    repo.commit()
    expect(treeOfCommit(scope, 'HEAD')).toBe(tree)
  })

  it('is one for each linked worktree, with the objects of all', () => {
    const repo = repository(files)
    const other = join(temporaryDirectory(), 'linked')
    repo.git('worktree', 'add', '-q', other)
    const here = fingerprint(scopeOf(repo.root))
    expect(fingerprint(scopeOf(other))).toBe(here)
    writeFileSync(join(other, 'a.js'), 'only there')
    expect(fingerprint(scopeOf(other))).not.toBe(here)
    expect(fingerprint(scopeOf(repo.root))).toBe(here)
  })

  it('reads objects that the repository borrows from another', () => {
    const origin = repository(files)
    const clone = join(temporaryDirectory(), 'clone')
    origin.git('clone', '-q', '--shared', origin.root, clone)
    expect(fingerprint(scopeOf(clone))).toBe(fingerprint(scopeOf(origin.root)))
    writeFileSync(join(clone, 'a.js'), 'changed')
    origin.write('a.js', 'changed')
    expect(fingerprint(scopeOf(clone))).toBe(fingerprint(scopeOf(origin.root)))
  })

  itNeeds('POSIX')('takes a path with colons, quotes and spaces', () => {
    const root = join(temporaryDirectory(), 'a: "b" c')
    repository(files).git('clone', '-q', '.', root)
    const scope = scopeOf(root)
    expect(fingerprint(scope)).toBe(treeOfCommit(scope, 'HEAD'))
  })

  it('of a commit is that of its clean checkout, whatever lies there now', () => {
    const repo = repository(files)
    const scope = scopeOf(repo.root, ['docs/**'])
    const clean = fingerprint(scope)
    repo.write('a.js', 'edited')
    expect(treeOfCommit(scope, 'HEAD')).toBe(clean)
    expect(fingerprint(scope)).not.toBe(clean)
    expect(() => treeOfCommit(scope, 'no-such-branch')).toThrow(GitError)
  })

  it("uses the repository's own hash", () => {
    const repo = repositoryAt(temporaryDirectory())
    repo.git('init', '-q', '--object-format=sha256')
    repo.write('a.js', 'a')
    repo.commit()
    const scope = scopeOf(repo.root)
    expect(fingerprint(scope)).toBe(repo.git('rev-parse', 'HEAD^{tree}'))
    expect(emptyTree(scope)).toMatch(/^6ef19b41[0-9a-f]{56}$/)
  })

  it('goes by the directory, whatever a git hook that started Claude has set', () => {
    const scope = scopeOf(repository(files).root)
    const tree = fingerprint(scope)
    const elsewhere = repository({ other: 'o' }).root
    const set = {
      GIT_DIR: join(elsewhere, '.git'),
      GIT_WORK_TREE: elsewhere,
      GIT_INDEX_FILE: join(elsewhere, 'index'),
      GIT_LITERAL_PATHSPECS: '1',
    }
    Object.assign(process.env, set)
    try {
      expect(fingerprint(scope)).toBe(tree)
    } finally {
      for (const name of Object.keys(set)) delete process.env[name]
    }
  })

  it('fails in words where git can do nothing', () => {
    const repo = repository(files)
    const scope = scopeOf(repo.root)
    repo.write('.git/HEAD', 'nonsense')
    expect(() => fingerprint(scope)).toThrow(/^git ls-files failed: fatal: not a git repository/)
  })
})

/** Hash of every file below .git but ours. Times are left out: git renews that of an object it meets again. */
function contentsOf(dir: string): Record<string, string> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const paths = entries.map(entry => join(entry.parentPath, entry.name))
  const theirs = paths.filter(path => !path.startsWith(join(dir, 'countersign')))
  return Object.fromEntries(theirs.map(path => [path, createHash('sha1').update(readFileSync(path)).digest('hex')]))
}

itNeeds('POSIX')("the user's index, objects, refs, hooks and monitors are left alone", () => {
  const repo = repository(files)
  const hook = join(repo.root, '.git/hooks/post-index-change')
  writeFileSync(hook, `#!/bin/sh\ntouch '${repo.root}/hook-ran'\n`)
  chmodSync(hook, 0o755)
  for (const [name, value] of [
    ['core.fsmonitor', hook],
    ['core.splitIndex', 'true'],
    ['core.untrackedCache', 'true'],
  ] as const) {
    repo.git('config', name, value)
  }
  repo.write('a.js', 'edited')
  repo.write('untracked.js', 'u')
  repo.git('add', 'a.js')
  expect(existsSync(join(repo.root, 'hook-ran'))).toBe(true)
  rmSync(join(repo.root, 'hook-ran'), { force: true })
  const before = contentsOf(join(repo.root, '.git'))

  const scope = scopeOf(repo.root)
  const trees = ['once', 'twice', 'twice'].map(text => {
    repo.write('b.js', text)
    return fingerprint(scope)
  })
  treeOfCommit(scope, 'HEAD')
  expect(new Set(trees).size).toBe(2)
  expect(contentsOf(join(repo.root, '.git'))).toEqual(before)
  expect(existsSync(join(repo.root, 'hook-ran'))).toBe(false)
})
