import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A real git repository in a temporary directory, gone when the test ends. */
export type TestRepository = {
  root: string
  git(...args: string[]): string
  write(path: string, text: string | Buffer): void
  commit(message?: string): string
}

// Git knows nothing of whoever runs the tests, here and in every process started from here.
Object.assign(process.env, {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: join(tmpdir(), 'countersign-test-no-such-gitconfig'),
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.org',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.org',
})

export function temporaryDirectory(): string {
  const dir = realpathSync.native(mkdtempSync(join(tmpdir(), 'countersign-')))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }))
  return dir
}

/** Wraps the working tree at `root`, which may not be a repository yet. */
export function repositoryAt(root: string): TestRepository {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe' }).toString().trim()
  return {
    root,
    git,
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    },
    commit(message = 'a change') {
      git('add', '-A')
      git('commit', '-q', '-m', message)
      return git('rev-parse', 'HEAD')
    },
  }
}

/** A fresh repository that holds `files`, committed unless there are none. */
export function repository(files: Record<string, string> = {}): TestRepository {
  const repo = repositoryAt(temporaryDirectory())
  repo.git('init', '-q', '-b', 'main')
  for (const [path, text] of Object.entries(files)) repo.write(path, text)
  if (Object.keys(files).length > 0) repo.commit('first')
  return repo
}
