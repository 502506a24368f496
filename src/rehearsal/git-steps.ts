import { execFileSync } from 'node:child_process'

type Env = Record<string, string>

/** Makes a folder a repository with one commit of everything in it. What `.git/info/exclude` says there is kept. */
export function beginRepository(folder: string, env: Env, message: string): void {
  git(folder, env, 'init', '--quiet', '--initial-branch=main')
  git(folder, env, 'config', 'user.name', 'Ada')
  git(folder, env, 'config', 'user.email', 'ada@orders.example')
  commitAll(folder, env, message)
}

export function commitAll(folder: string, env: Env, message: string): void {
  git(folder, env, 'add', '--all')
  git(folder, env, 'commit', '--quiet', '--allow-empty', '--message', message)
}

/** Not as the commands run it: nothing of the user's environment reaches this git but what is in `env`. */
function git(cwd: string, env: Env, ...args: string[]): void {
  execFileSync('git', args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'], windowsHide: true })
}
