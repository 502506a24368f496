import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckResult } from '../../core/doctor/index.ts'
import { basePath } from '../../core/setup/record-paths.ts'
import { freshSettings, insertHooks, removeHooks } from '../../core/setup/settings/settings.ts'
import { UserError } from '../../errors.ts'
import { lockName, manifestPath, settingsPath } from '../../model/paths.ts'
import type { DoctorFacts } from '../../model/setup/doctor-facts.ts'
import type { Manifest } from '../../model/setup/manifest.ts'
import { applyWrites } from '../../shell/setup/apply-writes.ts'
import { asWritten } from '../../shell/setup/as-written.ts'
import { readManifest } from '../../shell/setup/manifest-file.ts'
import { withSetupLock } from '../../shell/setup/setup-lock.ts'
import { snapshot } from '../../shell/setup/snapshot.ts'
import { heal } from '../setup/heal.ts'
import { openSetup } from '../shared/open-setup.ts'
import { lostOriginals } from './lost-bases.ts'

/** The checks whose fix is in Countersign's own entries in settings.json. */
const entryChecks = ['hooks.registered', 'hooks.once', 'hooks.timeouts', 'hooks.form']

/**
 * Restores what belongs to Countersign: hook entries, missing files, stored originals, and a lock whose process is dead.
 * Nothing else is touched, and without a manifest nothing at all: then `init` is needed.
 *
 * @returns What was restored, as paths from the root.
 * @throws {UserError} Before anything is written, when settings.json cannot be read or a place cannot be written.
 */
export async function restoreOwn(
  { root, manifest, lock }: DoctorFacts,
  results: CheckResult[],
  followLinks = false,
): Promise<string[]> {
  if (!manifest || 'problem' in manifest) return []
  const { stateDir } = openSetup(root)
  const entries = results.some(({ id, mark }) => entryChecks.includes(id) && mark !== 'ok')
  const put = await withSetupLock(stateDir, async () => {
    heal({ root, stateDir })
    const writes = [
      ...missingFiles(root, manifest.files, followLinks),
      ...lostBases(root, manifest.files, followLinks),
      ...(entries ? settingsWrite(root, followLinks) : []),
    ]
    applyWrites(root, writes, { stateDir, command: 'doctor --fix', version: COUNTERSIGN_VERSION, followLinks })
    return writes.map(({ path }) => path)
  })
  if (!lock || lock.alive) return put
  rmSync(join(stateDir, lockName), { force: true })
  return [...put, 'the lock']
}

type Writes = Parameters<typeof applyWrites>[1]

function settingsWrite(root: string, followLinks: boolean): Writes {
  const before = snapshot(root, [settingsPath], followLinks)[settingsPath] ?? null
  if (!before) return [{ path: settingsPath, text: freshSettings(), before }]
  const bare = before.text === null ? { fault: { line: 1, column: 1, what: 'NotUtf8' } } : removeHooks(before.text)
  const result = 'fault' in bare ? bare : insertHooks(bare.text)
  if ('fault' in result) throw new UserError('settings-unreadable', { file: settingsPath, ...result.fault })
  return result.text === before.text ? [] : [{ path: settingsPath, text: result.text, before }]
}

type Files = Extract<DoctorFacts['manifest'], { files: unknown }>['files']

function lostBases(root: string, files: Files, followLinks: boolean): Writes {
  const entries = entriesIn(root, followLinks)
  const lost = lostOriginals({ root, followLinks })
  const texts = files.flatMap(({ path, original }): [string, string][] => {
    const entry = entries[path]
    const found = original === 'restorable' && entry ? lost(path, entry) : null
    return found?.text ? [[found.base, found.text]] : []
  })
  // Two files can have one original.
  const before = snapshot(root, [...new Set(texts.map(([base]) => base))], followLinks)
  return [...new Map(texts)].map(([path, text]) => ({ path, text, before: before[path] ?? null }))
}

function entriesIn(root: string, followLinks: boolean): Manifest['files'] {
  const written = snapshot(root, [manifestPath], followLinks)[manifestPath]
  return readManifest(manifestPath, written?.text ?? null).files
}

function missingFiles(root: string, files: Files, followLinks: boolean): Writes {
  const hashes = entriesIn(root, followLinks)
  return files.flatMap(({ path, state, restorable }) => {
    const sha256 = hashes[path]?.sha256
    if (state !== 'missing' || !restorable || !sha256) return []
    const text = asWritten(root, path, sha256, basePath(sha256))
    return text === null ? [] : [{ path, text, before: null }]
  })
}
