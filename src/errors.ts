import { bugReportUrl, kindOf, type Running } from './bug-report.ts'
import type { FactsOf } from './model/error-facts.ts'
import { hookPattern } from './model/paths.ts'
import { settingsFaults } from './model/setup/settings-faults.ts'

export type ErrorCode = keyof FactsOf

/** A failure the user can do something about. The words are in `describe`; throwing it takes only facts. */
export class UserError<Code extends ErrorCode = ErrorCode> extends Error {
  override name = 'UserError'
  readonly code: Code
  readonly facts: FactsOf[Code]

  constructor(code: Code, facts: FactsOf[Code], options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.facts = facts
  }
}

type Sentence<Code extends ErrorCode> = { exit: number; text: (facts: FactsOf[Code]) => string }

const sentences: { [Code in ErrorCode]: Sentence<Code> } = {
  usage: { exit: 64, text: ({ problem, hint }) => `${problem}\n${hint}` },
  'git-missing': {
    exit: 69,
    text: () => 'Git is needed and was not found on PATH. Install it, then run this again.',
  },
  'git-failed': { exit: 69, text: ({ detail }) => `Git does not answer for this directory: ${detail}` },
  'no-directory': { exit: 64, text: ({ cwd }) => `There is no directory ${cwd}.` },
  'no-repository': {
    exit: 64,
    text: ({ cwd }) =>
      `${cwd} is not in a git repository, and the gate tells by git what has changed. Run this first:\n  git init`,
  },
  'no-worktree': {
    exit: 64,
    text: ({ cwd }) =>
      `${cwd} belongs to a git repository and to none of its working trees. Start this in one of them:\n  git worktree list`,
  },
  'gate-taken': {
    exit: 73,
    text: ({ path }) =>
      `${path} is a file of yours, and the gate can lie nowhere else. Nothing was written. Move yours, then run this again.`,
  },
  'left-out': {
    exit: 73,
    text: ({ paths }) =>
      `A sparse checkout leaves out what would change:\n${listed(paths)}\nNothing was written. Bring it in, then run this again:\n  git sparse-checkout add ${[...new Set(paths.map(path => path.replace(/\/[^/]*$/, '')))].map(quoted).join(' ')}`,
  },
  'not-the-root': {
    exit: 64,
    text: ({ cwd, root }) =>
      `${cwd} lies inside ${root}. Claude Code reads hooks only from the directory it is started in, so the setup belongs there:\n  npx countersign init --cwd ${quoted(root)}\nTo set up ${cwd} alone:\n  npx countersign init --here`,
  },
  'confirmation-needed': {
    exit: 64,
    text: ({ files }) =>
      `Nothing was written: there is no terminal to ask at. To write ${files === 1 ? 'this file' : `these ${files} files`}, run it again with --yes.`,
  },
  'settings-unreadable': {
    exit: 65,
    text: ({ file, line, column, what }) =>
      `${file}:${line}:${column}: ${settingsFaults[what] ?? 'this is not valid JSON'}. Nothing was written; mend that place and run this again.`,
  },
  'manifest-unreadable': {
    exit: 65,
    text: ({ file, problem }) =>
      `${file} cannot be read: ${problem}. Nothing was written. Bring back the committed version:\n  git checkout -- ${file}`,
  },
  'manifest-unmerged': {
    exit: 65,
    text: ({ file, line }) =>
      `${file}:${line}: git has left a merge to you here. Nothing was written. Settle the marks in all other files, then take the records and the gate of one side, and bring them to this version:\n  ${oneSide}\n  npx countersign upgrade\n  git add .claude\nWhere the marks are committed already, HEAD^ has what was there before.`,
  },
  'manifest-newer': {
    exit: 78,
    text: ({ file, version, command }) =>
      `${file} was written by the newer Countersign ${version}. Nothing was written. Use that version:\n  npx countersign@${version} ${command}`,
  },
  'setup-newer': {
    exit: 78,
    text: ({ version, own, command }) =>
      `This setup is from Countersign ${version}, and this is the older ${own}: nothing was written. Use that version:\n  npx countersign@${version} ${command}`,
  },
  'config-unreadable': {
    exit: 65,
    text: ({ file, line, column, problem }) =>
      `${file}:${line}:${column}: ${problem}. Nothing was written; mend that place and run this again.`,
  },
  'no-setup': {
    exit: 64,
    text: ({ command }) =>
      `Countersign is not set up here, so there is nothing to ${command}. Set it up:\n  npx countersign init`,
  },
  locked: {
    exit: 75,
    text: ({ pid, seconds }) =>
      `Process ${pid} has been changing this setup for ${seconds} s. Nothing was written; run this again when it is done.`,
  },
  'not-ours': {
    exit: 64,
    text: ({ path, paths }) => `${path} is no file of the setup. These are:\n${listed(paths)}`,
  },
  'not-deleted': {
    exit: 64,
    text: ({ path }) => `${path} is there, and restoring it would lose what it holds. Move it away first.`,
  },
  'no-conflict': {
    exit: 64,
    text: ({ path, conflicts }) =>
      conflicts.length > 0
        ? `${path} has no conflict to end. These have:\n${listed(conflicts)}`
        : `${path} has no conflict to end, and no other file has one.`,
  },
  'conflict-stale': {
    exit: 65,
    text: ({ path }) =>
      `What .claude/countersign/conflicts holds for ${path} is not what the upgrade wrote. Have it written anew:\n  npx countersign upgrade`,
  },
  'no-merge': {
    exit: 64,
    text: ({ path }) => `There is no merge of ${path}: only --mine and --theirs can end this conflict.`,
  },
  'markers-left': {
    exit: 65,
    text: ({ file, line }) =>
      `${file}:${line}: a conflict is still marked here. Edit the merge until no marker is left, then run this again.`,
  },
  'edit-missing': {
    exit: 65,
    text: ({ path, line, merged, git }) =>
      `${path}:${line}: this is not in the merge, and would be lost. Nothing was written. Bring it into ${merged}, or take it out here; they differ in:\n  ${git} diff --no-index ${quoted(path)} ${quoted(merged)}\nThen:\n  npx countersign resolve ${quoted(path)} --merged`,
  },
  'leads-outside': {
    exit: 73,
    text: ({ path, target }) =>
      `${path} leads out of the repository, to ${target}. Nothing was written: files there are not this repository's.${
        path === target
          ? ''
          : ' To follow it all the same, say so: init, upgrade, resolve, uninstall and doctor have --follow-symlinks.'
      }`,
  },
  'in-the-way': {
    exit: 73,
    text: ({ path, is }) => `${path} has to be written, but ${is} is in the way. Nothing was written.`,
  },
  'not-permitted': { exit: 77, text: outOfReach },
  'not-writable': { exit: 73, text: outOfReach },
  'write-failed': {
    exit: 73,
    text: ({ path, reason, written }) =>
      written === 0
        ? `${path} could not be written (${reason}). Nothing was written.`
        : `${path} could not be written (${reason}). ${written === 1 ? '1 file is' : `${written} files are`} in place, each whole; once there is room, the next command finishes the rest:\n  npx countersign status`,
  },
  'changed-meanwhile': {
    exit: 75,
    text: ({ path }) =>
      `${path} was changed by another program in the meantime, and its bytes stay. Run this again to finish.`,
  },
  'nothing-to-choose': {
    exit: 1,
    text: ({ why }) => `Nothing chosen: ${why}. Where the cycle stands:\n  npx countersign status`,
  },
  'pick-refused': {
    exit: 64,
    text: ({ problem, ids, command }) =>
      `Nothing chosen: ${problem}. To choose from: ${ids.join(', ')}. For example:\n  npx countersign ${command.replace('F1', ids[0] ?? 'F1')}`,
  },
  'not-the-user': {
    exit: 77,
    text: ({ command }) =>
      `“${command}” is the user's to say, and this was started by Claude Code. Type it yourself, in a terminal of your own.`,
  },
  'program-missing': {
    exit: 69,
    text: ({ program, package: name }) =>
      `There is no \`${program}\` on PATH. Install it, then run this again:\n  npm install --global ${name}`,
  },
  'models-managed': {
    exit: 77,
    text: ({ file, keys }) =>
      `Nothing was rehearsed: ${file} decides for every session which model is asked (${keys.join(', ')}), so that tokens would be spent.`,
  },
  interrupted: { exit: 130, text: () => 'Nothing was written.' },
}

