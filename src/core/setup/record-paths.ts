import { baseDir, conflictsDir, recordsDir } from '../../model/paths.ts'
import type { Disk } from '../../model/setup/disk-file.ts'

export const basePath = (hash: string): string => `${baseDir}/${hash}`

/** A file as it was once written. Null where no base was kept, or what lies in its place is not what it is named by. */
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

/** What lies in our own directories under a name of ours; what else is there is somebody's. */
export const isRecord = (path: string): boolean =>
  path.startsWith(`${baseDir}/`) || (path.startsWith(`${conflictsDir}/`) && /\.(merged|theirs)$/.test(path))
