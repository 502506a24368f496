import { conflictsDir } from '../../model/paths.ts'
import type { Disk, DiskFile } from '../../model/setup/disk-file.ts'
import type { Manifest } from '../../model/setup/manifest.ts'
import type { WantedFile } from '../../model/setup/setup-file.ts'
import { dressedAs } from '../text/line-ends.ts'
import { jsonMeaning } from '../text/pretty-json.ts'
import { type Action, type Conflict, joined, type PlanPart, removal, rowOnly } from './plan-parts.ts'
import { basePath, isRecord, sidecars } from './record-paths.ts'

/**
 * Where a conflict is laid out, and the 1-based lines of `merged` to look at; `merged` null where there is no merge. `inHand`:
 * the merge has edits of the user's.
 */
export type LaidOut = Pick<Conflict, 'path' | 'lines' | 'inHand'> & { theirs: string; merged: string | null }

export const laidOut = (conflicts: Conflict[]): LaidOut[] =>
  conflicts.map(({ path, merged, lines, inHand }) => ({
    path,
    theirs: sidecars(path).theirs,
    merged: merged === null ? null : sidecars(path).merged,
    lines,
    ...(inHand && { inHand }),
  }))

/** One of Countersign's own records. */
export function planState(file: WantedFile, disk: DiskFile | undefined): PlanPart {
  const { path, hash, text, about, once } = file
  const row = (action: Action, reason: string) => rowOnly({ path, class: file.class, action, reason })
  if (!disk) return { ...row('create', about), writes: [{ path, text, before: null }] }
  if (once || disk.hash === hash || isSameJson(disk.text, text)) return row('keep', 'up to date')
  return { ...row('update', about), writes: [{ path, text: dressedAs(text, disk.text ?? ''), before: disk }] }
}

const isSameJson = (a: string | null, b: string): boolean =>
  jsonMeaning(b) !== null && jsonMeaning(a) === jsonMeaning(b)

/**
 * The bases that merges will need, and the sidecars of conflicts; those that nothing refers to any more are removed.
 *
 * @param inHand Merges that the user has edited; they are kept.
 */
export function planRecords(
  wanted: WantedFile[],
  files: Manifest['files'],
  conflicts: Conflict[],
  disk: Disk,
  inHand: string[],
): PlanPart {
  const texts = new Map(wanted.filter(({ noBase }) => !noBase).flatMap(baseTexts))
  const hashes = Object.values(files).flatMap(entry => (entry.class === 'owned' && entry.sha256 ? [entry.sha256] : []))
  const records = new Map<string, string | undefined>(hashes.map(hash => [basePath(hash), texts.get(hash)]))
  for (const { path, theirs, merged } of conflicts) {
    records.set(sidecars(path).theirs, theirs)
    if (merged !== null && !inHand.includes(sidecars(path).merged)) records.set(sidecars(path).merged, merged)
  }
  const old = Object.keys(disk).filter(
    path => isRecord(path) && disk[path] && !records.has(path) && !inHand.includes(path),
  )
  return joined([
    ...[...records].flatMap(([path, text]) => (text === undefined ? [] : [record(path, text, disk[path])])),
    ...inHand.map(path => edited(path, conflicts.find(conflict => sidecars(conflict.path).merged === path)?.inHand)),
    ...old.map(path => removal(path, 'state', disk[path]!, 'no longer needed')),
  ])
}

const baseTexts = ({ hash, text, prefixed }: WantedFile): [string, string][] => [
  [hash, text],
  ...(prefixed ? [[prefixed.hash, prefixed.text] as [string, string]] : []),
]

function record(path: string, text: string, disk: DiskFile | undefined): PlanPart {
  const reason = path.startsWith(conflictsDir) ? 'for resolving the conflict' : 'stored original, for upgrades'
  if (
    disk?.text !== undefined &&
    disk.text !== null &&
    disk.text.replaceAll('\r\n', '\n') === text.replaceAll('\r\n', '\n')
  )
    return rowOnly({ path, class: 'state', action: 'keep', reason })
  return {
    ...rowOnly({ path, class: 'state', action: disk ? 'update' : 'create', reason }),
    writes: [{ path, text, before: disk ?? null }],
  }
}

const then = {
  latest: 'delete it to get a new merge',
  earlier: 'it is a merge with an earlier version; later changes follow when you have resolved it',
  none: 'no conflict needs it any more',
}

const edited = (path: string, of: Conflict['inHand'] | 'none' = 'none'): PlanPart =>
  rowOnly({ path, class: 'state', action: 'yours', reason: `kept because you edited it; ${then[of]}` })
