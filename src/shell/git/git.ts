import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Repository } from '../../model/repository.ts'

/** A git process that did not do what it was asked to, or that could not be started (`status` null). */
export class GitError extends Error {
  override name = 'GitError'
  readonly status: number | null
  readonly stderr: string

  constructor(args: string[], status: number | null, stderr: string, cause?: unknown) {
    super(`git ${args.find(arg => /^[a-z]/.test(arg))} failed: ${stderr.trim() || (cause ?? `exit ${status}`)}`, {
      cause,
    })
    this.status = status
    this.stderr = stderr
  }
}

type Options = {
  /** `name=value` settings for this run alone; they win over all of the user's. */
  config?: string[]
  /** Added to the cleaned environment. */
  env?: NodeJS.ProcessEnv
  input?: string | Buffer
  /** Goes straight to this file descriptor instead of into memory. */
  stdoutFd?: number
  /** Bytes of stdout after which git is stopped, and `overflowed` is true. Default: no bound. */
  maxBytes?: number
  /** Nothing it says is kept, not even why it failed: without pipes git costs Node a tenth of its own start less. */
  quiet?: boolean
  /** Exit codes that are answers rather than failures. Default: 0 alone. */
  accept?: number[]
}

export type GitResult = { status: number; stdout: Buffer; overflowed: boolean }

/**
 * Runs git in `cwd` without a shell; `args[0]` is the git command.
 *
 * @throws {GitError} Git is missing, was killed, or ended with a code that is not in `accept`.
 */
export function runGit(cwd: string, args: string[], options: Options = {}): GitResult {
  // Not imported above: an event that needs no git does not pay for loading child_process.
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const { config = [], input, stdoutFd, quiet = false, maxBytes = Number.POSITIVE_INFINITY, accept = [0] } = options
  const { status, signal, stdout, stderr, error } = spawnSync(
    'git',
    [...[...startsNothing, ...showsAll, ...config].flatMap(setting => ['-c', setting]), ...args],
    {
      cwd,
      env: { ...ownEnvironment(), ...options.env },
      input,
      stdio: quiet ? 'ignore' : [input === undefined ? 'ignore' : 'pipe', stdoutFd ?? 'pipe', 'pipe'],
      maxBuffer: maxBytes,
      timeout: longestMs,
      killSignal: 'SIGKILL',
      windowsHide: true,
    },
  )
  const overflowed = (error as NodeJS.ErrnoException | undefined)?.code === 'ENOBUFS'
  if (!overflowed && (error || status === null || !accept.includes(status))) {
    const cause = error ?? (signal ? `killed by ${signal}` : `exit ${status}`)
    throw new GitError(args, status, String(stderr ?? ''), cause)
  }
  return { status: status ?? 0, stdout: stdout ?? Buffer.alloc(0), overflowed }
}

/**
 * What `.git/config` names is started by whoever only looks at the repository: even `diff-tree` asks the file system monitor.
 * @see https://git-scm.com/docs/git-config#Documentation/git-config.txt-corefsmonitor
 */
const startsNothing = ['core.fsmonitor=false', 'core.hooksPath=/dev/null']

/** What would make a text look like a binary file, a path like another one, or a change like none. */
const showsAll = [
  'core.bigFileThreshold=512m',
  'core.quotePath=false',
  'diff.ignoreSubmodules=none',
  'diff.suppressBlankEmpty=false',
  'status.showUntrackedFiles=all',
]

/** The first look at a very large repository takes seconds; a git that waits for something takes for ever. */
const longestMs = 300_000

/** Where git's programs and its configuration files are; `seeingHashes` watches these. */
const keptVariables = /^GIT_(CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)|EXEC_PATH|DISCOVERY_ACROSS_FILESYSTEM|TRACE.*)$/

/**
 * The environment of every git process of ours, without what says *which* repository, index or paths are meant, which is how a
 * git hook that started Claude speaks to its own git commands (`GIT_DIR`, `GIT_INDEX_FILE`, …), and without settings that
 * stand in no file (`GIT_CONFIG_COUNT`, `GIT_LITERAL_PATHSPECS`, …). Ours go by the directory alone.
 * @see https://git-scm.com/docs/githooks#_description
 */
function ownEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') || keptVariables.test(name))
  const own = { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_REPLACE_OBJECTS: '1' }
  return { ...Object.fromEntries(kept), ...trust(process.env), ...own }
}

/** A container says by variables whose repositories are trusted; that bends nothing that git sees. */
function trust(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const count = Math.min(Number(env.GIT_CONFIG_COUNT) || 0, 100)
  const said = Array.from({ length: count }, (_, at) => [env[`GIT_CONFIG_KEY_${at}`], env[`GIT_CONFIG_VALUE_${at}`]])
  const trusted = said.filter(([key]) => key?.toLowerCase() === 'safe.directory')
  const pairs = trusted.flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${at}`, key],
    [`GIT_CONFIG_VALUE_${at}`, value ?? ''],
  ])
  return trusted.length > 0 ? { GIT_CONFIG_COUNT: String(trusted.length), ...Object.fromEntries(pairs) } : {}
}

/**
 * The working tree that holds `startDir`, or null where there is none (no repository, a bare one, inside `.git`).
 * Starts no process when `startDir` is the root of an ordinary clone.
 *
 * @throws {GitError} There may be a repository, but git is missing or refuses it (another owner, an unreadable config).
 */
export function locate(startDir: string): Repository | null {
  if (!existsSync(startDir)) return null
  const dir = realpathSync.native(startDir)
  const gitDir = join(dir, '.git')
  if (isOrdinary(gitDir)) return { root: dir, gitDir, commonDir: gitDir }
  const args = ['rev-parse', '--show-toplevel', '--absolute-git-dir', '--git-common-dir']
  try {
    const { stdout } = runGit(dir, args, { env: { LC_ALL: 'C' } })
    const lines = stdout.toString().split('\n')
    const [root = '', absoluteGitDir = '', commonDir = ''] = lines.map(line => resolve(dir, line))
    // A working tree that does not lead back to its repository is none that git can be started in.
    return existsSync(join(root, '.git')) && isBelow(root, dir) ? { root, gitDir: absoluteGitDir, commonDir } : null
  } catch (error) {
    const nowhere = /not a git repository|must be run in a work tree/
    if (error instanceof GitError && nowhere.test(error.stderr)) return null
    throw error
  }
}

const isBelow = (root: string, dir: string): boolean => !/^\.\.(?:[\\/]|$)/.test(relative(root, dir))

/** Whether there is a repository all the same where `locate` finds no working tree: a bare one, or the inside of `.git`. */
export const isInRepository = (dir: string): boolean =>
  existsSync(dir) && runGit(dir, ['rev-parse', '--git-dir'], { accept: [0, 128] }).status === 0

/** Whether git would take `gitDir` for a repository whose working tree is the directory above it. */
function isOrdinary(gitDir: string): boolean {
  if (!statSync(gitDir, { throwIfNoEntry: false })?.isDirectory() || !existsSync(join(gitDir, 'HEAD'))) return false
  try {
    return !/worktree|bare\s*=\s*true/i.test(readFileSync(join(gitDir, 'config'), 'utf8'))
  } catch {
    return false
  }
}
