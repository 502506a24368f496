import { execaSync } from 'execa'

type Env = Record<string, string>

/** Makes a folder a repository with one commit of everything in it. What `.git/info/exclude` says there is kept. */
export function beginRepository(folder: string, env: Env, message: string): void {
  const git = (...args: string[]) => execaSync('git', args, { cwd: folder, env, extendEnv: false })
  git('init', '--quiet', '--initial-branch=main')
  git('config', 'user.name', 'Ada')
  git('config', 'user.email', 'ada@orders.example')
  commitAll(folder, env, message)
}

export function commitAll(folder: string, env: Env, message: string): void {
  const git = (...args: string[]) => execaSync('git', args, { cwd: folder, env, extendEnv: false })
  git('add', '--all')
  git('commit', '--quiet', '--allow-empty', '--message', message)
}
