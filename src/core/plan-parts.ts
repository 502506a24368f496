import type { Manifest, ManifestEntry } from '../model/manifest.ts'
import type { HookEntry } from './hook-entries.ts'
import type { Migration } from './migrate-config.ts'
import type { SettingsFault } from './settings-tree.ts'

/**
 * Who a file belongs to once it is written: *owned* by us; *seed*, the user's from then on; *shared*, of which only
 * entries are ours; *state*, our own records.
 */
export type FileClass = ManifestEntry['class'] | 'state'

/** A name and content for a file; `hash` is over the text with LF line ends and no byte order mark. */
export type Content = { path: string; text: string; hash: string }

/** A file that a complete setup has; `path` is from the repository root, forward slashes. */
export type WantedFile = Content & {
  /** Names the template for good, whatever path it is written to. */
  id: string
  class: FileClass
  /** What it is for, as a phrase. */
  about: string
  /** State that is begun once and then only added to. */
  once?: boolean
  /** Too large to keep a second copy of: an upgrade compares it by hash alone. */
  noBase?: boolean
  /** What settings.json calls: it comes back whenever it is missing. Every version of it begins with this line. */
  calledAs?: string
  /** The same under the name that it gets beside a file of the user's. */
  prefixed?: Content
}

/** Everything one version of Countersign writes. */
export type Release = { version: string; files: WantedFile[]; entries: HookEntry[]; migrations: Migration[] }

/**
 * A file as it lies there; `text` is null when it is not UTF-8. `link`: its own name is a link, and what is read lies
 * elsewhere, where the user put it.
 */
export type DiskFile = { text: string | null; hash: string; link?: true }
export type Disk = Record<string, DiskFile | undefined>

export type Action =
  | 'create'
  | 'update'
  | 'merge'
  | 'move'
  | 'keep'
  | 'yours'
  | 'skip'
  | 'splice'
  | 'conflict'
  | 'remove'

/** One line of the plan. */
export type PlanRow = { path: string; class: FileClass; action: Action; reason: string }

/** One file to write, or with `text` null to remove, and what is there now. */
export type PlanWrite = { path: string; text: string | null; before: DiskFile | null }

/** A file that the user and the new version changed in the same place; the sidecars hold what it could become. */
export type Conflict = {
  path: string
  theirs: string
  /** Null where there is no base to merge against. */
  merged: string | null
  /** 1-based lines of `merged` on which a conflict begins. */
  lines: number[]
  /** The user has edited `merged`, which stays as it lies there: a merge with the latest version or with an earlier one. */
  inHand?: 'latest' | 'earlier'
}

/** `clashes` are the files that were not written since the user has one of that name and could choose otherwise. */
export type Plan = { rows: PlanRow[]; writes: PlanWrite[]; conflicts: Conflict[]; clashes: string[] }

/** Merges three bare texts; `lines` are the 1-based lines of the result on which a conflict begins. */
export type Merge = (base: string, mine: string, theirs: string) => { text: string; lines: number[] }

/** What to do with a file of the user's that has one of our names. */
export type ClashChoice = 'adopt' | 'prefix'

export type PlanInput = {
  release: Release
  /** What an earlier run wrote; null when there was none. */
  manifest: Manifest | null
  disk: Disk
  merge: Merge
  /** The hashes of merges that were laid out here: what is none of them is the user's work. */
  laidOut?: string[]
  /** As the hashes of `release` and `disk` were taken. */
  hash(text: string): string
  choices?: Record<string, ClashChoice>
  /** Paths that were deleted and are wanted back. */
  restore?: string[]
  /** Whether our line is to go into .gitattributes; one that is there is kept in any case. */
  attributes?: boolean
}

/** What the planning of one file comes to. */
export type Outcome = Plan & { files: Manifest['files'] }

/** A place in the configuration that is no YAML, and why. */
export type ConfigFault = { line: number; column: number; problem: string }

/** What stops a plan, and in which file. */
export type PlanFault = ({ settings: SettingsFault } | { config: ConfigFault }) & { in: string }

export const nothing: Outcome = { rows: [], writes: [], conflicts: [], clashes: [], files: {} }

export function joined(outcomes: Outcome[]): Outcome {
  return {
    rows: outcomes.flatMap(({ rows }) => rows),
    writes: outcomes.flatMap(({ writes }) => writes),
    conflicts: outcomes.flatMap(({ conflicts }) => conflicts),
    clashes: outcomes.flatMap(({ clashes }) => clashes),
    files: Object.assign({}, ...outcomes.map(({ files }) => files)),
  }
}
