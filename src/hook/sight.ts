import type { Scope } from '../model/repository.ts'
import { fingerprint } from '../shell/git/fingerprint.ts'
import { headCommit } from '../shell/git/head-commit.ts'

/** What one event sees of the working tree: looked up when it is first asked for, and again only after `forget`. */
export type Sight = {
  tree(): string
  head(): string | null
  /** Something ran that may have changed both. */
  forget(): void
}

/**
 * @param scope Asked for when the tree is, since its globs come from a configuration that may be unreadable.
 * @param known The tree where it has been looked up already.
 */
export function sightOf(scope: () => Scope, known?: string): Sight {
  let tree = known
  let head: string | null | undefined
  return {
    tree() {
      tree ??= fingerprint(scope())
      return tree
    },
    head() {
      if (head === undefined) head = headCommit(scope())
      return head
    },
    forget() {
      tree = undefined
      head = undefined
    },
  }
}
