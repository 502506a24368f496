import { readFileSync } from 'node:fs'
import { fullHookPath, hookPath } from '../model/paths.ts'
import { contentHash } from '../shell/files/content-hash.ts'
import type * as fullAnswer from './full-answer.ts'

/** What the second file of the hook exports. */
export type FullAnswer = typeof fullAnswer

/** Of the second file; the build puts it in. */
const fullHash: string = COUNTERSIGN_FULL_HASH

/**
 * Loads the second file of the hook, which lies beside the first, if the two were built together: each has the hash of the
 * other, the second that of the first without the hash in it.
 *
 * The check notices a setup that was upgraded by half, a merge that took one file from each side, and an edit. It is no
 * protection from somebody who can write both files.
 *
 * @param first The first file, absolute.
 * @returns `problem`: what is wrong with the two, as a clause.
 */
export function loadFullAnswer(first: string): FullAnswer | { problem: string } {
  const second = first.replace(/\.cjs$/, '-full.cjs')
  const bytes = bytesOf(second)
  if ('problem' in bytes) return { problem: `${fullHookPath} ${bytes.problem}` }
  if (!isSecond(bytes)) return { problem: `${fullHookPath} is not the file that ${hookPath} was built with` }
  const full: FullAnswer = require(second)
  const own = readFileSync(first, 'utf8').replaceAll(fullHash, '')
  if (contentHash(own) !== full.quickHash)
    return { problem: `${hookPath} is not the file that ${fullHookPath} was built with` }
  return full
}

/** The bytes are as they were built, unless git or an editor gave them other line ends. */
const isSecond = (bytes: Buffer): boolean => sha256(bytes) === fullHash || contentHash(bytes.toString()) === fullHash

const sha256 = (bytes: Buffer): string =>
  process.getBuiltinModule('node:crypto').createHash('sha256').update(bytes).digest('hex')

function bytesOf(file: string): Buffer | { problem: string } {
  try {
    return readFileSync(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return { problem: code === 'ENOENT' ? 'is missing' : `cannot be read (${code})` }
  }
}
