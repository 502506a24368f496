import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runGit } from './git.ts'

/** Git answers with the number of conflicts, at most this. */
const mostConflicts = 127
const begin = '<<<<<<< yours'

/**
 * Merges three texts line by line; all three need LF line ends, or every line would differ.
 *
 * @param label What the markers call the new version.
 * @returns The merged text, with markers where both changed the same lines, and the 1-based lines these begin on.
 * @throws {GitError} Git is missing, or takes one of the texts for binary.
 */
export function mergeFile(
  label: string,
  base: string,
  mine: string,
  theirs: string,
): { text: string; lines: number[] } {
  const dir = mkdtempSync(join(tmpdir(), 'countersign-merge-'))
  try {
    for (const [name, text] of Object.entries({ base, mine, theirs })) writeFileSync(join(dir, name), text)
    const args = ['merge-file', '-p', '-L', 'yours', '-L', 'base', '-L', label, 'mine', 'base', 'theirs']
    const accept = Array.from({ length: mostConflicts + 1 }, (_, count) => count)
    const { status, stdout } = runGit(dir, args, { accept })
    const text = stdout.toString()
    const lines = text.split('\n').flatMap((line, index) => (line === begin ? [index + 1] : []))
    return { text, lines: status === 0 ? [] : lines }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
