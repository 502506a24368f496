import type { Repository } from '../../model/repository.ts'
import { runGit } from './git.ts'

/** A commit as git lists it. `time`: seconds since 1970 at which it was committed, as it says. */
export type ListedCommit = { id: string; parents: string[]; time: number; committer: string }

/** More than this is no session's work; whoever asks then knows nothing of where HEAD stands. */
const mostCommits = 50_000

// Grafts and a commit graph of somebody's own would tell another history than the commits themselves.
const asCommitted = { config: ['core.commitGraph=false'], env: { GIT_GRAFT_FILE: '/dev/null/none' } }

/** The commits that all refs stand on. */
export function allTips(repo: Repository): string[] {
  const format = '%(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)'
  const { stdout } = runGit(repo.root, ['for-each-ref', `--format=${format}`])
  return [...new Set(stdout.toString().split('\n').filter(Boolean))]
}

/** The commits that remote-tracking refs stand on. */
export function remoteTips(repo: Repository): string[] {
  const args = ['for-each-ref', '--format=%(objectname)', 'refs/remotes']
  return [...new Set(runGit(repo.root, args).stdout.toString().split('\n').filter(Boolean))]
}

/** Every commit that `heads` reach and none of `tips` does, parents first; null when there are too many to be told. */
export function commitsBeyond(repo: Repository, heads: string[], tips: string[]): ListedCommit[] | null {
  const format = '--format=%H %P%x09%ct%x09%ce'
  const { stdout } = list(repo, heads, tips, ['--topo-order', '--reverse', `--max-count=${mostCommits}`, format])
  const lines = stdout
    .toString()
    .split('\n')
    .filter(line => line.includes('\t'))
  if (lines.length >= mostCommits) return null
  return lines.map(line => {
    const [ids = '', time, committer = ''] = line.split('\t')
    const [id = '', ...parents] = ids.split(' ').filter(Boolean)
    return { id, parents, time: Number(time), committer }
  })
}

/** Of these, the ones that no remote-tracking ref reaches. */
export function notInRemotes(repo: Repository, heads: string[], tips: string[]): Set<string> {
  const { stdout } = list(repo, heads, tips, [], ['--not', '--remotes'])
  return new Set(stdout.toString().split('\n').filter(Boolean))
}

/** How many commits `head` reaches beyond `tips`, and the authors of the first thousand of them. */
export function authorsBeyond(repo: Repository, head: string, tips: string[]): { commits: number; by: string[] } {
  const commits = Number(list(repo, [head], tips, ['--count']).stdout)
  const { stdout } = list(repo, [head], tips, ['--format=%x09%an', '--max-count=1000'])
  const names = stdout
    .toString()
    .split('\n')
    .filter(line => line.startsWith('\t'))
  return { commits, by: [...new Set(names.map(name => name.slice(1)))] }
}

/** Short names of the refs that stand on a commit. */
export function refsAt(repo: Repository, commit: string): string[] {
  const args = ['for-each-ref', `--points-at=${commit}`, '--format=%(refname:short)', 'refs/heads', 'refs/remotes']
  return runGit(repo.root, args).stdout.toString().split('\n').filter(Boolean)
}

/** The authors of these commits, of the first thousand. */
export function authorsOf(repo: Repository, commits: string[]): string[] {
  const { stdout } = list(repo, commits.slice(0, 1000), [], ['--no-walk', '--format=%x09%an'])
  const lines = stdout.toString().split('\n')
  return [...new Set(lines.flatMap(line => (line.startsWith('\t') ? [line.slice(1)] : [])))]
}

/** Short names of the branches, of here and of remotes, that stand on one of these commits. */
export function refsOn(repo: Repository, commits: string[]): string[] {
  const args = ['for-each-ref', '--format=%(objectname) %(refname:short)', 'refs/heads', 'refs/remotes']
  const lines = runGit(repo.root, args).stdout.toString().split('\n').filter(Boolean)
  const wanted = new Set(commits)
  return lines.flatMap(line => {
    const [id = '', name = ''] = line.split(' ')
    return wanted.has(id) ? [name] : []
  })
}

/** The address that a commit made here would bear; null where git knows of none. */
export function committerHere(repo: Repository): string | null {
  const { status, stdout } = runGit(repo.root, ['var', 'GIT_COMMITTER_IDENT'], { accept: [0, 128] })
  return status === 0 ? (/<([^>]*)>/.exec(stdout.toString())?.[1] ?? null) : null
}

/** Tips that are gone are passed over: then more counts as made here. They go in by stdin, since there may be thousands. */
function list(repo: Repository, heads: string[], tips: string[], before: string[], after: string[] = []) {
  const input = [...heads, ...tips.map(tip => `^${tip}`)].map(line => `${line}\n`).join('')
  return runGit(repo.root, ['rev-list', ...before, '--ignore-missing', '--stdin', ...after], { ...asCommitted, input })
}
