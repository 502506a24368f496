import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pathsIn, textFiles } from '../../../src/shell/git/files-at.ts'
import { fingerprint } from '../../../src/shell/git/fingerprint.ts'
import { locate } from '../../../src/shell/git/git.ts'
import { headCommit } from '../../../src/shell/git/head-commit.ts'
import { treeReader } from '../../../src/shell/git/tree-reader.ts'
import { scopeOf } from '../../../src/shell/state/setup-root.ts'
import { itNeeds } from '../../support/platform.ts'
import { repository } from '../../support/repository.ts'

/** A repository, and a reader of its tree as it is when `reader` is called. */
function setup(home = '.', ignore: string[] = []) {
  const repo = repository()
  const scope = { ...scopeOf(locate(repo.root)!, join(repo.root, home)), ignore }
  return { repo, reader: () => treeReader(scope, { tree: fingerprint(scope), head: headCommit(scope) }) }
}

describe('the files of a change’s beginning', () => {
  it('are those of its tree, whatever has become of them', () => {
    const { repo, reader } = setup()
    repo.write('AGENTS.md', 'committed')
    repo.write('gone.md', 'gone')
    repo.commit()
    repo.write('AGENTS.md', 'as it began')
    const { read } = reader()
    repo.write('AGENTS.md', 'changed since')
    expect([read('AGENTS.md'), read('gone.md'), read('missing.md'), read('')]).toEqual([
      'as it began',
      'gone',
      null,
      null,
    ])
  })

  it('that do not count are those of its commit', () => {
    const { repo, reader } = setup('.', ['**/*.md'])
    repo.write('AGENTS.md', 'committed')
    repo.write('.claude/countersign/decisions.jsonl', '{}')
    repo.commit()
    repo.write('AGENTS.md', 'changed')
    const { read, list } = reader()
    expect([read('AGENTS.md'), read('.claude/countersign/decisions.jsonl')]).toEqual(['committed', '{}'])
    expect(list('.claude')).toEqual(['.claude/countersign/decisions.jsonl'])
  })

  it('go from the directory that is set up', () => {
    const { repo, reader } = setup('pkg', ['ignored.md'])
    for (const path of ['AGENTS.md', 'pkg/AGENTS.md', 'pkg/ignored.md', 'pkg/rules/a.md', 'pkg/rules/b/c.md'])
      repo.write(path, path)
    repo.commit()
    const { read, list } = reader()
    expect([read('AGENTS.md'), read('ignored.md')]).toEqual(['pkg/AGENTS.md', 'pkg/ignored.md'])
    expect(list('rules')).toEqual(['rules/a.md', 'rules/b/c.md'])
  })

  it('are no text where they hold a zero byte, or are large beyond use', () => {
    const { repo, reader } = setup()
    repo.write('binary.md', 'a\0b')
    repo.write('large.md', 'x'.repeat(2_000_000))
    const { read } = reader()
    expect([read('binary.md'), read('large.md')]).toEqual([null, null])
  })

  itNeeds('POSIX')('are reached through links that stay in the repository', () => {
    const { repo, reader } = setup()
    repo.write('docs/rules.md', 'rules')
    symlinkSync('docs/rules.md', join(repo.root, 'CLAUDE.md'))
    symlinkSync('../CLAUDE.md', join(repo.root, 'docs/again.md'))
    symlinkSync('round.md', join(repo.root, 'round.md'))
    symlinkSync('/etc/passwd', join(repo.root, 'absolute.md'))
    symlinkSync('../../outside.md', join(repo.root, 'docs/outside.md'))
    const { read } = reader()
    expect(['CLAUDE.md', 'docs/again.md', 'round.md', 'absolute.md', 'docs/outside.md'].map(read)).toEqual([
      ...['rules', 'rules'],
      ...[null, null, null],
    ])
  })
})

itNeeds('POSIX')('what can be quoted are files, neither links nor nested repositories, whatever their names', () => {
  const { repo } = setup()
  repo.write('a b\tc.js', 'one')
  repo.write('inner/x.js', 'two')
  execFileSync('git', ['init', '-q', join(repo.root, 'inner')])
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: join(repo.root, 'inner') })
  git('add', '-A')
  git('commit', '-qm', 'inner')
  symlinkSync('/etc/passwd', join(repo.root, 'link'))
  const scope = { ...scopeOf(locate(repo.root)!, repo.root), ignore: [] }
  const tree = fingerprint(scope)
  expect(pathsIn(scope, tree)).toEqual(expect.arrayContaining(['a b\tc.js', 'inner', 'link']))
  expect(textFiles(scope, tree)).toEqual(['a b\tc.js'])
})
