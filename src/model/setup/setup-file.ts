import type { ManifestEntry } from './manifest.ts'

/**
 * Who a file belongs to once it is written: *owned* by Countersign; *seed*, the user's from then on; *shared*, in which
 * only entries are Countersign's; *state*, Countersign's own records in `recordsDir` (not what `stateDir` has).
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
  /**
   * A file that the hook cannot run without: it is restored whenever it is missing, and an edited one is a conflict. Every
   * version of it begins with this line.
   */
  calledAs?: string
  /** The same under the name that it gets beside a file of the user's. */
  prefixed?: Content
}
