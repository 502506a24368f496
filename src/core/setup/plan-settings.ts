import type { SettingsFault } from '../../model/file-problem.ts'
import { settingsPath } from '../../model/paths.ts'
import type { DiskFile } from '../../model/setup/disk-file.ts'
import type { ManifestEntry } from '../../model/setup/manifest.ts'
import { bare } from '../text/line-ends.ts'
import { type Action, type PlanPart, rowOnly } from './plan-parts.ts'
import type { HookEntry } from './settings/hook-entries.ts'
import { freshSettings, isStrictJson } from './settings/settings.ts'
import { editedEvents, fromRecord, toRecord, updateHooks } from './settings/settings-update.ts'
import { withoutComments } from './settings/without-comments.ts'

/**
 * Adds Countersign's entries to settings.json, or updates those of an earlier version.
 *
 * @param takesCommentsOut Whether comments and trailing commas are taken out, which the user has been asked about.
 */
export function planSettings(
  entries: HookEntry[],
  entry: ManifestEntry | undefined,
  disk: DiskFile | undefined,
  takesCommentsOut = false,
): PlanPart | { fault: SettingsFault } {
  const known = { class: 'shared' as const, sha256: null, entries: toRecord(entries) }
  const planned = (action: Action, reason: string, text: string | undefined, created = false): PlanPart => ({
    ...rowOnly({ path: settingsPath, class: 'shared', action, reason }),
    writes: text === undefined ? [] : [{ path: settingsPath, text, before: disk ?? null }],
    files: { [settingsPath]: created ? { ...known, created: true } : known },
  })
  if (!disk) return planned('create', 'when Claude Code calls the gate', freshSettings(entries), true)
  if (disk.text === null) return { fault: { line: 1, column: 1, what: 'NotUtf8' } }
  const plain = takesCommentsOut && !isStrictJson(disk.text) ? withoutComments(disk.text) : disk.text
  const result = updateHooks(plain, fromRecord(entry?.entries), entries)
  if ('fault' in result) return result
  if (plain !== disk.text) {
    const part = planned('splice', 'the comments are removed; the file with them is kept under .git', result.text)
    return { ...part, writes: part.writes.map(write => ({ ...write, keepsOld: true as const })) }
  }
  const created = entry ? entry.created : bare(disk.text) === freshSettings(entries)
  if (result.text !== disk.text)
    return planned(
      'splice',
      "Countersign's hook entries are written; every other byte is unchanged",
      result.text,
      created,
    )
  const edited = editedEvents(disk.text, entries)
  if (edited.length === 0) return planned('keep', "has Countersign's hook entries", undefined, created)
  return planned('yours', `has Countersign's hook entries, with your edits: ${edited.join(', ')}`, undefined, created)
}
