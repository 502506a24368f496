import { once } from 'node:events'
import { createReadStream, createWriteStream, renameSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import type { Run } from '../../core/ledger/state.ts'
import { generatedOf } from '../../core/review/generated-files.ts'
import { spelledOut } from '../../core/text/plain-text.ts'
import { isSecretFile, lineMasker } from '../../core/text/secrets.ts'
import type { Scope, Store } from '../../model/repository.ts'
import { type NamelessFile, namelessFile } from '../../shell/files/nameless-file.ts'
import { type FilePatch, patchByFile, readPart } from '../../shell/git/patch-file.ts'
import { attributesNaming, treeReader } from '../../shell/git/tree-reader.ts'

/** Bytes of diff that one prompt holds; about a quarter of what Codex's models take. */
export const promptBytes = 200_000

/** The change, file by file, as far as it may be sent. `bytes` is what a file takes in a prompt, its line in the list included. */
export type Change = { files: (FilePatch & { bytes: number })[]; leftOut: string[]; patch: NamelessFile }

/**
 * Writes down what has changed between the run's two trees. Files that hold secrets by their names are left out. The patch
 * is as git gives it, secrets and all, and is to be closed.
 */
export function changeOf(run: Run, scope: Store): Change {
  const patch = namelessFile(scope.stateDir, `change.${process.pid}.patch`)
  try {
    return { ...whatChanged(run, scope, patch.fd), patch }
  } catch (error) {
    patch.close()
    throw error
  }
}

function whatChanged(run: Run, scope: Store, fd: number): Omit<Change, 'patch'> {
  const all = patchByFile(scope, run.base.tree, run.tree, fd)
  const sent = all.filter(({ path }) => !isSecretFile(path))
  return {
    files: sent.map(one => ({ ...one, bytes: one.to - one.from + Buffer.byteLength(one.path) + 40 })),
    leftOut: all.filter(({ path }) => isSecretFile(path)).map(({ path }) => path),
  }
}

/** Whether the diff of these files is put into a file of its own, which has to be opened to be read. */
export const isTooLarge = ([only, ...others]: Change['files']): boolean =>
  only !== undefined && others.length === 0 && only.bytes > promptBytes

/** Changed files that the tree where the change began marks as generated: a change must not say so of itself. */
export function generatedIn({ files }: Change, run: Run, scope: Scope): Set<string> {
  const base = treeReader(scope, run.base)
  const attributes = attributesNaming(scope, run.base.tree, 'linguist-generated', base.read)
  return generatedOf(
    files.map(({ path }) => path),
    attributes,
  )
}

/**
 * The diff of these files as the reviewer gets it: secrets masked, hidden signs spelled out. One file that does not fit
 * goes into a file of its own at `patchFile` instead, and the diff is null.
 */
export async function shownDiff(
  { patch: { fd } }: Change,
  files: Change['files'],
  patchFile: string,
): Promise<string | null> {
  if (isTooLarge(files)) {
    await copyShown(fd, files[0]!, patchFile)
    return null
  }
  const mask = lineMasker()
  const text = files.map(one => readPart(fd, one)).join('')
  return text
    .split('\n')
    .map(line => spelledOut(mask(line)))
    .join('\n')
    .trimEnd()
}

/** The same line by line, for a diff that should not be held. */
async function copyShown(fd: number, { from, to }: FilePatch, target: string): Promise<void> {
  const draft = `${target}.${process.pid}`
  const out = createWriteStream(draft, { mode: 0o600 })
  const mask = lineMasker()
  const input = createReadStream('', { fd, autoClose: false, start: from, end: to - 1 })
  for await (const line of createInterface({ input }))
    if (!out.write(`${spelledOut(mask(line))}\n`)) await once(out, 'drain')
  out.end()
  await finished(out)
  renameSync(draft, target)
}
