import { UserError } from '../../errors.ts'

/** What the file system refuses, in the user's terms. */
export function refusedBySystem(path: string, cause: unknown): UserError {
  const { code = '' } = cause as NodeJS.ErrnoException
  const kind = code === 'EACCES' || code === 'EPERM' ? 'not-permitted' : 'not-writable'
  return new UserError(kind, { path, reason: reasonOf(cause) }, { cause })
}

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EIO: 'input/output error',
}

export function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  return reasons[code] ?? (code || message)
}
