import type { Manifest } from '../model/manifest.ts'
import { dressedAs } from './line-ends.ts'
import type { Disk, PlanWrite } from './plan-parts.ts'
import { basePath, manifestPath, planManifest, sidecars } from './plan-records.ts'

export type Way = 'mine' | 'theirs' | 'merged'

export type ResolveProblem =
  | { problem: 'no-conflict'; conflicts: string[] }
  | { problem: 'stale' }
  | { problem: 'no-merge' }
  | { problem: 'markers-left'; file: string; line: number }

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
  way: Way,
): { writes: PlanWrite[] } | ResolveProblem {
  const entry = manifest.files[path]
  const conflicts = Object.keys(manifest.files).filter(name => manifest.files[name]?.conflict)
  if (!entry?.conflict) return { problem: 'no-conflict', conflicts }
  const theirs = disk[sidecars(path).theirs]
  if (typeof theirs?.text !== 'string' || theirs.hash !== entry.conflict) return { problem: 'stale' }
  const merged = disk[sidecars(path).merged]?.text
  if (way === 'merged' && typeof merged !== 'string') return { problem: 'no-merge' }
  const line = markerLine(merged ?? '')
  if (way === 'merged' && line > 0) return { problem: 'markers-left', file: sidecars(path).merged, line }

  const { conflict, adopted, ...rest } = entry
  // Whoever takes our version of an adopted file has made it ours.
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
  if (!entry.noBase && !disk[basePath(conflict)]) write(basePath(conflict), theirs.text)
  if (entry.sha256 !== null && !kept.has(entry.sha256)) write(basePath(entry.sha256), null)
  write(sidecars(path).merged, null)
  write(sidecars(path).theirs, null)
  return { writes: [...writes, ...planManifest({ ...manifest, files }, disk[manifestPath]).writes] }
}

/** 1-based line of the first conflict marker; 0 when there is none. */
const markerLine = (text: string): number => text.split('\n').findIndex(line => /^(<{7}|>{7}) /.test(line)) + 1
