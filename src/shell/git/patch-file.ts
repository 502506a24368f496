import { readSync } from 'node:fs'
import type { ChangedBlob } from '../../model/changed-file.ts'
import type { Store } from '../../model/repository.ts'
import { changedFiles, writePatch } from './tree-diff.ts'

/** A changed file and where its part of the patch file lies, in bytes: from the first, up to but without the second. */
export type FilePatch = ChangedBlob & { from: number; to: number }

const header = Buffer.from('\ndiff --git ')
const chunkBytes = 1 << 20

/**
 * Writes the whole patch to an open file, however large, and says where each changed file's part of it lies.
 *
 * @throws {Error} The patch does not have the parts that the list of changed files says it has.
 */
export function patchByFile(store: Store, base: string, tree: string, fd: number): FilePatch[] {
  const files = changedFiles(store, base, tree)
  writePatch(store, base, tree, fd)
  const starts = partStarts(fd)
  // A changed type (a file that becomes a link) is a deletion and an addition under one name.
  const partsOf = (changed: ChangedBlob) => (changed.status === 'type-changed' ? 2 : 1)
  const expected = files.reduce((sum, changed) => sum + partsOf(changed), 0)
  if (starts.length - 1 !== expected)
    throw new Error(`the patch has ${starts.length - 1} parts for ${expected} changes`)
  let at = 0
  return files.map(changed => {
    const from = starts[at]!
    at += partsOf(changed)
    return { ...changed, from, to: starts[at]! }
  })
}

/** The text of one part of a patch file. */
export function readPart(fd: number, { from, to }: Pick<FilePatch, 'from' | 'to'>): string {
  const bytes = Buffer.alloc(to - from)
  return bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, from))
}

/**
 * The offsets at which a file's part begins, and the end of the patch. Text from the files themselves always follows one
 * of `+`, `-`, space and `\`, so that only a header looks like one.
 */
function partStarts(fd: number): number[] {
  const starts: number[] = []
  // The newline that the first header lacks, then each chunk with the end of the one before.
  let held: Buffer = Buffer.from('\n')
  let heldFrom = -1
  for (let end = 0; ; ) {
    const chunk = Buffer.alloc(chunkBytes)
    const size = readSync(fd, chunk, 0, chunkBytes, end)
    if (size === 0) return [...starts, end]
    end += size
    const bytes = Buffer.concat([held, chunk.subarray(0, size)])
    for (let at = bytes.indexOf(header); at >= 0; at = bytes.indexOf(header, at + 1)) starts.push(heldFrom + at + 1)
    held = bytes.subarray(Math.max(0, bytes.length - header.length + 1))
    heldFrom = end - held.length
  }
}
