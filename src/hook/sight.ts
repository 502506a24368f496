import type { Scope } from '../model/repository.ts'
import { type Look, look } from '../shell/git/fingerprint.ts'
import { headCommit } from '../shell/git/head-commit.ts'

/** What one event sees of the working tree: looked up when it is first asked for, and again only after `forget`. */
export type Sight = {
  tree(): string
  /** Whether the working tree holds what is in no fingerprint; see `Look`. */
  partial(): boolean
  head(): string | null
  /** Something ran that may have changed both. */
  forget(): void
}

/**
 * @param scope Asked for when the tree is, since its globs come from a configuration that may be unreadable.
 * @param known What the tree is, where it has been looked up already.
 */
export function sightOf(scope: () => Scope, known?: Look): Sight {
  let seen = known
  let head: string | null | undefined
  const now = () => {
    seen ??= look(scope())
    return seen
  }
  return {
    tree: () => now().tree,
    partial: () => now().partial,
    head() {
      if (head === undefined) head = headCommit(scope())
      return head
    },
    forget() {
      seen = undefined
      head = undefined
    },
  }
}
