import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { copyExcludes, copyRepository } from '../../src/rehearsal/repo-copy.ts'
import { itNeeds } from '../support/platform.ts'
import { repository, temporaryDirectory } from '../support/repository.ts'

describe('the scratch copy', () => {
  itNeeds('POSIX')('has every file that git tracks or would track, as it is in the working tree', () => {
    const repo = repository({ '.gitignore': '*.log\n', 'a.txt': 'old', 'gone.txt': 'x', 'run.sh': '#!/bin/sh\n' })
    repo.write('a.txt', 'new')
    repo.write('deep/untracked name.txt', 'u')
    repo.write('noise.log', 'n')
    repo.git('update-index', '--chmod=+x', 'run.sh')
    rmSync(join(repo.root, 'gone.txt'))
    symlinkSync('a.txt', join(repo.root, 'link'))
    const to = temporaryDirectory()
    const { files, linked, leftOut } = copyRepository(repo.root, to)
    expect({ files, linked, leftOut }).toEqual({ files: 5, linked: [], leftOut: ['noise.log'] })
    expect(readFileSync(join(to, 'a.txt'), 'utf8')).toBe('new')
    expect(readFileSync(join(to, 'deep/untracked name.txt'), 'utf8')).toBe('u')
    expect(readlinkSync(join(to, 'link'))).toBe('a.txt')
    expect([existsSync(join(to, 'gone.txt')), existsSync(join(to, '.git'))]).toEqual([false, false])
  })

  it("has Claude Code's own files even where git ignores them", () => {
    const repo = repository({ '.gitignore': '.claude\n' })
    repo.write('.claude/settings.local.json', '{}')
    repo.write('.claude/worktrees/big/file', 'x')
    const to = temporaryDirectory()
    copyRepository(repo.root, to)
    expect(existsSync(join(to, '.claude/settings.local.json'))).toBe(true)
    expect(existsSync(join(to, '.claude/worktrees'))).toBe(false)
  })

  itNeeds('POSIX')('links dependencies so that neither they nor the caches beside them are written', () => {
    const repo = repository({ '.gitignore': 'node_modules\n', 'packages/a/index.js': 'a', '..b/index.js': 'b' })
    for (const path of ['dep/index.js', '@x/y/index.js', '.vite/cache', '.bin/tool'])
      repo.write(`node_modules/${path}`, path)
    repo.write('packages/a/node_modules/inner/index.js', 'i')
    symlinkSync('../packages/a', join(repo.root, 'node_modules/a'))
    symlinkSync('../..b', join(repo.root, 'node_modules/b'))
    mkdirSync(join(repo.root, 'node_modules/@own'))
    symlinkSync('../../packages/a', join(repo.root, 'node_modules/@own/a'))
    const to = temporaryDirectory()
    const { linked } = copyRepository(repo.root, to)
    expect(linked).toEqual(['node_modules', 'packages/a/node_modules'])
    const modules = join(to, 'node_modules')
    expect(lstatSync(modules).isDirectory()).toBe(true)
    expect(realpathSync(join(modules, 'dep'))).toBe(join(repo.root, 'node_modules/dep'))
    expect(realpathSync(join(modules, '@x/y'))).toBe(join(repo.root, 'node_modules/@x/y'))
    expect(statSync(join(modules, '.bin/tool')).isFile()).toBe(true)
    expect(existsSync(join(modules, '.vite'))).toBe(false)
    // The repository's own packages are those of the copy.
    expect(realpathSync(join(modules, 'a'))).toBe(join(to, 'packages/a'))
    expect(realpathSync(join(modules, '@own/a'))).toBe(join(to, 'packages/a'))
    expect(realpathSync(join(modules, 'b'))).toBe(join(to, '..b'))
  })

  it('ignores what the original ignores by its own exclude file', () => {
    const repo = repository({ 'a.txt': '' })
    repo.write('.git/info/exclude', 'private\n')
    const to = temporaryDirectory()
    copyExcludes(repo.root, to, ['node_modules'])
    expect(readFileSync(join(to, '.git/info/exclude'), 'utf8').split('\n')).toEqual(
      expect.arrayContaining(['private', '/node_modules']),
    )
  })
})