function outOfReach({ path, reason }: { path: string; reason: string }): string {
  return `${path} cannot be read or written (${reason}). Nothing was written.`
}

/**
 * Not the whole directory: the team's decisions are in there, and both sides' count. Git reads the pattern, not the shell:
 * one side may lack a file of the hook.
 */
const oneSide = `git checkout HEAD -- .claude/countersign/manifest.json .claude/countersign/base "${hookPattern}"`

const listed = (paths: string[]): string => paths.map(path => `  ${path}`).join('\n')

/** As a shell takes it. Double quotes serve every shell, but let most of them read `$` and the like. */
export function quoted(path: string): string {
  if (/[$`"!]/.test(path)) return `'${path.replaceAll("'", "'\\''")}'`
  return /[^\w./:\\-]/.test(path) ? `"${path}"` : path
}

/** By name: the two files of the command line each hold a copy of the class. */
const isUserError = (error: unknown): error is UserError => error instanceof Error && error.name === 'UserError'

/** What `shell/git.ts` throws, from whatever command needed git. */
type GitFailure = Error & { stderr: string; cause?: { code?: string } }
const isGitError = (error: unknown): error is GitFailure => error instanceof Error && error.name === 'GitError'

function gitProblem({ stderr, message, cause }: GitFailure): UserError {
  if (cause?.code === 'ENOENT') return new UserError('git-missing', {})
  return new UserError('git-failed', { detail: stderr.trim() || message })
}

/**
 * What the user reads, and the exit code. Anything but a UserError or a failing git is our bug and says so; with `running`,
 * it says where to report it.
 */
export function describe(
  thrown: unknown,
  running?: Running,
): { code: string; message: string; exitCode: number; facts: object } {
  const error = isGitError(thrown) ? gitProblem(thrown) : thrown
  if (isUserError(error)) {
    const { exit, text } = sentences[error.code as ErrorCode] as Sentence<ErrorCode>
    return { code: error.code, message: text(error.facts), exitCode: exit, facts: error.facts }
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const link = running && bugReportUrl({ ...running, summary: kindOf(error) })
  const how = link ? ` Please report it. This link contains nothing from your repository:\n  ${link}\n` : ''
  const message = `This is a bug in Countersign, not in your repository.${how}\n${stack}`
  return { code: 'bug', message, exitCode: 70, facts: {} }
}
