import { chmodSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fingerprint } from '../../../src/shell/git/fingerprint.ts'
import { locate } from '../../../src/shell/git/git.ts'
import { machineHas } from '../../support/platform.ts'
import { repository, repositoryAt, type TestRepository, temporaryDirectory } from '../../support/repository.ts'

type Step = (repo: TestRepository) => void
type Given = { before?: Step; ignore?: string[]; on?: 'POSIX' | 'Linux' }

const at = (repo: TestRepository, path: string) => join(repo.root, path)
const all =
  (...steps: Step[]): Step =>
  repo =>
    steps.forEach(step => void step(repo))
const write =
  (path: string, text: string): Step =>
  repo =>
    repo.write(path, text)
const remove =
  (path: string): Step =>
  repo =>
    rmSync(at(repo, path))
const git =
  (...args: string[]): Step =>
  repo =>
    repo.git(...args)
const link =
  (target: string): Step =>
  repo =>
    symlinkSync(target, at(repo, 'link'))
const commit: Step = repo => repo.commit()

const start = {
  'src/a.js': 'one\ntwo\n',
  'src/b.js': 'bee\n',
  'docs/guide.md': 'words\n',
  '.gitignore': '*.log\n/build/\n',
  '.claude/countersign/manifest.json': '{}\n',
}
const edited = all(write('src/a.js', 'edited\n'), write('untracked.js', 'u\n'))
const untracked = write('new.js', 'n')
const forced = all(write('debug.log', 'n'), git('add', '-f', 'debug.log'))
const sparse = git('sparse-checkout', 'set', 'src')
const excluded = write('.git/info/exclude', 'new.js\n')
const resolved = write('src/a.js', 'both\n')

const conflicted: Step = repo => {
  all(git('checkout', '-q', '-b', 'other'), write('src/a.js', 'theirs\n'), commit)(repo)
  all(git('checkout', '-q', 'main'), write('src/a.js', 'ours\n'), commit)(repo)
  expect(() => repo.git('merge', 'other')).toThrow()
}
const submodule: Step = repo => {
  repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repository({ x: 'n' }).root, 'sub')
  repo.commit()
}
const timeKept: Step = repo => {
  const { atime, mtime } = statSync(at(repo, 'src/a.js'))
  repo.write('src/a.js', 'eno\nowt\n')
  utimesSync(at(repo, 'src/a.js'), atime, mtime)
}
const notUtf8 = (repo: TestRepository) => Buffer.concat([Buffer.from(`${repo.root}/caf`), Buffer.from([0xe9])])
const notUtf8Committed: Step = repo => {
  writeFileSync(notUtf8(repo), 'n')
  repo.commit()
}

