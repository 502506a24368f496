import { conflictsDir } from '../../model/paths.ts'
import type { Disk, DiskFile } from '../../model/setup/disk-file.ts'
import type { Manifest, ManifestEntry } from '../../model/setup/manifest.ts'
import { bare } from '../text/line-ends.ts'
import { formattedLike, unformatted } from '../text/unformatted.ts'
import type { Conflict, Merge } from './plan-parts.ts'
import { baseText, sidecars } from './record-paths.ts'

/** What there is to merge by, and what was made of it. */
export type Merging = {
  manifest: Manifest | null
  disk: Disk
  merge: Merge
  /** The hashes of merges that were laid out here. */
  laidOutHashes?: string[]
}

/**
 * Undefined where no merge is possible: the base is missing or damaged, or the file is not text. What a formatter did gives
 * way where it alone stands between the two.
 */
export function threeWay(
  entry: ManifestEntry,
  mine: DiskFile,
  theirs: string,
  { disk, merge }: Merging,
): ReturnType<Merge> | undefined {
  const base = baseText(disk, entry.sha256)
  if (base === null || mine.text === null) return undefined
  const own = bare(mine.text)
  const merged = merge(bare(base), own, theirs)
  const plain = formattedLike(own, bare(base))
  if (merged.lines.length === 0 || plain === own) return merged
  const again = merge(bare(base), plain, theirs)
  return again.lines.length === 0 ? again : merged
}

/** Whether a file differs from what was written in formatting alone: somebody ran a formatter over it. */
export function isOnlyFormatted(entry: ManifestEntry, mine: DiskFile, disk: Disk): boolean {
  const base = baseText(disk, entry.sha256)
  return base !== null && mine.text !== null && unformatted(base) === unformatted(mine.text)
}

/**
 * Whether the merge beside a file has changed since it was laid out: from then on it is the user's work, and neither
 * written nor removed. Where it is not known what was laid out, it is made anew from what lies there.
 */
export function isInHand(path: string, merging: Merging): boolean {
  const { manifest, disk, laidOutHashes = [] } = merging
  const merged = disk[sidecars(path).merged]
  if (!merged || laidOutHashes.includes(merged.hash)) return false
  const [entry, mine, theirs] = [manifest?.files[path], disk[path], disk[sidecars(path).theirs]?.text]
  if (merged.text === null || !entry || !mine || typeof theirs !== 'string') return true
  const again = threeWay(entry, mine, bare(theirs), merging)
  return again === undefined || unnamed(again.text) !== unnamed(bare(merged.text))
}

/** The merges in the user's hand, by their own paths. */
export const mergesInHand = (merging: Merging): string[] =>
  Object.keys(merging.disk).filter(at => {
    const [, path] =
      /^(.*)\.merged$/.exec(at.startsWith(`${conflictsDir}/`) ? at.slice(conflictsDir.length + 1) : '') ?? []
    return path !== undefined && isInHand(path, merging)
  })

/**
 * A conflict as it is laid out. While its merge is in the user's hand it stays that of the version it was made from: the
 * versions after it are merged once it is resolved, and nothing of them is taken for merged before.
 *
 * @param hash Of the new version.
 */
export function layOut(
  conflict: Conflict,
  hash: string,
  entry: ManifestEntry,
  merging: Merging,
): { conflict: Conflict; hash: string } {
  const { path } = conflict
  const { [sidecars(path).merged]: merged, [sidecars(path).theirs]: theirs } = merging.disk
  if (!merged || !isInHand(path, merging)) return { conflict, hash }
  const text = merged.text ?? ''
  const kept = { ...conflict, merged: text, lines: markersIn(text) }
  return typeof theirs?.text === 'string' && theirs.hash === entry.conflict && theirs.hash !== hash
    ? { conflict: { ...kept, theirs: theirs.text, inHand: 'earlier' }, hash: theirs.hash }
    : { conflict: { ...kept, inHand: 'latest' }, hash }
}

/** 1-based lines on which conflicts begin. */
const markersIn = (text: string): number[] =>
  text.split('\n').flatMap((line, index) => (line.startsWith('<<<<<<< ') ? [index + 1] : []))

/** Without the version that the markers name. */
const unnamed = (text: string): string => text.replace(/^>{7} .*$/gm, '>>>>>>>')
