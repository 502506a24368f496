import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The two files of a call. */
export type CallFiles = { schema: string; answer: string; remove: () => void }

/**
 * Writes the files of one call under names that nobody can guess, for the user's eyes alone: whoever could write the answer
 * file would answer in Codex's place. The answer file is there and empty, because a failed call may leave none.
 *
 * @param folder Made where it is missing; holds nothing but such files and `kept`.
 */
export function callFiles(folder: string, schema: unknown, kept: string[]): CallFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  sweep(folder, kept)
  const call = randomBytes(16).toString('hex')
  const files = { schema: join(folder, `${call}.schema.json`), answer: join(folder, `${call}.answer.json`) }
  const write = (file: string, text: string) => writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
  write(files.schema, JSON.stringify(schema))
  write(files.answer, '')
  return { ...files, remove: () => [files.schema, files.answer].forEach(file => void rmSync(file, { force: true })) }
}

/** Removes what calls that were killed left behind. An hour is longer than any call may take. */
function sweep(folder: string, kept: string[]): void {
  for (const name of readdirSync(folder).filter(one => !kept.includes(one))) {
    const found = statSync(join(folder, name), { throwIfNoEntry: false })
    if (found && Date.now() - found.mtimeMs > 3_600_000) rmSync(join(folder, name), { recursive: true, force: true })
  }
}
