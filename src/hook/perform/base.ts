import type { Effect } from '../../core/cycle/step.ts'
import { openRun, type State, signedTree } from '../../core/ledger/state.ts'
import { type Ground, groundOf, type NewCommit, reviewedIn, soundIn } from '../../core/review/change-base.ts'
import type { PassedOver } from '../../model/ledger/fields.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import type { Scope } from '../../model/repository.ts'
import { seenThrough, treeOfCommit } from '../../shell/git/fingerprint.ts'
import { GitError } from '../../shell/git/git.ts'
import {
  allTips,
  authorsBeyond,
  authorsOf,
  commitsBeyond,
  committerHere,
  notInRemotes,
  refsAt,
  refsOn,
} from '../../shell/git/history.ts'
import { emptyTree } from '../../shell/git/private-index.ts'
import { changedFiles } from '../../shell/git/tree-diff.ts'
import { type Known, knownNow, readKnown, writeKnown } from '../../shell/state/known-commits.ts'
import { turnEnds } from '../../shell/state/turns.ts'
import type { Effects } from './effects.ts'

/** Where the first change begins: at the last commit. */
export function findBase({ setup: { scope }, config, sight }: Effects): Happening {
  const head = sight.head()
  const known = writeKnown(scope.stateDir, knownNow(scope, head, Date.now()))
  return {
    kind: 'baseline',
    tree: head ? treeOfCommit(scope, head) : emptyTree(scope),
    head,
    known,
    globs: config.ignore,
  }
}

/** The same baseline, with the commits that were there and the globs that it was taken under. */
export function knowCommits({ tree, head }: { tree: string; head: string | null }, effects: Effects): Happening {
  const { setup, config, sight } = effects
  const known = writeKnown(setup.scope.stateDir, knownNow(setup.scope, sight.head(), Date.now()))
  return { kind: 'baseline', tree, head, known, globs: config.ignore }
}

/** The same base with what counts today: a glob that is new takes files away on both sides, and deletes none. */
export function seeThrough(state: State, { setup: { scope }, config }: Effects): Happening {
  const base = openRun(state)?.base.tree ?? state.settled?.tree ?? emptyTree(scope)
  return { kind: 'globs-changed', globs: config.ignore, base: seenThrough(scope, base) }
}

type Step = Extract<Effect, { do: 'follow-head' }>

/**
 * Where the change begins now that HEAD stands elsewhere. Any base is a tree that was settled or that of a sound commit, so
 * that nothing made here is in it without a review; of two such the one with the smaller change is taken.
 */
export function followHead({ from, atStart }: Step, state: State, effects: Effects): Happening {
  const { scope } = effects.setup
  const head = effects.sight.head()
  const run = openRun(state)
  const moved = { kind: 'head-moved', head, base: null, inCycle: run !== null } as const
  const before = run?.base.tree ?? state.settled?.tree
  if (head === null || before === undefined) return moved
  const known = knownBefore(scope, state, from)
  const named = atStart && !leftOpen(scope, state, known)
  const { commit, unsound, reviewed: more } = groundOn(scope, head, known, named)
  if (commit === null) return { ...moved, known: writeKnown(scope.stateDir, known) }
  const reviewed = [...new Set([...(known.reviewed ?? []), ...more])]
  const next = {
    ...known,
    reviewed,
    tips: [...known.tips, commit],
    unsound: [...new Set([...known.unsound, ...unsound])],
  }
  const base = treeOfCommit(scope, commit)
  // What no base moves over is not known either: it is named once one does.
  if (base !== before && commit !== head && !isSmaller(scope, { base, before, tree: effects.sight.tree() }))
    return { ...moved, known: writeKnown(scope.stateDir, known) }
  const hash = writeKnown(scope.stateDir, next)
  if (base === before) return { ...moved, known: hash }
  return {
    ...moved,
    base,
    known: hash,
    over: passedOver(scope, commit, { from, tips: known.tips, reviewed, between: named }),
  }
}

/** What is known so far. A list that is lost knows of nothing, an older ledger of where HEAD was: more is then reviewed. */
function knownBefore(scope: Scope, state: State, from: string | null): Known {
  const none: Known = { since: 0, tips: [], unsound: [], signed: [], users: [] }
  const read = state.known
    ? (readKnown(scope.stateDir, state.known) ?? none)
    : { ...none, tips: from === null ? [] : [from] }
  const user = committerHere(scope)
  const signed = signedTree(state)
  return {
    ...read,
    users: [...new Set(user === null ? read.users : [...read.users, user])],
    signed: [...new Set(signed === null ? read.signed : [...read.signed, signed])],
  }
}

/** Commits whose trees are looked at, the newest; each takes three git processes. */
const mostTrees = 30

/** @param between Whether no session was running: what none has left is not made by one. */
function groundOn(scope: Scope, head: string, known: Known, between = false): Ground & { reviewed: string[] } {
  const listed = newCommits(scope, [head], known, between)
  return listed
    ? { ...groundOf(head, listed, new Set(known.unsound)), reviewed: reviewedIn(listed) }
    : { commit: null, madeHere: [], unsound: [], reviewed: [] }
}

