import type { Facts } from '../../core/cycle/facts.ts'
import type { State } from '../../core/ledger/state.ts'
import { counted } from '../../core/text/wording.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import { configPath, hookPath } from '../../model/paths.ts'
import type { Scope, Setup } from '../../model/repository.ts'
import { treeOfCommit } from '../../shell/git/fingerprint.ts'
import { headCommit } from '../../shell/git/head-commit.ts'
import { commitsBeyond, remoteTips } from '../../shell/git/history.ts'
import { emptyTree, makeObjectsDir } from '../../shell/git/private-index.ts'
import { treeReader } from '../../shell/git/tree-reader.ts'
import { configText } from '../../shell/state/cached-config.ts'
import { letHold } from '../../shell/state/config-in-force.ts'
import { knownNow, writeKnown } from '../../shell/state/known-commits.ts'

/**
 * Begins anew in the middle of a session, from the safest ground there still is: the last commit below HEAD that a
 * remote-tracking ref has, where there is one; else HEAD. The configuration of that commit applies until the user's next
 * prompt. What `init` has laid down since is left as it is where no commit has the setup: then it was not there before.
 *
 * @returns What is to be remembered, and told once.
 */
export function afterLoss(setup: Setup, state: State, { session, pid }: Pick<Facts, 'session' | 'pid'>): Happening[] {
  const { root, scope } = setup
  const begun: Happening = { kind: 'session', session, pid, phase: 'started' }
  const told = (...names: string[]): Happening => ({ kind: 'deed', what: 'forgotten', names, by: 'user' })
  const head = headCommit(scope)
  makeObjectsDir(scope)
  if (state.settled && !(head && isCommitted(scope, head)))
    return [begun, told('What had changed when it was set up is not reviewed')]
  const tips = remoteTips(scope)
  const { commit, ahead } = head === null ? { commit: null, ahead: 0 } : groundIn(scope, head, tips)
  const base = commit ?? head
  const committed = base ? treeReader(scope, { tree: base, head: null }).read(atRoot(scope, configPath)) : null
  if (committed !== null) letHold(scope.stateDir, committed)
  const now = knownNow(scope, head, Date.now())
  const known = writeKnown(scope.stateDir, commit === null ? now : { ...now, tips })
  const tree = base ? treeOfCommit(scope, base) : emptyTree(scope)
  return [
    { kind: 'baseline', tree, head, known, globs: [] },
    begun,
    told(
      whereFrom(commit, head, ahead),
      ...(committed !== null && committed !== configText(root)
        ? [`${configPath} differs there, and ${untilPrompt}`]
        : []),
    ),
  ]
}

const untilPrompt = 'what it says there applies until your next prompt'

function whereFrom(commit: string | null, head: string | null, ahead: number): string {
  if (head === null) return 'There is no commit, so every file is reviewed as new'
  if (commit === null)
    return `The change is judged from HEAD (${head.slice(0, 8)}): what was committed in this session before is not reviewed`
  return `The change is judged from ${commit.slice(0, 8)}, the last commit that a remote has, ${counted(ahead, 'commit')} before HEAD: what was pushed in this session before is not reviewed`
}

/** The first commit on the way down from HEAD that a remote-tracking ref reaches, and how many are above it. */
function groundIn(scope: Scope, head: string, tips: string[]): { commit: string | null; ahead: number } {
  const listed = tips.length > 0 ? commitsBeyond(scope, [head], tips) : null
  if (listed === null) return { commit: null, ahead: 0 }
  const parents = new Map(listed.map(one => [one.id, one.parents]))
  let commit: string | undefined = head
  while (commit !== undefined && parents.has(commit)) commit = parents.get(commit)![0]
  return { commit: commit ?? null, ahead: listed.length }
}

const atRoot = ({ home = '' }: Scope, path: string): string => (home === '' ? path : `${home}/${path}`)

const isCommitted = (scope: Scope, head: string): boolean =>
  treeReader(scope, { tree: head, head: null }).read(atRoot(scope, hookPath)) !== null