const rows: [does: string, tree: 'same' | 'other', change: Step, given?: Given][] = [
  ['nothing', 'same', () => {}],
  ['an edit', 'other', write('src/a.js', 'one\ntwo\nthree\n')],
  ['a rewrite of the same size', 'other', write('src/a.js', 'eno\nowt\n')],
  ['a rewrite of the same size with the old time put back', 'other', timeKept],
  ['chmod +x', 'other', repo => chmodSync(at(repo, 'src/a.js'), 0o755), { on: 'POSIX' }],
  ['a touch', 'same', repo => utimesSync(at(repo, 'src/a.js'), 1, 1)],
  ['an edit taken back', 'same', all(write('src/a.js', 'x'), write('src/a.js', start['src/a.js']))],
  ['a deletion', 'other', remove('src/a.js')],
  ['a rename', 'other', repo => renameSync(at(repo, 'src/a.js'), at(repo, 'src/c.js'))],
  ['a file become a directory', 'other', all(remove('src/a.js'), write('src/a.js/x', 'n'))],
  ['a symlink pointed elsewhere', 'other', all(remove('link'), link('b')), { before: link('a'), on: 'POSIX' }],
  ['a symlink become a file', 'other', all(remove('link'), write('link', 'a')), { before: link('a'), on: 'POSIX' }],

  ['git add', 'same', git('add', '-A'), { before: edited }],
  ['a commit of the same content', 'same', commit, { before: edited }],
  ['an amended message', 'same', git('commit', '--amend', '-m', 'other words')],
  ['git reset to the commit before', 'same', git('reset', 'HEAD~'), { before: all(edited, commit) }],
  ['git reset --hard', 'other', git('reset', '--hard'), { before: edited }],
  ['git rm --cached', 'same', git('rm', '-q', '--cached', 'src/a.js')],
  ['git add --intent-to-add', 'same', git('add', '-N', 'new.js'), { before: untracked }],
  ['stash', 'other', git('stash', '-u'), { before: edited }],
  ['stash and pop', 'same', all(git('stash', '-u'), git('stash', 'pop')), { before: edited }],
  ['another branch with the same tree', 'same', git('checkout', '-q', '-b', 'other')],
  ['a detached HEAD', 'same', git('checkout', '-q', '--detach')],
  ['git gc', 'same', git('gc', '-q', '--prune=now'), { before: edited }],
  ['a conflict resolved in the file', 'other', resolved, { before: conflicted }],
  ['git add of a resolved conflict', 'same', git('add', '-A'), { before: all(conflicted, resolved) }],

  ['a new untracked file', 'other', untracked],
  ['an edit of an untracked file', 'other', write('new.js', 'm'), { before: untracked }],
  ['an untracked file removed', 'other', remove('new.js'), { before: untracked }],
  ['a new empty directory', 'same', all(write('empty/x', ''), remove('empty/x'))],
  ['a new ignored file', 'same', write('debug.log', 'n')],
  ['a file below an ignored directory', 'same', write('build/out.js', 'n')],
  ['an ignored file added by force', 'other', git('add', '-f', 'debug.log'), { before: write('debug.log', 'n') }],
  ['a forced file taken out of the index', 'other', git('rm', '-q', '--cached', 'debug.log'), { before: forced }],
  ['a forced file deleted', 'other', remove('debug.log'), { before: forced }],
  ['a forced file edited', 'other', write('debug.log', 'm'), { before: forced }],
  ['.gitignore covering a file', 'other', write('.gitignore', '*.log\n/build/\nnew.js\n'), { before: untracked }],
  ['.gitignore uncovering a file', 'other', write('.gitignore', '*.log\n'), { before: write('build/out.js', 'n') }],
  [
    'a .gitignore that ignores itself and its directory',
    'other',
    all(write('venv/.gitignore', '*\n'), write('venv/x', 'm')),
    { before: write('venv/x', 'n') },
  ],
  ['info/exclude covering a file', 'other', excluded, { before: untracked }],
  ['info/exclude uncovering a file', 'other', write('.git/info/exclude', ''), { before: all(excluded, untracked) }],

  [
    'an edit of a file assumed unchanged',
    'other',
    write('src/a.js', 'x'),
    { before: git('update-index', '--assume-unchanged', 'src/a.js') },
  ],
  [
    'an edit of a file marked skip-worktree',
    'other',
    write('src/a.js', 'x'),
    { before: git('update-index', '--skip-worktree', 'src/a.js') },
  ],
  [
    'an edit under core.ignoreStat',
    'other',
    write('src/a.js', 'x'),
    { before: all(git('config', 'core.ignoreStat', 'true'), edited) },
  ],
  ['an edit under a split index', 'other', write('src/a.js', 'x'), { before: git('update-index', '--split-index') }],
  ['a sparse checkout set', 'same', sparse],
  ['a new branch in a sparse checkout', 'same', git('checkout', '-q', '-b', 'other'), { before: sparse }],
  ['an edit of a file that a sparse checkout left out', 'other', write('docs/guide.md', 'x'), { before: sparse }],
  ['a new file where a sparse checkout left all out', 'other', write('docs/new.md', 'x'), { before: sparse }],
  [
    'a second edit of such a file',
    'other',
    write('docs/guide.md', 'xy'),
    { before: all(sparse, write('docs/guide.md', 'x')) },
  ],
  [
    'an edit outside a sparse checkout with a sparse index',
    'other',
    write('docs/guide.md', 'x'),
    { before: git('sparse-checkout', 'set', '--cone', '--sparse-index', 'src') },
  ],
  [
    'a file that was there outside a sparse checkout, and is deleted',
    'other',
    remove('docs/guide.md'),
    { before: all(sparse, write('docs/guide.md', 'x')) },
  ],
  [
    'a sparse checkout ended and a file of it edited',
    'other',
    all(git('sparse-checkout', 'disable'), write('docs/guide.md', 'x')),
    { before: sparse },
  ],
  ['CRLF without autocrlf', 'other', write('src/a.js', 'one\r\ntwo\r\n')],
  [
    'CRLF under autocrlf',
    'same',
    write('src/a.js', 'one\r\ntwo\r\n'),
    { before: git('config', 'core.autocrlf', 'true') },
  ],
  [
    'a commit in a submodule',
    'other',
    all(write('sub/x', 'm'), repo => repositoryAt(at(repo, 'sub')).commit()),
    { before: submodule },
  ],
  ['a nested repository without a commit', 'same', git('init', '-q', 'nested')],
  [
    'an edit under a non-ASCII name',
    'other',
    write('déjà vu/日本.txt', 'm'),
    { before: write('déjà vu/日本.txt', 'n') },
  ],
  [
    'an edit under a name that is not UTF-8',
    'other',
    repo => writeFileSync(notUtf8(repo), 'm'),
    { before: notUtf8Committed, on: 'Linux' },
  ],
  [
    'an edit under such a name, assumed unchanged',
    'other',
    repo => writeFileSync(notUtf8(repo), 'm'),
    {
      before: all(notUtf8Committed, git('-c', 'alias.x=!git update-index --assume-unchanged caf*', 'x')),
      on: 'Linux',
    },
  ],

  ['an edit below .claude/countersign', 'same', write('.claude/countersign/manifest.json', '{"a":1}')],
  ['a commit below .claude/countersign', 'same', all(write('.claude/countersign/decisions.jsonl', '{}'), commit)],
  ["an edit of one user's permissions", 'same', write('.claude/settings.local.json', '{}')],
  ['an edit of our configuration', 'other', write('.claude/countersign.yaml', 'version: 1')],
  ["a checkout among Claude Code's worktrees", 'same', git('worktree', 'add', '-q', '.claude/worktrees/one')],
  ['an edit under an ignored glob', 'same', write('docs/guide.md', 'x'), { ignore: ['docs/**'] }],
  ['a new file under an ignored glob', 'same', write('docs/new.md', 'x'), { ignore: ['docs/**'] }],
  ['an edit under a glob with a leading slash', 'same', write('docs/guide.md', 'x'), { ignore: ['/docs/**'] }],
  ['an edit beside the ignored globs', 'other', write('src/a.js', 'x'), { ignore: ['docs/**', '*.md'] }],
  ['an edit below, where the glob names the top', 'other', write('docs/guide.md', 'x'), { ignore: ['*.md'] }],
]

describe('the fingerprint after', () => {
  for (const [does, tree, change, { before, on, ignore = [] } = {}] of rows) {
    it.runIf(!on || machineHas(on))(`${does} → ${tree}`, () => {
      const repo = repository(start)
      before?.(repo)
      const place = locate(repo.root)!
      const scope = { ...place, stateDir: join(place.gitDir, 'countersign'), ignore }
      const first = fingerprint(scope)
      change(repo)
      const second = fingerprint(scope)
      expect(second === first ? 'same' : 'other').toBe(tree)
      // What somebody who never looked before would say, and what a second look says.
      expect(fingerprint({ ...scope, stateDir: temporaryDirectory() })).toBe(second)
      expect(fingerprint(scope)).toBe(second)
    })
  }
})
