import { GitError, runGit } from './git.ts'

/** A file as the last commit has it; null where that has none, or there is no commit or no git to say so. */
export function committedText(root: string, path: string): string | null {
  try {
    const { status, stdout } = runGit(root, ['show', `HEAD:./${path}`], { accept: [0, 128] })
    return status === 0 ? stdout.toString() : null
  } catch (error) {
    if (error instanceof GitError) return null
    throw error
  }
}
