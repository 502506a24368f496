import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { GitError, locate, runGit } from '../../../src/shell/git/git.ts'
import { itNeeds } from '../../support/platform.ts'
import { repository, temporaryDirectory } from '../../support/repository.ts'

const ordinary = (root: string) => ({ root, gitDir: join(root, '.git'), commonDir: join(root, '.git') })

describe('the working tree that holds', () => {
  it('the root of a clone, found without git', () => {
    const { root } = repository({ 'a.js': 'a' })
    withPath('', () => expect(locate(root)).toEqual(ordinary(root)))
  })

  it('a subdirectory', () => {
    const { root } = repository({ 'src/deep/a.js': 'a' })
    expect(locate(join(root, 'src/deep'))).toEqual(ordinary(root))
  })

  it('a linked worktree, and a directory in it', () => {
    const repo = repository({ 'src/a.js': 'a' })
    const root = join(temporaryDirectory(), 'linked')
    repo.git('worktree', 'add', '-q', root)
    const place = { root, gitDir: join(repo.root, '.git/worktrees/linked'), commonDir: join(repo.root, '.git') }
    expect([locate(root), locate(join(root, 'src'))]).toEqual([place, place])
  })

  it('a submodule', () => {
    const repo = repository({ 'a.js': 'a' })
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repository({ b: 'b' }).root, 'sub')
    const gitDir = join(repo.root, '.git/modules/sub')
    expect(locate(join(repo.root, 'sub'))).toEqual({ root: join(repo.root, 'sub'), gitDir, commonDir: gitDir })
  })

  it('none: a repository whose config names another working tree', () => {
    const repo = repository()
    const elsewhere = temporaryDirectory()
    repo.git('config', 'core.worktree', elsewhere)
    expect(locate(repo.root)).toBe(null)
  })

  itNeeds('POSIX')('a path through a symlink, by its real name', () => {
    const { root } = repository({ 'src/a.js': 'a' })
    const link = join(temporaryDirectory(), 'link')
    symlinkSync(root, link)
    expect([locate(link), locate(join(link, 'src'))]).toEqual([ordinary(root), ordinary(root)])
  })

  it('none: no repository, a bare one, inside .git, a directory that is not there', () => {
    const { root } = repository({ 'a.js': 'a' })
    const bare = join(temporaryDirectory(), '.git')
    repository().git('init', '-q', '--bare', bare)
    const places = [temporaryDirectory(), join(bare, '..'), join(root, '.git'), join(root, 'nowhere')]
    expect(places.map(place => locate(place))).toEqual([null, null, null, null])
  })

  it('none that git would open: an error, not a null', () => {
    const { root } = repository({ 'src/a.js': 'a' })
    writeFileSync(join(root, '.git/config'), '[core\n')
    expect(() => locate(join(root, 'src'))).toThrow(GitError)
    withPath('', () => expect(() => locate(join(root, 'src'))).toThrow(/^git rev-parse failed: .*ENOENT/))
  })

  it('a directory, whatever a git hook has set', () => {
    const { root } = repository({ 'src/a.js': 'a' })
    vi.stubEnv('GIT_DIR', join(repository({ b: 'b' }).root, '.git'))
    try {
      expect(locate(join(root, 'src'))).toEqual(ordinary(root))
    } finally {
      vi.unstubAllEnvs()
    }
  })
})

describe('git', () => {
  it('keeps whom it trusts, and drops what says which repository is meant or bends what it sees', () => {
    const { root } = repository({ 'a.js': 'a' })
    const variables = {
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'core.excludesFile',
      GIT_CONFIG_VALUE_0: '/evil',
      GIT_CONFIG_KEY_1: 'safe.directory',
      GIT_CONFIG_VALUE_1: '/trusted',
      GIT_CONFIG_PARAMETERS: "'core.excludesFile=/evil'",
      GIT_LITERAL_PATHSPECS: '1',
      GIT_INDEX_FILE: join(root, 'other-index'),
    }
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
    try {
      expect(runGit(root, ['config', 'core.excludesFile'], { accept: [1] }).status).toBe(1)
      expect(runGit(root, ['config', 'safe.directory']).stdout.toString()).toBe('/trusted\n')
      expect(runGit(root, ['ls-files', ':(glob)*.js']).stdout.toString()).toBe('a.js\n')
      expect(runGit(root, ['ls-files']).stdout.toString()).toBe('a.js\n')
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('is stopped where its output is larger than asked for', () => {
    const { root } = repository({ 'a.js': 'a'.repeat(5_000_000) })
    const { overflowed, stdout } = runGit(root, ['cat-file', 'blob', 'HEAD:a.js'], { maxBytes: 1000 })
    expect({ overflowed, little: stdout.length < 200_000 }).toEqual({ overflowed: true, little: true })
  })

  itNeeds('POSIX')('killed is a failure, not an exit of 0', () => {
    const bin = temporaryDirectory()
    writeFileSync(join(bin, 'git'), '#!/bin/sh\nkill -9 $$\n')
    chmodSync(join(bin, 'git'), 0o755)
    mkdirSync(join(bin, 'work'))
    withPath(`${bin}${delimiter}${process.env.PATH}`, () =>
      expect(() => runGit(join(bin, 'work'), ['status'])).toThrow('git status failed: killed by SIGKILL'),
    )
  })
})

function withPath(path: string, run: () => void) {
  vi.stubEnv('PATH', path)
  try {
    run()
  } finally {
    vi.unstubAllEnvs()
  }
}
