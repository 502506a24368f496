import { baseDir, conflictsDir, manifestPath } from '../../model/paths.ts'
import type { Disk } from '../../model/setup/disk-file.ts'
import type { Manifest } from '../../model/setup/manifest.ts'
import { mergeFile } from '../../shell/git/merge-file.ts'
import { laidOutMerges } from '../../shell/setup/laid-out-merges.ts'
import { readManifest } from '../../shell/setup/manifest-file.ts'
import { filesBelow, snapshot } from '../../shell/setup/snapshot.ts'
import type { Reading, Site } from './site.ts'

/** The manifest of this working tree, or null where there is no setup. */
export function manifestOf({ root, followLinks }: Reading, command: string): Manifest | null {
  const written = snapshot(root, [manifestPath], followLinks)[manifestPath]
  return written ? readManifest(manifestPath, written.text, command) : null
}

/** Reads files, and with them all bases and sidecars. */
export const diskOf = (site: Reading, paths: string[]): Disk =>
  snapshot(site.root, withRecords(site, paths), site.followLinks)

/** These paths, and those of all bases and sidecars. */
export const withRecords = ({ root, followLinks }: Reading, paths: string[]): string[] => [
  ...new Set([...paths, ...[baseDir, conflictsDir].flatMap(dir => filesBelow(root, dir, followLinks))]),
]

/** How files are merged here, and which merges were laid out. `version` is what markers name. */
export const mergingIn = ({ stateDir }: Pick<Site, 'stateDir'>, version: string) => ({
  merge: mergeFile.bind(null, `Countersign ${version}`),
  laidOutHashes: laidOutMerges(stateDir),
})