/** What `heads` reach beyond what is known, parents first; null when that is too much to be told. */
function newCommits(scope: Scope, heads: string[], known: Known, between = false): NewCommit[] | null {
  const { since, tips, unsound, signed, users } = known
  const listed = commitsBeyond(scope, heads, tips)
  if (listed === null) return null
  const unfetched = listed.length === 0 || between ? new Set() : notInRemotes(scope, heads, tips)
  return listed.map(({ id, parents, time, committer }, index) => {
    const fetched = between
      ? !unsound.includes(id)
      : !unfetched.has(id) && (time < since || (users.length > 0 && !users.includes(committer)))
    const isNew = !fetched && signed.length > 0 && index >= listed.length - mostTrees
    return { id, parents, fetched, signed: isNew && signed.includes(treeOfCommit(scope, id)) }
  })
}

/** The end of a session, with what was committed in it and never reviewed, on all branches: no base moves over that. */
export function endSession(
  { ended, unseen = false }: Extract<Effect, { do: 'end-session' }>,
  state: State,
  { setup: { scope }, sight }: Effects,
): Happening[] {
  turnEnds(scope.stateDir, ended.session)
  // A list that is lost knows of nothing, and all of history would count as made here.
  if (!state.known || !readKnown(scope.stateDir, state.known)) return [ended]
  try {
    const known = knownBefore(scope, state, null)
    const head = sight.head()
    const heads = [...(head === null ? [] : [head]), ...allTips(scope)]
    const listed = newCommits(scope, heads, known) ?? []
    const isSound = soundIn(listed, new Set(known.unsound))
    const made = listed.flatMap(({ id }) => (isSound(id) ? [] : [id]))
    const news = made.filter(id => !known.unsound.includes(id))
    const next = writeKnown(scope.stateDir, { ...known, unsound: [...new Set([...known.unsound, ...made])] })
    if (unseen && news.length > 0) return [{ ...ended, known: next, unseen: madeUnseen(scope, news, head) }]
    return [...leftInRemotes(scope, { news, heads, head, tips: known.tips }), { ...ended, known: next }]
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    // A session that ends is written down, whatever git does.
    return [ended]
  }
}

type Left = { news: string[]; heads: string[]; head: string | null; tips: string[] }

/** Commits that a remote has, while neither HEAD nor a review does: nobody would look at them again. */
function leftInRemotes(scope: Scope, { news, heads, head, tips }: Left): Happening[] {
  if (news.length === 0) return []
  const local = notInRemotes(scope, heads, tips)
  const below = new Set(commitsBeyond(scope, head === null ? [] : [head], tips)?.map(({ id }) => id))
  const left = news.filter(id => !local.has(id) && !below.has(id))
  if (left.length === 0) return []
  const [commits, on] = [left.map(id => id.slice(0, 8)), refsOn(scope, left).slice(0, 3)]
  const names = [`${commits.slice(0, 5).join(', ')}${commits.length > 5 ? ' and others' : ''}`, ...on]
  return [{ kind: 'deed', what: 'left-in-remote', names, by: 'user' }]
}

function madeUnseen(scope: Scope, commits: string[], head: string | null): PassedOver {
  const on = refsOn(scope, commits)
  const from = on.length === 0 && head !== null && commits.includes(head) ? ['HEAD'] : on
  return { commits: commits.length, by: authorsOf(scope, commits).slice(0, 3), from: from.slice(0, 3), between: true }
}

/** Whether a turn that never came to its end may have left what is committed now: then it is reviewed as its own. */
function leftOpen(scope: Scope, { prompts, sessions, endedSessions, endedHead }: State, known: Known): boolean {
  if (prompts.length === 0) return false
  const allEnded = sessions.every(session => endedSessions.includes(session))
  return !allEnded || !endedHead || groundOn(scope, endedHead, known).commit !== endedHead
}

/** Whether the change is smaller from `base` than from `before`, in lines and files. */
function isSmaller(scope: Scope, { base, before, tree }: { base: string; before: string; tree: string }): boolean {
  const size = (from: string) =>
    changedFiles(scope, from, tree).reduce((sum, { added, deleted }) => sum + added + deleted + 1, 0)
  return size(base) < size(before)
}

type Way = { from: string | null; tips: string[]; reviewed: string[]; between: boolean }

/** Beyond where HEAD was, or, where it only went back, beyond what is known; what a countersigned commit rests on is no part. */
function passedOver(scope: Scope, to: string, { from, tips, reviewed, between }: Way): PassedOver {
  const ahead = commitsBeyond(scope, [to], from === null ? [] : [from])
  const passed = ahead?.length === 0 ? commitsBeyond(scope, [to], tips) : ahead
  const refs = { from: refsAt(scope, to).slice(0, 3), between }
  if (passed === null) {
    const { commits, by } = authorsBeyond(scope, to, from === null ? [] : [from])
    return { commits, by: by.slice(0, 3), ...refs }
  }
  const unreviewed = passed.flatMap(({ id }) => (reviewed.includes(id) ? [] : [id]))
  return { commits: unreviewed.length, by: authorsOf(scope, unreviewed).slice(0, 3), ...refs }
}
