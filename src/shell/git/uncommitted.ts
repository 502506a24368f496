import { runGit } from './git.ts'

/** Those of these files that git could not bring back: changed since the last commit, or never committed. */
export function uncommitted(root: string, paths: string[]): string[] {
  if (paths.length === 0) return []
  const args = ['status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=all', '--ignored=matching']
  const { stdout } = runGit(root, [...args, '--', ...paths.map(path => `:(literal)${path}`)])
  const listed = stdout.toString().split('\0').filter(Boolean)
  // Git lists them from the root of the working tree, wherever it is started.
  const prefix = runGit(root, ['rev-parse', '--show-prefix']).stdout.toString().replace(/\n$/, '')
  return listed.map(line => line.slice(3 + prefix.length) || '.')
}
