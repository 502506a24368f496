import { describe, expect, it } from 'vitest'
import { groundOf, type NewCommit, reviewedIn } from '../../../src/core/review/change-base.ts'

/** `b<a` is a commit b with the parent a; `b*<a` was fetched, `b!<a` is signed. */
const commits = (...lines: string[]): NewCommit[] =>
  lines.map(line => {
    const [, id, mark, parents] = /^(\w+)([*!]?)<?(\w*)$/.exec(line)!
    return { id: id!, parents: [...parents!], fetched: mark === '*', signed: mark === '!' }
  })

describe('HEAD stands on', () => {
  it.each<[string, string, string[], string | null, string]>([
    ['itself, when a recorded ref reaches it', 'k', [], 'k', ''],
    ['the commit below what was made here', 'c', ['b<k', 'c<b'], 'k', 'cb'],
    ['itself, when it was fetched', 'c', ['b*<k', 'c*<b'], 'c', ''],
    ['the last fetched commit', 'c', ['b*<k', 'c<b'], 'b', 'c'],
    ['itself, when its tree was countersigned, whatever led to it', 'c', ['b<k', 'c!<b'], 'c', ''],
    ['a countersigned commit below what was made since', 'd', ['b<k', 'c!<b', 'd<c'], 'c', 'd'],
    ['two commits after a merge, so on none of them', 'm', ['b<k', 'o*<k', 'm<bo'], null, 'mb'],
    ['one commit after a merge of what was made on it', 'm', ['b<k', 'c<k', 'm<bc'], 'k', 'mbc'],
    ['the commit below both, when a fetched one came on top of one made here', 'c', ['b<k', 'c*<b'], 'k', 'cb'],
    ['a fetched commit that came after one that was countersigned', 'c', ['b!<k', 'c*<b'], 'c', ''],
    ['nothing, from a first commit on', 'b', ['a<', 'b<a'], null, 'ba'],
    ['nothing, when another first commit was merged', 'm', ['a<', 'b<k', 'm<ab'], null, 'mab'],
    ['itself, when the whole history was fetched', 'b', ['a*<', 'b*<a'], 'b', ''],
  ])('%s', (_, head, listed, commit, made) => {
    const found = groundOf(head, commits(...listed), new Set())
    expect([found.commit, found.madeHere.join('')]).toEqual([commit, made])
  })

  it('nothing, where a recorded ref reaches it and it is known to be unreviewed all the same', () => {
    expect(groundOf('u', [], new Set('u'))).toEqual({ commit: null, madeHere: ['u'], unsound: [] })
    expect(groundOf('b', commits('b<u'), new Set('u')).commit).toBeNull()
    expect(groundOf('b', commits('b*<u'), new Set('u')).commit).toBeNull()
  })

  it('a commit below which others stay unreviewed: these are said', () => {
    expect(groundOf('d', commits('b<k', 'c!<b', 'd*<c'), new Set()).unsound).toEqual(['b'])
    expect(groundOf('e', commits('b<k', 'c!<b', 'd*<c', 'e<d'), new Set())).toEqual({
      commit: 'd',
      madeHere: ['e'],
      unsound: ['b'],
    })
  })
})

it.each<[string, string[], string]>([
  ['what it is built on', ['b<k', 'c<b', 'd!<c'], 'dcb'],
  ['not what was made on it since', ['b<k', 'c!<b', 'd<c'], 'cb'],
  ['not what a fetch brought, nor what lies below that', ['b<k', 'c*<b', 'd!<c'], 'd'],
  ['nothing, where none is', ['b<k', 'c<b'], ''],
])('a countersigned commit covers %s', (_, listed, covered) =>
  expect(reviewedIn(commits(...listed)).join('')).toBe(covered),
)
