import { realpathSync } from 'node:fs'
import { quoted } from '../../errors/sentences.ts'

/** Writes a result to stdout: one JSON document, or text. */
export function print(result: unknown): void {
  process.stdout.write(typeof result === 'string' ? `${result}\n` : `${JSON.stringify(result)}\n`)
}

/** `git` as it has to be called for paths from that root, wherever the user stands. */
export const gitAt = (root: string): string =>
  realpathSync.native(process.cwd()) === root ? 'git' : `git -C ${quoted(root)}`
