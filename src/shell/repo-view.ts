import { readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { RepoView } from '../model/repo-facts.ts'
import { runGit } from './git.ts'

const maxBytes = 1_000_000

/** What detection may see of a repository: the files git tracks or would track, and their texts, read when asked for. */
export function repoView(root: string): RepoView {
  const listed = runGit(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']).stdout.toString()
  const files = [...new Set(listed.split('\0').filter(Boolean))].sort()
  const known = new Set(files)
  return {
    name: basename(root),
    platform: process.platform,
    files,
    read: path => (known.has(path) ? readText(join(root, path)) : undefined),
  }
}

/** Undefined for what is missing, huge, binary or no plain file: an unmerged or deleted path is listed all the same. */
function readText(path: string): string | undefined {
  try {
    const stat = statSync(path)
    if (!stat.isFile() || stat.size > maxBytes) return undefined
    const text = readFileSync(path, 'utf8')
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
