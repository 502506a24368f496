import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyTurns, type Doing, play, type Turn } from '../../support/git/any-git.ts'
import { Session } from '../../support/git/session.ts'

/** How many sequences of git commands are tried; `npm run soak` asks for more. */
const sequences = Number(process.env.COUNTERSIGN_GIT ?? 30)

const missed = (turns: Turn[]): string[] => {
  const session = new Session()
  try {
    return play(session, turns)
  } finally {
    session.close()
  }
}

const turn = (...doings: Doing[]): Turn => ({ doings, end: 'green', session: false, between: [] })

it.each<[string, ...Turn[]]>([
  [
    'a branch that is merged without a commit of its own',
    turn(['create', 'f'], ['work', 'a'], ['switch', 'main'], ['merge', 'f', '--ff']),
  ],
  ['a look at the commit before', turn(['work', 'a'], ['checkout', 'HEAD~1'], ['checkout', 'main'])],
  ['there and back', turn(['create', 'f'], ['work', 'a'], ['checkout', '-'], ['checkout', '-'])],
  ['an agent’s commit that is merged', turn(['agent', 'agent', 'a'], ['merge', 'agent', '--ff'])],
  ['a reset that is taken back', turn(['work', 'a'], ['reset', '--hard', 'HEAD~1'], ['reset', '--hard', 'HEAD@{1}'])],
  [
    'a stash that is committed elsewhere',
    turn(['write', 'a'], ['stash'], ['create', 'f'], ['pop'], ['commit'], ['switch', 'main'], ['reset', '--hard', 'f']),
  ],
  [
    'a reflog that tells of a switch',
    turn(['work', 'a'], ['update-ref', 'main', 'HEAD'], ['create', 'f'], ['update-ref', 'main', 'f']),
  ],
  ['a push', turn(['work', 'a'], ['push', 'main'], ['fetch'])],
  [
    'a push, and a merge of what was pushed',
    turn(['create', 'f'], ['work', 'a'], ['push', 'f'], ['switch', 'main'], ['merge', 'f', '--ff']),
  ],
  [
    'a push of it with somebody else’s commit on top',
    turn(['work', 'a'], ['push', 'main'], ['other', 'b'], ['pull', '--ff-only']),
  ],
  ['an amended commit', turn(['work', 'a'], ['amend']), turn(['write', 'b'], ['amend'])],
  ['a rebase', turn(['work', 'a'], ['rebase', 'topic'])],
  ['a cherry-pick of one’s own commit', turn(['create', 'f'], ['work', 'a'], ['switch', 'main'], ['cherry-pick', 'f'])],
  [
    'a line that is committed, removed, reviewed as removed and brought again',
    turn(['work', 'a'], ['revert']),
    turn(['reset', '--hard', 'HEAD~1']),
  ],
  [
    'a line that stays in a commit below a reviewed one',
    turn(['work', 'a'], ['revert'], ['work', 'b']),
    turn(['checkout', 'HEAD~2']),
  ],
  [
    'the same, when the reviewed one has been built upon',
    turn(['work', 'a'], ['revert'], ['work', 'b']),
    turn(['work', 'c']),
    turn(['checkout', 'HEAD~3']),
  ],
  [
    'a commit on a branch that a stop has not seen',
    turn(['create', 'f'], ['work', 'a'], ['switch', 'main'], ['write', 'b']),
    turn(['commit'], ['merge', 'f', '--no-ff']),
  ],
  ['a turn that was interrupted', { ...turn(['work', 'a']), end: 'interrupted', session: true }, turn()],
  [
    'an agent’s commit on a branch that the user switches to after the session',
    { ...turn(['agent', 'g', 'a']), session: true, between: [['switch', 'g']] },
    turn(),
  ],
  [
    'the same, when the user has committed on top of it',
    {
      ...turn(['agent', 'g', 'a']),
      session: true,
      between: [
        ['switch', 'g'],
        ['work', 'b'],
      ],
    },
    turn(),
  ],
  [
    'a turn that was interrupted, when the user has committed it',
    { ...turn(['write', 'a']), end: 'interrupted', session: true, between: [['commit']] },
    turn(),
  ],
  [
    'a forged commit that lay below HEAD and is gone back to, unless it is named',
    {
      ...turn(['forge', 'a', 'committer']),
      end: 'interrupted',
      session: true,
      between: [['restore', 'HEAD~1'], ['empty']],
    },
    turn(['checkout', 'HEAD~1']),
    turn(),
  ],
])('Claude’s lines are reviewed after %s', (_, ...turns) => expect(missed(turns)).toEqual([]))

it(
  'whatever git does: every line that a session added and that is in the tree is reviewed, or what passed is named',
  () => {
    fc.assert(
      fc.property(anyTurns, turns => void expect(missed(turns)).toEqual([])),
      { numRuns: sequences },
    )
  },
  60_000 + sequences * 10_000,
)
