import { basePath } from '../../core/setup/record-paths.ts'
import { describe, UserError } from '../../errors.ts'
import { manifestPath } from '../../model/paths.ts'
import type { DoctorFacts, OwnedFile } from '../../model/setup/doctor-facts.ts'
import { asWritten } from '../../shell/setup/as-written.ts'
import { readManifest } from '../../shell/setup/manifest-file.ts'
import { ownHookHash } from '../../shell/setup/own-hook.ts'
import { snapshot } from '../../shell/setup/snapshot.ts'
import { lostOriginals } from './lost-bases.ts'

/**
 * The managed files and whether they are as they were written; a problem where the manifest cannot be read, null where
 * there is none.
 */
export function manifestFacts(root: string, followLinks = false): DoctorFacts['manifest'] {
  try {
    const written = snapshot(root, [manifestPath], followLinks)[manifestPath]
    if (!written) return null
    const { version, files } = readManifest(manifestPath, written.text)
    const lost = lostOriginals({ root, followLinks })
    const owned = Object.entries(files).flatMap(([path, entry]) =>
      // What the user deleted, and was told about, is not expected.
      entry.class === 'owned' && entry.sha256 && !entry.deleted
        ? [{ ...ownedFile(root, version, path, entry.sha256, followLinks), original: originalState(lost(path, entry)) }]
        : [],
    )
    return { version, files: owned }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const newer = 'version' in error.facts ? error.facts.version : null
    const [leadsOutside, unmerged] = [error.code === 'leads-outside', error.code === 'manifest-unmerged']
    return { problem: firstSentence(error), newer, leadsOutside, unmerged }
  }
}

/** The gate is compared with the one this version ships: whoever replaces it can write its hash into the manifest too. */
function ownedFile(
  root: string,
  version: string,
  path: string,
  sha256: string,
  followLinks: boolean,
): Omit<OwnedFile, 'original'> {
  const shipped = (version === COUNTERSIGN_VERSION ? ownHookHash(path) : undefined) ?? sha256
  const restorable = asWritten(root, path, sha256, basePath(sha256)) !== null
  try {
    const disk = snapshot(root, [path], followLinks)[path]
    const state = !disk ? 'missing' : disk.hash === shipped ? 'as written' : 'edited'
    return { path, state, problem: null, restorable }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { path, state: null, problem: firstSentence(error), restorable: false }
  }
}

const originalState = (lost: { text: string | null } | null): OwnedFile['original'] =>
  lost === null ? 'kept' : lost.text === null ? 'lost' : 'restorable'

const firstSentence = (error: UserError): string => describe(error).message.split('. ')[0]!
