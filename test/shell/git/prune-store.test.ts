import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fingerprint } from '../../../src/shell/git/fingerprint.ts'
import { locate } from '../../../src/shell/git/git.ts'
import { pruneStore } from '../../../src/shell/git/prune-store.ts'
import { changedFiles } from '../../../src/shell/git/tree-diff.ts'
import { repository } from '../../support/repository.ts'

const later = Date.now() + 7_200_000

function edited(times: number) {
  const repo = repository({ 'a.js': 'a' })
  const found = locate(repo.root)!
  const scope = { ...found, stateDir: join(found.gitDir, 'countersign'), ignore: [] }
  const first = fingerprint(scope)
  for (let n = 0; n < times; n++) {
    repo.write('deep/b.js', `edit ${n}`)
    fingerprint(scope)
  }
  const objects = () =>
    readdirSync(join(scope.stateDir, 'objects'), { recursive: true, encoding: 'utf8' }).filter(name => name.length > 30)
  return { repo, scope, first, tree: fingerprint(scope), objects }
}

describe('the store of our own objects', () => {
  it('keeps what the settled tree needs and loses the rest', () => {
    const { scope, tree, objects } = edited(5)
    expect(objects().length).toBe(15)
    pruneStore(scope, tree, { most: 3, now: later })
    expect(objects().length).toBe(3)
    expect(fingerprint(scope)).toBe(tree)
    expect(changedFiles(scope, `${tree}`, tree)).toEqual([])
    expect(readdirSync(scope.stateDir)).not.toContain('fresh')
  })
  it.each([
    ['there is little', (tree: string) => ({ tree, most: 100, now: later })],
    ['the working tree is another one by now', () => ({ tree: 'f'.repeat(40), most: 3, now: later })],
    ['all of it is young', (tree: string) => ({ tree, most: 3, now: Date.now() })],
  ])('is left alone where %s', (_, given) => {
    const { scope, tree, objects } = edited(3)
    const before = objects()
    const { tree: settled, ...options } = given(tree)
    pruneStore(scope, settled, options)
    expect(objects()).toEqual(before)
  })
})
