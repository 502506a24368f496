/**
 * A file as it lies there; `text` is null when it is not UTF-8, and then the hash is over its raw bytes. `link`: its own
 * name is a link, and what is read lies elsewhere, where the user put it.
 */
export type DiskFile = { text: string | null; hash: string; link?: true }
export type Disk = Record<string, DiskFile | undefined>

/**
 * One file to write, or with `text` null to remove, and what is there now. `keepsOld`: what is there may be the user's work,
 * and is kept in git's directory.
 */
export type PlanWrite = { path: string; text: string | null; before: DiskFile | null; keepsOld?: true }
