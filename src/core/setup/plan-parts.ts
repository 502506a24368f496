import type { ConfigProblem, SettingsFault } from '../../model/file-problem.ts'
import type { Disk, PlanWrite } from '../../model/setup/disk-file.ts'
import type { Manifest } from '../../model/setup/manifest.ts'
import type { FileClass, WantedFile } from '../../model/setup/setup-file.ts'
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

/** What stops a plan, and in which file. */
export type PlanFault = ({ settings: SettingsFault } | { config: ConfigProblem }) & { in: string }

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
