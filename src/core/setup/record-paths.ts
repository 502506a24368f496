import { baseDir, conflictsDir, recordsDir } from '../../model/paths.ts'
import type { Disk } from '../../model/setup/disk-file.ts'

export const basePath = (hash: string): string => `${baseDir}/${hash}`

/** A file as it was once written. Null where no base was kept, or the base does not have the hash it is named by. */
export function baseText(disk: Disk, sha256: string | null): string | null {
  const base = sha256 === null ? undefined : disk[basePath(sha256)]
  return base?.hash === sha256 ? base.text : null
}

export const isInRecords = (path: string): boolean => path.startsWith(`${recordsDir}/`)

/** The files beside which a conflict is laid out. */
export const sidecars = (path: string): { merged: string; theirs: string } => ({
  merged: `${conflictsDir}/${path}.merged`,
  theirs: `${conflictsDir}/${path}.theirs`,
})

/** Files that Countersign itself writes below its own directories; anything else there is the user's. */
export const isRecord = (path: string): boolean =>
  path.startsWith(`${baseDir}/`) || (path.startsWith(`${conflictsDir}/`) && /\.(merged|theirs)$/.test(path))
