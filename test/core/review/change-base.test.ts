import { describe, expect, it } from 'vitest'
import { movesSince, newBase } from '../../../src/core/review/change-base.ts'

const id = (letter: string) => letter.repeat(40)
/** `A>B message` as a line of a reflog. */
const reflog = (...moves: string[]) =>
  moves
    .map(move => `${id(move[0]!)} ${id(move[2]!)} Ada <ada@example.org> 1700000000 +0000\t${move.slice(4)}\n`)
    .join('')
const base = (...moves: string[]) => newBase(movesSince(reflog(...moves), id(moves[0]![0]!))!)?.[0] ?? 'as before'

describe('a change begins, after', () => {
  it.each([
    ['a commit', ['a>b commit: one'], 'as before'],
    ['an amended commit', ['a>b commit (amend): one'], 'as before'],
    ['a merge', ["a>b merge main: Merge made by the 'ort' strategy."], 'as before'],
    ['a switch', ['a>b checkout: moving from main to topic'], 'b'],
    [
      'a new branch at the same commit, then a commit',
      ['a>a checkout: moving from main to x', 'a>b commit: one'],
      'as before',
    ],
    ['a commit, then a new branch at it', ['a>b commit: one', 'b>b checkout: moving from main to x'], 'as before'],
    ['a switch and a pull there', ['a>b checkout: moving from main to x', 'b>c pull --ff-only: Fast-forward'], 'c'],
    [
      'a commit, a switch and a pull there',
      ['a>b commit: x', 'b>c checkout: moving from main to x', 'c>d pull: Fast-forward'],
      'd',
    ],
    ['a commit that speaks of a switch', ['a>b commit: checkout: moving from main to x'], 'as before'],
    ['a commit that speaks of a pull', ['a>b commit: merge: Fast-forward'], 'as before'],
    ['a cherry-pick and a pull', ['a>b cherry-pick: one', 'b>c pull: Fast-forward'], 'as before'],
    ['a bisect that speaks of a commit, and a pull', ['a>b bisect: commit', 'b>c pull: Fast-forward'], 'c'],
    ['there and back', ['a>b checkout: moving from main to x', 'b>a checkout: moving from x to main'], 'as before'],
    ['a switch and a commit', ['a>b checkout: moving from main to x', 'b>c commit: one'], 'b'],
    ['an interactive rebase', ['a>b rebase -i (start): checkout main', 'b>c rebase -i (pick): one'], 'b'],
    [
      'a rebasing pull, whichever way it was asked for',
      ['a>b pull -q --rebase (start): checkout d47e', 'b>c pull -q --rebase (pick): one'],
      'b',
    ],
    [
      'a rebasing pull, a commit picked by it, and a pull',
      ['a>b commit: one', 'b>c pull (start): checkout d', 'c>d pull (pick): one', 'd>e pull: Fast-forward'],
      'c',
    ],
    ['a reset', ['a>b reset: moving to HEAD~1'], 'b'],
    ['a pull without work of its own', ['a>b pull: Fast-forward'], 'b'],
    ['a commit and a pull', ['a>b commit: one', 'b>c pull: Fast-forward'], 'as before'],
    [
      'a rebase: what was committed is reviewed on its new ground',
      [
        'a>b commit: one',
        'b>c rebase (start): checkout main',
        'c>d rebase (pick): one',
        'd>d rebase (finish): returning',
      ],
      'c',
    ],
  ])('%s: %#', (_, moves, expected) => expect(base(...moves)).toBe(expected))

  it('a commit the reflog does not know: that is for somebody else to find out', () =>
    expect(movesSince(reflog('a>b commit: one'), id('f'))).toBeNull())
  it('no move at all: where it did', () => expect(newBase([])).toBeNull())
  it('only what came after the last time HEAD stood there', () => {
    const moves = [
      'x>a checkout: moving from x to a',
      'a>b commit: one',
      'b>a reset: moving to HEAD~1',
      'a>c commit: two',
    ]
    expect(movesSince(reflog(...moves), id('a'))?.map(({ message }) => message)).toEqual(['commit: two'])
  })
  it('a line that is cut, or none at all, is passed over', () =>
    expect(movesSince(`${id('a')} A <a> 1 +0\tcommit: cut\n\nx${reflog('a>b commit: one')}`, id('a'))).toBeNull())
  it('an id with noughts is not the time before the first commit', () => {
    const almost = [`${'0'.repeat(39)}a`, `a${'0'.repeat(39)}`]
    for (const from of almost) expect(movesSince(`${from} ${id('b')} A <a> 1 +0\tcommit: x\n`, null)).toBeNull()
  })
  it('the first commit of all', () =>
    expect(movesSince(`${'0'.repeat(40)} ${id('a')} A <a> 1 +0\tcommit (initial): x\n`, null)).toHaveLength(1))
})
