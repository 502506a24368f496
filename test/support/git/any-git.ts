import fc from 'fast-check'
import type { Session } from './session.ts'

/** What is done in a repository, by a name a reader can follow. */
export type Doing = [name: string, ...args: string[]]
/** A turn: what Claude does, how it ends, and what the user does before the next where a session ends. */
export type Turn = { doings: Doing[]; end: 'green' | 'red' | 'interrupted'; session: boolean; between: Doing[] }

const file = fc.constantFrom('a', 'b', 'c', 'new', 'topic')
const branch = fc.constantFrom('main', 'topic', 'f', 'g', 'agent')
const place = fc.oneof(
  branch,
  fc.constantFrom(
    'HEAD~1',
    'HEAD~2',
    'HEAD~3',
    'HEAD@{1}',
    '-',
    'main~1',
    'origin/main',
    'stash@{0}',
    'ORIG_HEAD',
    'HEAD^2',
  ),
)
const of = (name: string, ...args: fc.Arbitrary<string>[]): fc.Arbitrary<Doing> =>
  fc.tuple(...args).map(given => [name, ...given])

const git = fc.oneof(
  of('switch', branch),
  of('create', branch),
  of('checkout', place),
  of('merge', branch, fc.constantFrom('--ff', '--no-ff', '--ff-only', '--squash')),
  of('rebase', branch),
  of('reset', fc.constantFrom('--hard', '--soft', '--mixed', '--keep'), place),
  of('stash'),
  of('pop'),
  of('cherry-pick', place),
  of('revert'),
  of('update-ref', branch, place),
  of('restore', place),
  of('push', branch),
  of('fetch'),
  of('pull', fc.constantFrom('--ff-only', '--rebase', '--no-rebase')),
  of('orphan'),
  of('delete', branch),
)
const edits = fc.oneof(of('write', file), of('write', file), of('undo'))
const commits = fc.oneof(of('work', file), of('work', file), of('commit'), of('amend'), of('empty'))
const others = fc.oneof(of('other', file), of('agent', fc.constantFrom('agent', 'g'), file))
const forging = of('forge', file, fc.constantFrom('committer', 'date'))

const doing = fc.oneof(
  { weight: 6, arbitrary: edits },
  { weight: 6, arbitrary: commits },
  { weight: 10, arbitrary: git },
  { weight: 2, arbitrary: others },
  { weight: 1, arbitrary: forging },
)

export const anyTurns: fc.Arbitrary<Turn[]> = fc.array(
  fc.record({
    doings: fc.array(doing, { maxLength: 7 }),
    end: fc.constantFrom('green', 'green', 'green', 'red', 'interrupted'),
    session: fc.boolean(),
    between: fc.array(fc.oneof(edits, commits, git), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 5 },
)

const perform: Record<string, (session: Session, by: 'claude' | 'user', ...args: string[]) => unknown> = {
  write: (session, by, name) => session.write(name!, by),
  undo: session => session.git('checkout', '-q', '--', '.'),
  work: (session, by, name) => {
    session.write(name!, by)
    session.commit('some work')
  },
  commit: session => session.commit('a commit'),
  amend: session => session.git('add', '-A') && session.git('commit', '-q', '--amend', '-m', 'amended'),
  empty: session => session.git('commit', '-q', '--allow-empty', '-m', 'empty'),
  switch: (session, _, name) => session.git('switch', '-q', name!),
  create: (session, _, name) => session.git('switch', '-q', '-C', name!),
  checkout: (session, _, where) => session.git('checkout', '-q', where!),
  merge: (session, _, name, how) => session.git('merge', '-q', how!, '-m', 'merged', name!),
  rebase: (session, _, name) => session.git('rebase', '-q', name!),
  reset: (session, _, how, where) => session.git('reset', '-q', how!, where === '-' ? 'HEAD' : where!),
  stash: session => session.git('stash', '-q', '-u'),
  pop: session => session.git('stash', 'pop', '-q') || session.git('checkout', '-q', '-f'),
  'cherry-pick': (session, _, where) => session.git('cherry-pick', where!),
  revert: session => session.git('revert', '--no-edit', 'HEAD'),
  'update-ref': (session, _, name, where) =>
    session.git('update-ref', '-m', 'checkout: moving from a to b', `refs/heads/${name}`, where!),
  restore: (session, _, where) => session.git('checkout', '-q', where!, '--', '.'),
  push: (session, _, name) => session.git('push', '-q', '-f', 'origin', `HEAD:refs/heads/${name}`),
  fetch: session => session.git('fetch', '-q'),
  pull: (session, _, how) => session.git('pull', '-q', how!, 'origin', 'main') || session.git('rebase', '--abort'),
  orphan: session => session.git('checkout', '-q', '--orphan', `o${session.written.size}`),
  delete: (session, _, name) => session.git('branch', '-q', '-D', name!),
  other: (session, _, name) => session.otherPushes(name!),
  agent: (session, _, name, path) => session.agentCommits(name!, path!),
  forge: (session, _, name, how) => session.forge(name!, how as 'committer' | 'date'),
}

/** Plays the turns. Returns the lines that came into a settled tree without a review and without a word, after each stop. */
export function play(session: Session, turns: Turn[]): string[] {
  const run = (doings: Doing[], by: 'claude' | 'user') => {
    for (const [name, ...args] of doings) perform[name]!(session, by, ...args)
  }
  for (const { doings, end, session: ends, between } of turns) {
    session.prompt()
    run(doings, 'claude')
    session.green = end !== 'red'
    const missed = end === 'interrupted' ? [] : session.stop()
    if (missed.length > 0) return missed
    if (!ends) continue
    session.endSession()
    run(between, 'user')
    session.startSession()
  }
  session.green = true
  session.prompt()
  return session.stop()
}
