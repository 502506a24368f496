import type { Manifest } from '../model/manifest.ts'
import { freshSettings, insertHooks } from './settings.ts'
import type { SettingsFault } from './settings-tree.ts'

/**
 * Who a file belongs to once it is written: *owned* by us; *seed*, the user's from then on; *shared*, of which only
 * entries are ours; *state*, our own records.
 */
export type FileClass = Manifest['files'][string]['class'] | 'state'

/** A file that a complete setup has. `hash` is over the text with LF line ends and no byte order mark. */
export type WantedFile = {
  /** From the repository root, forward slashes. */
  path: string
  class: FileClass
  text: string
  hash: string
  /** What it is for, as a phrase. */
  about: string
  /** State that is begun once and then only added to. */
  once?: boolean
  /** Too large to keep a second copy of: an upgrade compares it by hash alone. */
  noBase?: boolean
}

/** A file as it lies there; `text` is null when it is not UTF-8. */
export type DiskFile = { text: string | null; hash: string }

export type Action = 'create' | 'update' | 'keep' | 'yours' | 'skip' | 'splice'

/** One line of the plan. */
export type PlanRow = { path: string; class: FileClass; action: Action; reason: string }

/** One file to write, and what it replaces; the manifest comes last, so that a run cut short is planned anew. */
export type PlanWrite = { path: string; text: string; before: DiskFile | null }

export type Plan = { rows: PlanRow[]; writes: PlanWrite[] }

type Disk = Record<string, DiskFile | undefined>
type Decision = { action: Action; reason: string; text?: string; hash?: string | null }

export const settingsPath = '.claude/settings.json'
export const manifestPath = '.claude/countersign/manifest.json'
export const basePath = (hash: string): string => `.claude/countersign/base/${hash}`

/** The files whose present content a plan depends on. */
export const pathsToRead = (wanted: WantedFile[]): string[] => [
  ...wanted.map(({ path }) => path),
  ...wanted.filter(hasBase).map(({ hash }) => basePath(hash)),
  settingsPath,
  manifestPath,
]

/**
 * Decides what to do about each file. Writes nothing; what it returns is both what is shown and what is applied.
 *
 * @param manifest What an earlier run wrote; null when there was none.
 * @returns A fault when settings.json is unreadable: then nothing may be written at all.
 */
export function makePlan(
  version: string,
  wanted: WantedFile[],
  manifest: Manifest | null,
  disk: Disk,
): Plan | { fault: SettingsFault } {
  const settings = decideSettings(disk[settingsPath])
  if ('fault' in settings) return settings

  const plan: Plan = { rows: [], writes: [] }
  const files: Manifest['files'] = { ...manifest?.files, [settingsPath]: { class: 'shared', sha256: null } }
  const add = (path: string, fileClass: FileClass, { action, reason, text }: Decision) => {
    plan.rows.push({ path, class: fileClass, action, reason })
    if (text !== undefined) plan.writes.push({ path, text, before: disk[path] ?? null })
  }

  for (const file of wanted) {
    const decision = decide(file, manifest?.files[file.path]?.sha256, disk[file.path])
    add(file.path, file.class, decision)
    if (file.class !== 'state' && decision.hash) files[file.path] = { class: file.class, sha256: decision.hash }
    if (!hasBase(file) || decision.hash !== file.hash) continue
    const base: WantedFile = { ...file, path: basePath(file.hash), class: 'state', about: 'as written, for upgrades' }
    add(base.path, 'state', decide(base, undefined, disk[base.path]))
  }
  add(settingsPath, 'shared', settings)
  add(manifestPath, 'state', decideManifest({ schema: 1, version, files }, disk[manifestPath]))
  return plan
}

const hasBase = (file: WantedFile): boolean => file.class === 'owned' && !file.noBase

/** The rules, a row at a time. `written` is the hash an earlier run recorded; undefined when it recorded none. */
function decide(wanted: WantedFile, written: string | null | undefined, disk: DiskFile | undefined): Decision {
  const known = written !== undefined
  const { hash, text } = wanted
  if (!disk && known) return { action: 'skip', reason: 'you deleted it, and it stays away', hash: written }
  if (!disk) return { action: 'create', reason: wanted.about, text, hash }
  if (disk.hash === hash) return { action: 'keep', reason: 'is as it should be', hash }
  if (wanted.class === 'state') {
    if (wanted.once) return { action: 'keep', reason: 'is as it should be' }
    return { action: 'update', reason: wanted.about, text: withLineEnds(text, disk) }
  }
  if (wanted.class === 'seed') return { action: 'yours', reason: 'is yours and stays as it is', hash: written }
  if (!known) return { action: 'skip', reason: 'is not ours: a file of yours has this name' }
  if (disk.hash === written) return { action: 'update', reason: wanted.about, text: withLineEnds(text, disk), hash }
  return { action: 'yours', reason: 'you edited it, and it stays as it is', hash: written }
}

function decideSettings(disk: DiskFile | undefined): Decision | { fault: SettingsFault } {
  if (!disk) return { action: 'create', reason: 'when Claude Code calls the gate', text: freshSettings() }
  if (disk.text === null) return { fault: { line: 1, column: 1, what: 'NotUtf8' } }
  const result = insertHooks(disk.text)
  if ('fault' in result) return result
  if (result.text === disk.text) return { action: 'keep', reason: 'has our entries' }
  return { action: 'splice', reason: 'gains our hook entries; every other byte stays', text: result.text }
}

function decideManifest(manifest: Manifest, disk: DiskFile | undefined): Decision {
  const files = Object.fromEntries(Object.entries(manifest.files).sort(([a], [b]) => (a < b ? -1 : 1)))
  const text = `${JSON.stringify({ ...manifest, files }, null, 2)}\n`
  if (!disk) return { action: 'create', reason: 'what Countersign wrote', text }
  if (disk.text?.replaceAll('\r\n', '\n') === text) return { action: 'keep', reason: 'is as it should be' }
  return { action: 'update', reason: 'what Countersign wrote', text: withLineEnds(text, disk) }
}

/** A checkout with CRLF stays one. */
const withLineEnds = (text: string, disk: DiskFile): string =>
  disk.text?.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text
