/** One line of HEAD's reflog: it went from one commit to another. */
export type HeadMove = { from: string; to: string; message: string }

const goesElsewhere = /^(?:checkout: moving |reset: |(?:rebase|pull)\b.*\(start\))/
const fastForward = /^(?:merge|pull)\b.*: Fast-forward/
const commits = /^(?:commit|cherry-pick|revert|am\b|rebase|pull\b.*\(pick\))/

/**
 * Where a change begins after HEAD has moved, as a commit; null when it begins where it did.
 *
 * A commit is part of the change, amended or not; so is a merge, whose commit holds both. After a switch, a reset or a
 * rebase the change is what differs from the commit gone to, after a fast-forward from the commit pulled in, unless
 * something was committed before it: then the old base stays, since too much is reviewed rather than too little.
 *
 * @param moves Since the commit that the base was recorded with, oldest first.
 */
export function newBase(moves: HeadMove[]): string | null {
  let base: string | null = null
  let committed = false
  for (const { from, to, message } of moves) {
    if (from === to) continue
    if (goesElsewhere.test(message)) {
      base = to
      committed = false
    } else if (fastForward.test(message)) base = committed ? base : to
    else if (commits.test(message)) committed = true
  }
  return base === moves[0]?.from ? null : base
}

/**
 * The moves of a reflog since HEAD last stood on `commit`; null where it tells of no such time.
 *
 * @param reflog The end of `logs/HEAD`; a first line that is cut is passed over.
 */
export function movesSince(reflog: string, commit: string | null): HeadMove[] | null {
  const moves = reflog.split('\n').flatMap(line => {
    const parts = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) [^\t]*\t(.*)/.exec(line)
    return parts ? [{ from: parts[1]!, to: parts[2]!, message: parts[3]! }] : []
  })
  const wanted = (id: string) => (commit === null ? /^0+$/.test(id) : id === commit)
  const last = moves.findLastIndex(({ from, to }) => wanted(from) && !wanted(to))
  return last < 0 ? null : moves.slice(last)
}
