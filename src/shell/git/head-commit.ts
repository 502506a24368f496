import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Repository } from '../../model/repository.ts'
import { runGit } from './git.ts'

/**
 * The commit that HEAD stands on, or null while there is none. Read from git's own files where these are plain, since every
 * stop asks; whatever else there is (another ref storage, a link, a ref that names a ref) git is asked about.
 *
 * @see https://git-scm.com/docs/gitrepository-layout
 */
export function headCommit(repo: Repository): string | null {
  const head = textOf(join(repo.gitDir, 'HEAD'))
  if (head && isId(head)) return head
  const ref = /^ref: (refs\/heads\/\S+)$/.exec(head ?? '')?.[1]
  const id = ref && textOf(join(repo.commonDir, ref))
  return id && isId(id) ? id : asked(repo)
}

const isId = (text: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

function asked(repo: Repository): string | null {
  const { status, stdout } = runGit(repo.root, ['rev-parse', '-q', '--verify', 'HEAD^{commit}'], { accept: [0, 1] })
  return status === 0 ? stdout.toString().trim() : null
}
