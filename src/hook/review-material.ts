import { once } from 'node:events'
import { createReadStream, createWriteStream, renameSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import type { Run } from '../core/ledger/state.ts'
import { spelledOut } from '../core/text/plain-text.ts'
import { isSecretFile, lineMasker } from '../core/text/secrets.ts'
import type { Store } from '../model/repository.ts'
import { type FilePatch, patchByFile, readPart } from '../shell/git/patch-file.ts'

/** Bytes of diff that one prompt holds; about a quarter of what Codex's models take. */
export const promptBytes = 200_000

/** The change, file by file, as far as it may be sent. `bytes` is what a file takes in a prompt, its line in the list included. */
export type Change = { files: (FilePatch & { bytes: number })[]; leftOut: string[]; file: string }

/** Writes down what has changed between the run's two trees. Files that hold secrets by their names are left out. */
export function changeOf(run: Run, scope: Store): Change {
  const file = join(scope.stateDir, `change.${process.pid}.patch`)
  const all = patchByFile(scope, run.base.tree, run.tree, file)
  const sent = all.filter(({ path }) => !isSecretFile(path))
  return {
    files: sent.map(one => ({ ...one, bytes: one.to - one.from + Buffer.byteLength(one.path) + 40 })),
    leftOut: all.filter(({ path }) => isSecretFile(path)).map(({ path }) => path),
    file,
  }
}

/**
 * The diff of these files as the reviewer gets it: secrets masked, hidden signs spelled out. One file that does not fit
 * goes into a file of its own at `patchFile` instead, and the diff is null.
 */
export async function shownDiff({ file }: Change, files: Change['files'], patchFile: string): Promise<string | null> {
  const [only] = files
  if (files.length === 1 && only && only.bytes > promptBytes) {
    await copyShown(file, only, patchFile)
    return null
  }
  const mask = lineMasker()
  const text = files.map(one => readPart(file, one)).join('')
  return text
    .split('\n')
    .map(line => spelledOut(mask(line)))
    .join('\n')
    .trimEnd()
}

/** The same line by line, for a diff that should not be held. */
async function copyShown(file: string, { from, to }: FilePatch, target: string): Promise<void> {
  const draft = `${target}.${process.pid}`
  const out = createWriteStream(draft)
  const mask = lineMasker()
  for await (const line of createInterface({ input: createReadStream(file, { start: from, end: to - 1 }) }))
    if (!out.write(`${spelledOut(mask(line))}\n`)) await once(out, 'drain')
  out.end()
  await finished(out)
  renameSync(draft, target)
}
