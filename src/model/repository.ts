/** One working tree. All paths absolute; `commonDir` differs from `gitDir` only in a linked worktree. */
export type Repository = { root: string; gitDir: string; commonDir: string }

/** A repository together with the directory that holds our own objects. */
export type Store = Repository & {
  /** Absolute, exists or can be made. */
  stateDir: string
}

/** A working tree, the directory that is ours alone, and the globs of files that do not count. */
export type Scope = Store & {
  /**
   * The directory that is set up, from the root, forward slashes; empty or left out: the root itself. Nothing outside it
   * counts, and its tree is the one that is spoken of.
   */
  home?: string
  /** Git pathspec globs from that directory: `docs/**`, `*.md` (its top level only). */
  ignore: string[]
  /** Settings for the user's own filters; see `lenientFilters`. Left out: as the user has set them. */
  filters?: string[]
}

/** A setup and the working tree it belongs to. */
export type Setup = {
  /** The directory that is set up; commands run here, and every path goes from here. */
  root: string
  /** The working tree, and where its state is kept. `ignore` is filled in from the configuration. */
  scope: Scope
}
