import { type Sentence, sentences } from './errors/sentences.ts'
import type { ErrorCode, FactsOf } from './model/error-facts.ts'

/** A failure the user can do something about. Throwing it takes only facts; errors/sentences.ts has the words. */
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

/** By name: the two files of the command line each hold a copy of the class. */
const isUserError = (error: unknown): error is UserError => error instanceof Error && error.name === 'UserError'

/** What `shell/git/git.ts` throws, from whatever command needed git. */
type GitFailure = Error & { stderr: string; cause?: { code?: string } }
const isGitError = (error: unknown): error is GitFailure => error instanceof Error && error.name === 'GitError'

function gitFault({ stderr, message, cause }: GitFailure): UserError {
  if (cause?.code === 'ENOENT') return new UserError('git-missing', {})
  return new UserError('git-failed', { detail: stderr.trim() || message })
}

const refusals: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
}

/** What the system did not allow Countersign to do with a file, wherever that was; null for anything else. */
function refusal(thrown: unknown): UserError | null {
  const { code = '', path, syscall = 'spawn' } = thrown instanceof Error ? (thrown as NodeJS.ErrnoException) : {}
  const reason = refusals[code]
  return reason && path && !syscall.startsWith('spawn') ? new UserError('not-permitted', { path, reason }) : null
}

/**
 * What the user reads, and the exit code. Anything but a UserError or a failing git is a bug of Countersign's and says so;
 * `linkFor` says where to report it.
 */
export function describe(
  thrown: unknown,
  linkFor?: (bug: unknown) => string,
): { code: string; message: string; exitCode: number; facts: object } {
  const error = isGitError(thrown) ? gitFault(thrown) : (refusal(thrown) ?? thrown)
  if (isUserError(error)) {
    const { exit, text } = sentences[error.code as ErrorCode] as Sentence<ErrorCode>
    return { code: error.code, message: text(error.facts), exitCode: exit, facts: error.facts }
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const link = linkFor?.(error)
  const how = link ? ` Please report it. This link contains nothing from your repository:\n  ${link}\n` : ''
  const message = `This is a bug in Countersign, not in your repository.${how}\n${stack}`
  return { code: 'bug', message, exitCode: 70, facts: {} }
}
