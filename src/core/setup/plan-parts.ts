import type { ConfigFault, SettingsFault } from '../../model/file-problem.ts'
import type { Disk, DiskFile, PlanWrite } from '../../model/setup/disk-file.ts'
import type { Manifest } from '../../model/setup/manifest.ts'
import type { FileClass, WantedFile } from '../../model/setup/setup-file.ts'
import type { Ignore } from './formatters/tools.ts'
import type { Migration } from './migrate-config.ts'
import type { HookEntry } from './settings/hook-entries.ts'

/** Everything one version of Countersign writes. */
export type Release = { version: string; files: WantedFile[]; entries: HookEntry[]; migrations: Migration[] }

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

/** A file that the user and the new version changed in the same place; the sidecars have its possible contents. */
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

/** What to do with a file of the user's that has the name of a managed file. */
export type ClashChoice = 'adopt' | 'prefix'

export type PlanInput = {
  release: Release
  /** What an earlier run wrote; null when there was none. */
  manifest: Manifest | null
  disk: Disk
  merge: Merge
  /** The hashes of merges that were laid out here; any other merge is the user's work. */
  laidOutHashes?: string[]
  /** As the hashes of `release` and `disk` were taken. */
  hash(text: string): string
  choices?: Record<string, ClashChoice>
  /** Deleted paths to restore. */
  restore?: string[]
  /** Whether to add the line for the gate to .gitattributes; a line that is there is kept in any case. */
  attributes?: boolean
  /** Whether settings.json loses the comments for which Claude Code ignores it. */
  takesCommentsOut?: boolean
  /** Tools that would judge Countersign's files, and how they are told not to. */
  ignores?: Ignore[]
}

/** What the planning of one file comes to. */
export type PlanPart = Plan & { files: Manifest['files'] }

/** What stops a plan, and in which file. */
export type PlanFault = ({ settings: SettingsFault } | { config: ConfigFault }) & { in: string }

export const noChange: PlanPart = { rows: [], writes: [], conflicts: [], clashes: [], files: {} }

/** Only a row: the file stays as it is. */
export const rowOnly = (row: PlanRow): PlanPart => ({ ...noChange, rows: [row] })

export const removal = (path: string, fileClass: FileClass, before: DiskFile, reason: string): PlanPart => ({
  ...rowOnly({ path, class: fileClass, action: 'remove', reason }),
  writes: [{ path, text: null, before }],
})

export function joined(parts: PlanPart[]): PlanPart {
  return {
    rows: parts.flatMap(({ rows }) => rows),
    writes: parts.flatMap(({ writes }) => writes),
    conflicts: parts.flatMap(({ conflicts }) => conflicts),
    clashes: parts.flatMap(({ clashes }) => clashes),
    files: Object.assign({}, ...parts.map(({ files }) => files)),
  }
}
