import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'
import { repoView } from '../../../src/shell/git/repo-view.ts'
import { repository } from '../../support/repository.ts'

it('a view has what git tracks or would track, and reads it as text', () => {
  const repo = repository({ '.gitignore': 'secret.txt\n', 'a.txt': 'tracked', 'gone.txt': 'x' })
  repo.write('ünï cödé/b.txt', 'untracked')
  repo.write('secret.txt', 'ignored')
  repo.write('image.bin', Buffer.from([1, 0, 2]))
  rmSync(join(repo.root, 'gone.txt'))

  const view = repoView(repo.root)
  expect(view.name).toBe(basename(repo.root))
  expect(view.files).toEqual(['.gitignore', 'a.txt', 'gone.txt', 'image.bin', 'ünï cödé/b.txt'])
  expect(['a.txt', 'ünï cödé/b.txt', 'secret.txt', 'gone.txt', 'image.bin', '../etc'].map(view.read)).toEqual([
    'tracked',
    'untracked',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
