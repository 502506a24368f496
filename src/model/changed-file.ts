/** A file that differs between two trees. */
export type ChangedFile = {
  /** From the root, forward slashes. */
  path: string
  status: 'added' | 'modified' | 'deleted' | 'type-changed'
  /** Lines. 0 for a binary file. */
  added: number
  deleted: number
  binary: boolean
}

/** The same with git's id of what it now holds; zeros where it is deleted. */
export type ChangedBlob = ChangedFile & { blob: string }

/** First and last line, 1-based, both included. */
export type LineRange = [start: number, end: number]
