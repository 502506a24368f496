import type { SettingsFault } from '../../model/file-problem.ts'
import {
  attributesPath,
  configSchemaPath,
  conflictsDir,
  decisionsPath,
  fullHookPath,
  manifestPath,
  settingsPath,
} from '../../model/paths.ts'
import type { Disk, DiskFile, PlanWrite } from '../../model/setup/disk-file.ts'
import type { Manifest, ManifestEntry } from '../../model/setup/manifest.ts'
import { hookEntries } from './hook-entries.ts'
import { planAttributesOut } from './plan-attributes.ts'
import { joined, nothing, type Outcome, type Plan, type PlanFault } from './plan-parts.ts'
import { isRecord, isState } from './plan-records.ts'
import { fromRecord, withoutUs } from './settings-update.ts'

/** The files that leaving depends on, beside what lies in the state's own directories. */
export const pathsToRemove = (manifest: Manifest | null): string[] => [
  ...new Set([settingsPath, ...Object.keys(manifest?.files ?? {}), decisionsPath, configSchemaPath, manifestPath]),
]

/** Paths at which there is something of the user's: merges that they have edited, and what is no file at all. */
type Found = { inHand?: string[]; inTheWay?: string[] }

/**
 * Decides how to take out exactly what `init` and `upgrade` put in. The hook entries go first, the second file of the hook
 * after the first, and the manifest last: nothing calls or loads what is not there, and a run cut short can be repeated.
 *
 * @param purge Whether our files go even where the user edited them; a file that was theirs before us stays all the same,
 *   and so does everything outside `.claude`.
 */
export function planUninstall(
  manifest: Manifest | null,
  disk: Disk,
  purge: boolean,
  { inHand = [], inTheWay = [] }: Found = {},
): Plan | PlanFault {
  const settings = planSettingsRemoval(manifest?.files[settingsPath], disk[settingsPath])
  if ('settings' in settings) return settings
  const files = Object.entries(manifest?.files ?? {}).flatMap(([path, entry]) => {
    const there = disk[path]
    return there && path !== settingsPath ? [planFile(path, entry, there, purge)] : []
  })
  const replaced = inTheWay.filter(path => !manifest?.files[path]?.deleted)
  const mine = purge ? [] : inHand
  const records = Object.keys(disk).filter(
    path => isState(path) && path !== manifestPath && !mine.includes(path) && !isOthers(path),
  )
  const { rows, writes, conflicts, clashes } = joined([
    settings,
    ...files,
    ...replaced.map(path => kept(path, manifest?.files[path]?.class ?? 'state', 'no file of ours is there any more')),
    ...mine.map(path => kept(path, 'state', 'you edited it, and it stays')),
    ...records.map(path => planRecord(path, disk[path], purge)),
    planRecord(manifestPath, disk[manifestPath], purge),
  ])
  return { rows, writes: loadedLast(writes), conflicts, clashes }
}

/** The file that the first one of the hook loads stays until that is gone; the manifest, which is last, outlasts both. */
function loadedLast(writes: PlanWrite[]): PlanWrite[] {
  const rank = ({ path }: PlanWrite) => (path === manifestPath ? 2 : path === fullHookPath ? 1 : 0)
  return [...writes].sort((a, b) => rank(a) - rank(b))
}

/** What somebody put beside our sidecars. */
const isOthers = (path: string): boolean => path.startsWith(`${conflictsDir}/`) && !isRecord(path)

/** Our entries out of settings.json, as they are now; also for a file that was rewritten in the meantime. */
export function planSettingsRemoval(
  entry: ManifestEntry | undefined,
  disk: DiskFile | undefined,
): Outcome | { settings: SettingsFault; in: string } {
  if (!disk) return nothing
  if (disk.text === null) return { settings: { line: 1, column: 1, what: 'NotUtf8' }, in: settingsPath }
  // Nothing of ours is in a blank file: what it lacks to be JSON is no matter of leaving.
  const text = disk.text.trim() === '' ? '{}' : disk.text
  const result = withoutUs(text, [...fromRecord(entry?.entries), ...hookEntries], entry?.created ?? false)
  if ('fault' in result) return { settings: result.fault, in: settingsPath }
  const goes = result.isEmpty && !disk.link
  if (result.text === text && !goes) return nothing
  const reason = goes ? 'nothing of yours is in it' : 'loses our hook entries; every other byte stays'
  return {
    ...nothing,
    rows: [{ path: settingsPath, class: 'shared', action: goes ? 'remove' : 'splice', reason }],
    writes: [{ path: settingsPath, text: goes ? null : result.text, before: disk }],
  }
}

function planFile(path: string, entry: ManifestEntry, there: DiskFile, purge: boolean): Outcome {
  if (path === attributesPath) return planAttributesOut(entry, there)
  // What was there before us has nothing to do with leaving.
  if (entry.sha256 === null) return nothing
  if (there.link && !entry.adopted) return kept(path, entry.class, isLinked)
  const isOurs = there.hash === entry.sha256
  if (isOurs && !entry.adopted) return removal(path, entry.class, there, 'is as we wrote it')
  if (purge && !entry.adopted && path.startsWith('.claude/'))
    return removal(path, entry.class, there, 'goes with your edits (--purge)')
  return kept(path, entry.class, entry.adopted ? 'was yours before us' : 'you edited it, and it stays')
}

function planRecord(path: string, there: DiskFile | undefined, purge: boolean): Outcome {
  if (!there) return nothing
  if (there.link) return kept(path, 'state', isLinked)
  if (path === decisionsPath && there.text !== '' && !purge)
    return kept(path, 'state', "holds your team's decisions, and stays")
  return removal(path, 'state', there, 'our own record')
}

/** `init` never writes a link: whoever put one there, put there what it leads to. */
const isLinked = 'a link now; what it leads to is yours'

type Row = Outcome['rows'][number]

const removal = (path: string, fileClass: Row['class'], before: DiskFile, reason: string): Outcome => ({
  ...nothing,
  rows: [{ path, class: fileClass, action: 'remove', reason }],
  writes: [{ path, text: null, before }],
})

const kept = (path: string, fileClass: Row['class'], reason: string): Outcome => ({
  ...nothing,
  rows: [{ path, class: fileClass, action: 'yours', reason }],
})
