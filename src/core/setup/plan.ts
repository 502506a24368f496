import { attributesPath, hookPath, manifestPath, settingsPath } from '../../model/paths.ts'
import type { PlanWrite } from '../../model/setup/disk-file.ts'
import type { Manifest, ManifestEntry } from '../../model/setup/manifest.ts'
import type { WantedFile } from '../../model/setup/setup-file.ts'
import { attributesLine, hasLine } from './attributes.ts'
import { planIgnore } from './formatters/plan-ignores.ts'
import { mergesInHand } from './merge-in-hand.ts'
import { withNamesInUse } from './names-in-use.ts'
import { planAttributes } from './plan-attributes.ts'
import { planManifest } from './plan-manifest.ts'
import { isCalled, planOwned } from './plan-owned.ts'
import { joined, type Plan, type PlanFault, type PlanInput, type PlanPart, type PlanRow } from './plan-parts.ts'
import { planRecords, planState } from './plan-records.ts'
import { planSeed } from './plan-seed.ts'
import { planSettings } from './plan-settings.ts'
import { isInRecords } from './record-paths.ts'

/** The files whose present content a plan depends on, beside those in the records' own directories. */
export const pathsToRead = (
  wanted: WantedFile[],
  manifest: Manifest | null,
  { attributes = false, ignores = [] }: Pick<PlanInput, 'attributes' | 'ignores'> = {},
): string[] => [
  ...new Set([
    ...(attributes ? [attributesPath] : []),
    ...ignores.map(({ path }) => path),
    ...wanted.flatMap(({ path, prefixed }) => (prefixed ? [path, prefixed.path] : [path])),
    ...Object.keys(manifest?.files ?? {}),
    settingsPath,
    manifestPath,
  ]),
]

/**
 * Decides what to do about each file. Writes nothing; what it returns is both what is shown and what is applied, in the
 * order it is applied in: the manifest comes last, removals and settings.json just before it, and before these the first
 * file of the hook. An interrupted run never leaves anything that calls or loads a missing file, and can be planned anew.
 *
 * @returns A fault when a file of the user's is unreadable: then nothing may be written at all.
 */
export function makePlan(input: PlanInput): Plan | PlanFault {
  const { manifest, disk, restore = [] } = input
  const release = { ...input.release, files: withNamesInUse(input.release.files, input) }
  const attributes = input.attributes || restore.includes(attributesPath)
  const settings = planSettings(
    release.entries,
    manifest?.files[settingsPath],
    disk[settingsPath],
    input.takesCommentsOut,
  )
  if ('fault' in settings) return { settings: settings.fault, in: settingsPath }

  const parts: PlanPart[] = []
  const owned = release.files.filter(file => file.class === 'owned')
  for (const file of release.files) {
    if (file.class === 'state') parts.push(planState(file, disk[file.path]))
    if (file.class !== 'seed') continue
    const seed = planSeed(file, input)
    if ('fault' in seed) return { config: seed.fault, in: file.path }
    parts.push(seed)
  }
  parts.push(planOwned(owned, input))
  parts.push(planAttributes(attributes, manifest?.files[attributesPath] ?? lostAttributes(input), disk[attributesPath]))
  parts.push(...planIgnores(input))
  const plan = joined([...parts, settings])
  const kept = Object.entries(manifest?.files ?? {}).filter(
    ([path, entry]) => entry.class === 'seed' && !plan.files[path],
  )
  const files = { ...Object.fromEntries(kept), ...plan.files }
  const all = joined([plan, planRecords(owned, files, plan.conflicts, disk, mergesInHand(input))])
  const last = planManifest({ schema: 1, version: release.version, files }, disk[manifestPath])
  return {
    rows: [...inOrder(all.rows, release.files), ...last.rows],
    writes: [...ordered(all.writes), ...last.writes],
    conflicts: all.conflicts,
    clashes: all.clashes,
  }
}

/** What the manifest had of .gitattributes, where it was deleted and the gate is still there. */
function lostAttributes({ manifest, disk, release }: PlanInput): ManifestEntry | undefined {
  const text = disk[attributesPath]?.text ?? ''
  const isGate = release.files.some(file => isCalled(file, disk[file.path] ?? { text: null, hash: '' }))
  if (manifest || !isGate || !hasLine(text, attributesLine)) return undefined
  const created = text.trim() === attributesLine && { created: true as const }
  return { class: 'shared', sha256: null, lines: [attributesLine], ...created }
}

/** What other tools are told, and have been told: every shared file but those two that have a planner of their own. */
function planIgnores({ ignores = [], manifest, disk }: PlanInput): PlanPart[] {
  const known = Object.entries(manifest?.files ?? {}).flatMap(([path, { class: fileClass }]) =>
    fileClass === 'shared' && path !== settingsPath && path !== attributesPath ? [path] : [],
  )
  const paths = [...new Set([...known, ...ignores.map(({ path }) => path)])]
  return paths.map(path => {
    const ignore = ignores.find(one => one.path === path)
    return planIgnore(path, ignore, manifest?.files[path], disk[path])
  })
}

/** What is written, then what loads it, then what calls that, then what nothing calls any more. */
function ordered(writes: PlanWrite[]): PlanWrite[] {
  const rank = ({ path, text }: PlanWrite) =>
    path === settingsPath ? 2 : text === null ? 3 : path === hookPath ? 1 : 0
  return [...writes].sort((a, b) => rank(a) - rank(b))
}

/** Rows as the release lists its files; those of the records after them. */
function inOrder(rows: PlanRow[], wanted: WantedFile[]): PlanRow[] {
  const rank = ({ path }: PlanRow) => {
    const index = wanted.findIndex(file => file.path === path)
    return index >= 0 ? index : wanted.length + (isInRecords(path) ? 1 : 0)
  }
  return [...rows].sort((a, b) => rank(a) - rank(b))
}
