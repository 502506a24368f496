import { manifestPath } from '../../model/paths.ts'
import type { DiskFile, PlanWrite } from '../../model/setup/disk-file.ts'
import type { Manifest } from '../../model/setup/manifest.ts'
import { dressedAs } from '../text/line-ends.ts'
import { jsonMeaning, prettyJson } from '../text/pretty-json.ts'
import { type PlanPart, rowOnly } from './plan-parts.ts'

/** The manifest, its files in order, written only when it says something else. */
export function planManifest(manifest: Manifest, disk: DiskFile | undefined): PlanPart {
  const files = sorted(Object.entries(manifest.files).map(([path, entry]) => [path, sorted(Object.entries(entry))]))
  const text = `${prettyJson({ ...manifest, files })}\n`
  const planned = (action: 'create' | 'keep' | 'update', writes: PlanWrite[]): PlanPart => {
    const reason = action === 'keep' ? 'up to date' : 'what Countersign wrote'
    return { ...rowOnly({ path: manifestPath, class: 'state', action, reason }), writes }
  }
  if (!disk) return planned('create', [{ path: manifestPath, text, before: null }])
  if (jsonMeaning(disk.text) === jsonMeaning(text)) return planned('keep', [])
  return planned('update', [{ path: manifestPath, text: dressedAs(text, disk.text ?? ''), before: disk }])
}

const sorted = <T>(entries: [string, T][]): Record<string, T> =>
  Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
