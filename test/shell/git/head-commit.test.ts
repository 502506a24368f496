import { join } from 'node:path'
import { expect, it } from 'vitest'
import { locate } from '../../../src/shell/git/git.ts'
import { headCommit } from '../../../src/shell/git/head-commit.ts'
import { repository, type TestRepository, temporaryDirectory } from '../../support/repository.ts'

const committed = () => repository({ 'a.js': 'a' })
const linked = (repo: TestRepository, ...args: string[]) => {
  const root = join(temporaryDirectory(), 'linked')
  repo.git('worktree', 'add', '-q', ...args, root)
  return root
}

it('is null before the first commit, and on a branch without one', () => {
  expect(headCommit(locate(repository().root)!)).toBe(null)
  const repo = committed()
  repo.git('checkout', '-q', '--orphan', 'empty')
  expect(headCommit(locate(repo.root)!)).toBe(null)
})

it.each<[string, (repo: TestRepository) => unknown]>([
  ['on a branch', () => {}],
  ['on a branch with slashes in its name', ({ git }) => git('checkout', '-q', '-b', 'a/b/c')],
  ['off any branch', ({ git }) => git('checkout', '-q', '--detach')],
  ['on a branch whose ref is packed', ({ git }) => git('pack-refs', '--all')],
  [
    'on a branch that names another',
    ({ git }) => {
      git('symbolic-ref', 'refs/heads/x', 'refs/heads/main')
      git('symbolic-ref', 'HEAD', 'refs/heads/x')
    },
  ],
  ['in a linked worktree', repo => linked(repo, '-b', 'other')],
  ['off any branch in a linked worktree', repo => linked(repo, '--detach')],
])('is what git says %s', (_, made) => {
  const repo = committed()
  repo.git('commit', '-q', '--allow-empty', '-m', 'second')
  const there = made(repo)
  const root = typeof there === 'string' && there !== '' ? there : repo.root
  const said = repo.git('-C', root, 'rev-parse', 'HEAD')
  expect(said).toMatch(/^[0-9a-f]{40}$/)
  expect(headCommit(locate(root)!)).toBe(said)
})
