import type { SettingsFault } from '../../model/file-problem.ts'
import {
  attributesPath,
  claudeDir,
  configSchemaPath,
  conflictsDir,
  decisionsPath,
  fullHookPath,
  manifestPath,
  settingsPath,
} from '../../model/paths.ts'
import type { Disk, DiskFile, PlanWrite } from '../../model/setup/disk-file.ts'
import type { Manifest, ManifestEntry } from '../../model/setup/manifest.ts'
import type { FileClass } from '../../model/setup/setup-file.ts'
import { unformatted } from '../text/unformatted.ts'
import { planIgnoreRemoval } from './formatters/plan-ignores.ts'
import { isOnlyFormatted } from './merge-in-hand.ts'
import { planAttributesRemoval } from './plan-attributes.ts'
import { joined, noChange, type Plan, type PlanFault, type PlanPart, removal, rowOnly } from './plan-parts.ts'
import { isInRecords, isRecord } from './record-paths.ts'
import { hookEntries } from './settings/hook-entries.ts'
import { fromRecord, withoutCountersign } from './settings/settings-update.ts'

/** The files that removing the setup depends on, beside those in the records' own directories. */
export const pathsToUninstall = (manifest: Manifest | null): string[] => [
  ...new Set([settingsPath, ...Object.keys(manifest?.files ?? {}), decisionsPath, configSchemaPath, manifestPath]),
]

/** Paths that are the user's: merges that they have edited, and whatever is not a file. */
type UsersOwn = { inHand?: string[]; inTheWay?: string[] }
/** As the manifest's hashes were taken. */
type Hash = (text: string) => string

/**
 * Decides how to remove exactly what `init` and `upgrade` wrote. The hook entries are removed first, the second file of the
 * hook after the first, and the manifest last: nothing calls or loads a missing file, and an interrupted run can be repeated.
 *
 * @param purge Whether managed files are removed even where the user edited them. Files that they had before Countersign,
 *   and everything outside `.claude`, are kept in any case.
 */
export function planUninstall(
  manifest: Manifest | null,
  disk: Disk,
  purge: boolean,
  { inHand = [], inTheWay = [], hash }: UsersOwn & { hash?: Hash } = {},
): Plan | PlanFault {
  const settings = planSettingsRemoval(manifest?.files[settingsPath], disk[settingsPath])
  if ('settings' in settings) return settings
  const files = Object.entries(manifest?.files ?? {}).flatMap(([path, entry]) => {
    const there = disk[path]
    return there && path !== settingsPath
      ? [planFile(path, entry, there, { purge, isReformatted: isReformatted(entry, there, disk, hash) })]
      : []
  })
  const replaced = inTheWay.filter(path => !manifest?.files[path]?.deleted)
  const mine = purge ? [] : inHand
  const records = Object.keys(disk).filter(
    path => isInRecords(path) && path !== manifestPath && !mine.includes(path) && !isOthers(path),
  )
  const { rows, writes, conflicts, clashes } = joined([
    settings,
    ...files,
    ...replaced.map(path =>
      kept(path, manifest?.files[path]?.class ?? 'state', "Countersign's file is no longer there"),
    ),
    ...mine.map(path => kept(path, 'state', 'kept because you edited it')),
    ...records.map(path => planRecord(path, disk[path], purge)),
    planRecord(manifestPath, disk[manifestPath], purge),
  ])
  return { rows, writes: loadedLast(writes), conflicts, clashes }
}

/** The first file of the hook loads the second, so the second is removed after it; the manifest is still the last of all. */
function loadedLast(writes: PlanWrite[]): PlanWrite[] {
  const rank = ({ path }: PlanWrite) => (path === manifestPath ? 2 : path === fullHookPath ? 1 : 0)
  return [...writes].sort((a, b) => rank(a) - rank(b))
}

/** What somebody else put beside the sidecars. */
const isOthers = (path: string): boolean => path.startsWith(`${conflictsDir}/`) && !isRecord(path)

/** Removes Countersign's entries from settings.json as it is now, even if it was rewritten in the meantime. */
export function planSettingsRemoval(
  entry: ManifestEntry | undefined,
  disk: DiskFile | undefined,
): PlanPart | { settings: SettingsFault; in: string } {
  if (!disk) return noChange
  if (disk.text === null) return { settings: { line: 1, column: 1, what: 'NotUtf8' }, in: settingsPath }
  // A blank file has no entries to remove, so it need not be valid JSON.
  const text = disk.text.trim() === '' ? '{}' : disk.text
  const result = withoutCountersign(text, [...fromRecord(entry?.entries), ...hookEntries], entry?.created ?? false)
  if ('fault' in result) return { settings: result.fault, in: settingsPath }
  const isRemoved = result.isEmpty && !disk.link
  if (result.text === text && !isRemoved) return noChange
  const reason = isRemoved
    ? "only Countersign's entries are in it"
    : "Countersign's hook entries are removed; every other byte is unchanged"
  return {
    ...rowOnly({ path: settingsPath, class: 'shared', action: isRemoved ? 'remove' : 'splice', reason }),
    writes: [{ path: settingsPath, text: isRemoved ? null : result.text, before: disk }],
  }
}

/** Whether only a formatter has changed a file since it was written. */
const isReformatted = (entry: ManifestEntry, there: DiskFile, disk: Disk, hash: Hash = text => text): boolean =>
  entry.class === 'owned'
    ? isOnlyFormatted(entry, there, disk)
    : there.text !== null && entry.unformatted === hash(unformatted(there.text))

type Removing = { purge: boolean; isReformatted: boolean }

function planFile(path: string, entry: ManifestEntry, there: DiskFile, { purge, isReformatted }: Removing): PlanPart {
  if (path === attributesPath) return planAttributesRemoval(entry, there)
  if (entry.class === 'shared') return planIgnoreRemoval(path, entry, there)
  // What was there before Countersign is not removed.
  if (entry.sha256 === null) return noChange
  if (there.link && !entry.adopted) return kept(path, entry.class, isLinked)
  const isUnedited = there.hash === entry.sha256
  if (isUnedited && !entry.adopted) return removal(path, entry.class, there, 'unchanged since Countersign wrote it')
  if (isReformatted && !entry.adopted)
    return removal(path, entry.class, there, 'formatted since, and otherwise unchanged')
  if (entry.noBase && !entry.adopted) {
    const part = removal(path, entry.class, there, 'is not the one that was written; it is kept under .git')
    return { ...part, writes: part.writes.map(write => ({ ...write, keepsOld: true })) }
  }
  if (purge && !entry.adopted && path.startsWith(`${claudeDir}/`))
    return removal(path, entry.class, there, 'removed with your edits (--purge)')
  return kept(path, entry.class, entry.adopted ? 'kept: you had it before Countersign' : 'kept because you edited it')
}

function planRecord(path: string, there: DiskFile | undefined, purge: boolean): PlanPart {
  if (!there) return noChange
  if (there.link) return kept(path, 'state', isLinked)
  if (path === decisionsPath && there.text !== '' && !purge) return kept(path, 'state', "kept: your team's decisions")
  return removal(path, 'state', there, "Countersign's own record")
}

/** `init` never writes a link: whoever made it also chose its target. */
const isLinked = 'kept because it is a link now'

const kept = (path: string, fileClass: FileClass, reason: string): PlanPart =>
  rowOnly({ path, class: fileClass, action: 'yours', reason })
