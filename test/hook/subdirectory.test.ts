import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fingerprint, treeOfCommit } from '../../src/shell/git/fingerprint.ts'
import { locate } from '../../src/shell/git/git.ts'
import { emptyTree } from '../../src/shell/git/private-index.ts'
import { changedFiles } from '../../src/shell/git/tree-diff.ts'
import { scopeOf } from '../../src/shell/state/setup-root.ts'
import { gate, ready } from '../support/programs/gate.ts'
import { repository, type TestRepository } from '../support/repository.ts'

const home = 'packages/[a] b'

describe('the gate of a setup below the root', () => {
  it('tests, reviews and signs a change in its directory, with paths from there', async () => {
    const one = gate({ home })
    one.repo.write(`${home}/a.js`, 'export const a = 2\n')
    const { json, stderr } = await one.fire('Stop', ready)
    expect(stderr).toBe('')
    expect(json?.systemMessage).toMatch(/countersigned/)
    expect([one.testRuns(), one.codexCalls()]).toEqual([1, ['review']])
    expect(one.prompts()[0]).toContain('+++ b/a.js')
    expect(one.prompts()[0]).not.toContain('packages/')
    expect((await one.fire('Stop')).stdout).toBe('')
  })

  it('has nothing to do with what lies outside of it', async () => {
    const one = gate({ home })
    one.repo.write('root.js', 'changed')
    one.repo.write('packages/c/c.js', 'changed')
    expect((await one.fire('Stop', ready)).stdout).toBe('')
    expect(one.testRuns()).toBe(0)
    one.repo.write(`${home}/a.js`, 'export const a = 2\n')
    await one.fire('Stop', ready)
    expect(one.prompts()[0]).not.toContain('root.js')
    one.repo.write('root.js', 'changed again')
    expect((await one.fire('Stop')).stdout).toBe('')
    expect(one.testRuns()).toBe(1)
  })

  it('reads its globs from there', async () => {
    const one = gate({ home, config: '    paths: ["src/**"]\nignore: ["*.md"]\n' })
    one.repo.write('src/x.js', 'outside')
    one.repo.write(`${home}/notes.md`, 'ignored')
    expect((await one.fire('Stop')).stdout).toBe('')
    one.repo.write(`${home}/src/x.js`, 'inside')
    await one.fire('Stop')
    expect(one.testRuns()).toBe(1)
  })

  it('and that of the root beside it keep apart what they remember', async () => {
    const one = gate({ home })
    one.repo.write(`${home}/a.js`, 'export const a = 2\n')
    await one.fire('Stop', ready)
    const seen = scopeOf(locate(one.repo.root)!, one.repo.root)
    expect(fingerprint(seen)).not.toBe(fingerprint(scopeOf(seen, join(one.repo.root, home))))
    expect(changedFiles(seen, treeOfCommit(seen, 'HEAD'), fingerprint(seen)).map(({ path }) => path)).toEqual([
      `${home}/a.js`,
    ])
    expect((await one.fire('Stop')).stdout).toBe('')
  })
})

describe('the fingerprint of a directory', () => {
  const files = { 'root.js': 'r', [`${home}/a.js`]: 'a', [`${home}/.gitattributes`]: '', 'packages/c/c.js': 'c' }
  const scopeIn = (repo: TestRepository) => scopeOf(locate(repo.root)!, join(repo.root, home))

  it('is its tree in a clean commit, whatever lies beside it', () => {
    const repo = repository(files)
    const scope = scopeIn(repo)
    const tree = repo.git('rev-parse', `HEAD:${home}`)
    expect([fingerprint(scope), treeOfCommit(scope, 'HEAD')]).toEqual([tree, tree])
    repo.write('root.js', 'changed')
    repo.write('packages/c/c.js', 'changed')
    repo.git('add', 'root.js')
    expect(fingerprint(scope)).toBe(tree)
    repo.write(`${home}/a.js`, 'changed')
    expect(fingerprint(scope)).not.toBe(tree)
  })

  it('obeys the ignore rules above it', () => {
    const repo = repository({ ...files, '.gitignore': '*.log\n' })
    const scope = scopeIn(repo)
    const tree = fingerprint(scope)
    repo.write(`${home}/debug.log`, 'x')
    expect(fingerprint(scope)).toBe(tree)
  })

  it('does not mind a merge that stands still elsewhere', () => {
    const repo = repository(files)
    repo.git('checkout', '-q', '-b', 'side')
    repo.write('root.js', 'theirs')
    repo.commit()
    repo.git('checkout', '-q', 'main')
    repo.write('root.js', 'ours')
    repo.commit()
    expect(() => repo.git('merge', 'side')).toThrow()
    expect(fingerprint(scopeIn(repo))).toBe(repo.git('rev-parse', `HEAD:${home}`))
  })

  it('that is new or has been emptied is that of no files', () => {
    const repo = repository({ 'root.js': 'r' })
    repo.write(`${home}/a.js`, 'a')
    const scope = scopeIn(repo)
    expect(treeOfCommit(scope, 'HEAD')).toBe(emptyTree(scope))
    expect(fingerprint(scope)).not.toBe(emptyTree(scope))
    rmSync(join(repo.root, home, 'a.js'))
    expect(fingerprint(scope)).toBe(emptyTree(scope))
  })
})
