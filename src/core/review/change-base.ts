/** A commit that no recorded ref reaches. */
export type NewCommit = {
  id: string
  parents: string[]
  /** A fetch brought it, as far as that can be told. */
  fetched: boolean
  /** Its tree has been countersigned as it is. */
  signed: boolean
}

/** What HEAD stands on. */
export type Ground = {
  /** The one commit not made here that HEAD stands on, HEAD itself included; null where there are several or none. */
  commit: string | null
  /** Commits made here, and not reviewed as they are, that HEAD has above it. */
  madeHere: string[]
  /** Commits below `commit` that bring in what nobody has reviewed: their trees are never a base. */
  unsound: string[]
}

/**
 * Finds what HEAD stands on, by ancestry alone.
 *
 * A commit is sound when its tree holds nothing that was made here and not reviewed: one that a recorded ref reaches, one
 * whose tree was countersigned, or one that a fetch brought and whose parents are sound. Only such a tree may be a base.
 *
 * @param listed Every commit that HEAD reaches and no recorded ref does, parents first.
 * @param unsound Commits that recorded refs reach, which are not sound all the same.
 */
export function groundOf(head: string, listed: readonly NewCommit[], unsound: ReadonlySet<string>): Ground {
  const commits = new Map(listed.map(commit => [commit.id, commit]))
  const isSound = soundIn(listed, unsound)
  let open = false
  const grounds = new Set<string>()
  const made = reach(head, id => {
    const commit = commits.get(id)
    if (isSound(id)) grounds.add(id)
    else if (commit && commit.parents.length > 0) return commit.parents
    // Below a first commit there is nothing to begin at, and an unsound one ends what is known.
    else open = true
    return []
  })
  const [commit = null] = !open && grounds.size === 1 ? grounds : []
  const below = commit === null ? [] : reach(commit, id => commits.get(id)?.parents ?? [])
  return {
    commit,
    madeHere: made.filter(id => !grounds.has(id)),
    unsound: below.filter(id => commits.has(id) && !isSound(id)),
  }
}

/** Tells which commits are sound; parameters as for `groundOf`. */
export function soundIn(listed: readonly NewCommit[], unsound: ReadonlySet<string>): (id: string) => boolean {
  const all = new Set(listed.map(({ id }) => id))
  const sound = new Set<string>()
  const isSound = (id: string): boolean => (all.has(id) ? sound.has(id) : !unsound.has(id))
  for (const { id, parents, fetched, signed } of listed)
    if (signed || (fetched && parents.every(isSound))) sound.add(id)
  return isSound
}

/** Commits made here that one with a countersigned tree rests on: its review covered what they have brought. */
export function reviewedIn(listed: readonly NewCommit[]): string[] {
  const parents = new Map(listed.flatMap(({ id, parents, fetched }) => (fetched ? [] : [[id, parents] as const])))
  const found = listed.filter(({ signed }) => signed)
  const below = found.flatMap(({ id }) => reach(id, one => (parents.get(one) ?? []).filter(up => parents.has(up))))
  return [...new Set(below)]
}

/** Everything that can be reached from `start`, itself included. */
function reach(start: string, next: (id: string) => string[]): string[] {
  const seen = new Set([start])
  // A set that grows while it is walked is walked to its new end.
  for (const id of seen) for (const parent of next(id)) seen.add(parent)
  return [...seen]
}
