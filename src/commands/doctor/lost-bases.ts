import { basePath } from '../../core/setup/record-paths.ts'
import { bare } from '../../core/text/line-ends.ts'
import { detect } from '../../detect/index.ts'
import type { ManifestEntry } from '../../model/setup/manifest.ts'
import type { WantedFile } from '../../model/setup/setup-file.ts'
import { repoView } from '../../shell/git/repo-view.ts'
import { asWritten } from '../../shell/setup/as-written.ts'
import { ownRelease } from '../setup/own-release.ts'
import type { Reading } from '../setup/site.ts'

type Entry = Pick<ManifestEntry, 'sha256' | 'noBase'>

/**
 * Looks for stored originals that are missing or damaged: somebody deleted them, or git merged them.
 *
 * @returns For a file and its entry null when its original is kept, or none is to be; otherwise where it belongs, and its
 *   text, when the file itself or this version still has it.
 */
export function lostOriginals(
  setup: Reading,
): (path: string, entry: Entry) => { base: string; text: string | null } | null {
  let own: Map<string, string> | undefined
  return (path, { sha256, noBase }) => {
    if (sha256 === null || noBase) return null
    const base = basePath(sha256)
    if (asWritten(setup.root, path, sha256, base) !== null) return null
    const asItIs = asWritten(setup.root, path, sha256, path)
    if (asItIs !== null) return { base, text: bare(asItIs) }
    own ??= ownTexts(setup)
    return { base, text: own.get(sha256) ?? null }
  }
}

/** What this version writes here, by hash. */
function ownTexts(setup: Reading): Map<string, string> {
  const { files } = ownRelease(setup, detect(repoView(setup.root)))
  const contents = files.flatMap((file: WantedFile) => (file.prefixed ? [file, file.prefixed] : [file]))
  return new Map(contents.map(({ hash, text }) => [hash, text]))
}
