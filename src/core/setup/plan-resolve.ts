import { manifestPath } from '../../model/paths.ts'
import type { Disk, DiskFile, PlanWrite } from '../../model/setup/disk-file.ts'
import type { Manifest } from '../../model/setup/manifest.ts'
import { bare, dressedAs } from '../text/line-ends.ts'
import { planManifest } from './plan-manifest.ts'
import type { Merge } from './plan-parts.ts'
import { basePath, baseText, sidecars } from './record-paths.ts'

export type ResolveWay = 'mine' | 'theirs' | 'merged'

export type ResolveFault =
  | { fault: 'no-conflict'; conflicts: string[] }
  | { fault: 'stale' }
  | { fault: 'no-merge' }
  | { fault: 'markers-left'; file: string; line: number }
  | { fault: 'edit-missing'; line: number; merged: string }

/** What the conflict is looked at with: `committed` is the file as the last commit has it, null where it has none. */
export type Beside = { merge: Merge; committed: string | null }

/** The files that ending this conflict depends on. */
export const pathsToResolve = (path: string): string[] => [
  path,
  manifestPath,
  sidecars(path).merged,
  sidecars(path).theirs,
]

/**
 * Ends a conflict: the file becomes what the user says, and the new version becomes its base, so that the next upgrade
 * merges only what changes after it.
 */
export function planResolve(
  manifest: Manifest,
  disk: Disk,
  path: string,
  way: ResolveWay,
  beside: Beside,
): { writes: PlanWrite[] } | ResolveFault {
  const entry = manifest.files[path]
  const conflicts = Object.keys(manifest.files).filter(name => manifest.files[name]?.conflict)
  if (!entry?.conflict) return { fault: 'no-conflict', conflicts }
  const theirs = disk[sidecars(path).theirs]
  if (typeof theirs?.text !== 'string' || theirs.hash !== entry.conflict) return { fault: 'stale' }
  const merged = disk[sidecars(path).merged]?.text
  if (way === 'merged' && typeof merged !== 'string') return { fault: 'no-merge' }
  const text = merged ?? ''
  const line = markerLine(text)
  if (way === 'merged' && line > 0) return { fault: 'markers-left', file: sidecars(path).merged, line }

  const base = baseText(disk, entry.sha256)
  const lost = way === 'merged' ? lostLine(disk[path], { base, theirs: theirs.text, merged: text }, beside) : 0
  if (lost > 0) return { fault: 'edit-missing', line: lost, merged: sidecars(path).merged }

  const { conflict, adopted, ...rest } = entry
  // Taking the new version of an adopted file makes it an ordinary managed file.
  const stays = adopted && way !== 'theirs' ? { adopted } : {}
  const files = { ...manifest.files, [path]: { ...rest, ...stays, sha256: conflict } }
  const chosen = way === 'theirs' ? theirs.text : merged
  const mine = disk[path]
  const kept = new Set(Object.values(files).map(({ sha256 }) => sha256))
  const writes: PlanWrite[] = []
  const write = (at: string, text: string | null) => {
    const before = disk[at] ?? null
    if (before || text !== null) writes.push({ path: at, text, before })
  }
  if (way !== 'mine' && typeof chosen === 'string')
    write(path, dressedAs(chosen.replaceAll('\r\n', '\n'), mine?.text ?? ''))
  if (!entry.noBase && baseText(disk, conflict) === null) write(basePath(conflict), theirs.text)
  if (entry.sha256 !== null && !kept.has(entry.sha256)) write(basePath(entry.sha256), null)
  write(sidecars(path).merged, null)
  write(sidecars(path).theirs, null)
  return { writes: [...writes, ...planManifest({ ...manifest, files }, disk[manifestPath]).writes] }
}

/**
 * 1-based line of the user's file that the merge would lose; 0 when there is none. The file may have been edited since the
 * merge was laid out, and nobody has kept what it was then. What both sides changed was marked in the merge, so that
 * leaving it out is what the user chose; it may be lost if git has it. Every other line of theirs must be in the merge.
 */
function lostLine(
  mine: DiskFile | undefined,
  { base, theirs, merged }: { base: string | null; theirs: string; merged: string },
  { merge, committed }: Beside,
): number {
  if (!mine) return 0
  // A file that is no longer text cannot be in the merge.
  if (mine.text === null) return 1
  const own = bare(mine.text)
  const known = linesIn(base ?? '', theirs, merged)
  const unmarked = linesIn(base === null ? own : merge(bare(base), own, bare(theirs)).text.replace(marked, ''))
  const inGit = linesIn(committed ?? '')
  const isLost = (line: string) => line.trim() !== '' && !known.has(line) && (unmarked.has(line) || !inGit.has(line))
  return own.split('\n').findIndex(isLost) + 1
}

const linesIn = (...texts: string[]): Set<string> => new Set(texts.flatMap(text => bare(text).split('\n')))

/** What lies between two conflict markers, with these. */
const marked = /^<{7} .*\n[\s\S]*?^>{7} .*$/gm

/** 1-based line of the first conflict marker; 0 when there is none. */
const markerLine = (text: string): number => text.split('\n').findIndex(line => /^(<{7}|>{7}) /.test(line)) + 1
