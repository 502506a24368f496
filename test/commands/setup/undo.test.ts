import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { execaSync } from 'execa'
import { describe, expect, it } from 'vitest'
import { countersign } from '../../support/programs/cli.ts'
import { repository, type TestRepository, temporaryDirectory } from '../../support/repository.ts'
import {
  age,
  inConflict,
  installed,
  manifestIn,
  manifestPath,
  olderTester,
  read,
  remove,
  tester,
  treeOf,
} from '../../support/setup/aged.ts'

/** The lines below "To undo it", typed in `cwd` as they are printed. */
function takeBack(stdout: string, cwd: string): void {
  const lines = stdout.split('To undo it:\n')[1]!.trim().split('\n')
  for (const line of lines) execaSync(line.trim(), { cwd, shell: true })
}

/** A committed setup of an older version, whose tester has its new version waiting. */
async function outdated(files: Record<string, string> = {}): Promise<TestRepository> {
  const repo = await installed(files)
  age(repo, { [tester]: olderTester(repo) })
  repo.commit()
  return repo
}

describe('what an upgrade prints to undo it', () => {
  it('leaves every byte as it was, and no new file', async () => {
    const repo = await outdated()
    const tree = treeOf(repo)
    const { stdout } = await countersign(repo.root, 'upgrade', '--yes')
    expect(treeOf(repo)).not.toEqual(tree)
    takeBack(stdout, repo.root)
    expect(treeOf(repo)).toEqual(tree)
    expect(repo.git('status', '--porcelain')).toBe('')
  })

  it('undoes a conflict with what it laid out, even where git ignores that', async () => {
    const { repo } = await inConflict()
    repo.write('.gitignore', '*.theirs\n')
    repo.commit()
    const tree = treeOf(repo)
    const { stdout, exitCode } = await countersign(repo.root, 'upgrade', '--yes')
    expect(exitCode).toBe(3)
    takeBack(stdout, repo.root)
    expect(treeOf(repo)).toEqual(tree)
    expect((await countersign(repo.root, 'doctor')).stdout).not.toContain('An upgrade left conflicts')
  })

  it('leaves an agent that got another name untouched under its old one', async () => {
    const repo = await installed()
    const { [tester]: entry, ...files } = manifestIn(repo).files
    const renamed = '.claude/agents/old/quality.md'
    repo.write(manifestPath, JSON.stringify({ ...manifestIn(repo), files: { ...files, [renamed]: entry } }))
    repo.write(renamed, read(repo, tester))
    remove(repo, tester)
    appendFileSync(join(repo.root, renamed), '\nMine.\n')
    repo.commit()
    const tree = treeOf(repo)
    const { stdout } = await countersign(repo.root, 'upgrade', '--yes')
    expect(read(repo, tester)).toContain('Mine.')
    takeBack(stdout, repo.root)
    expect(treeOf(repo)).toEqual(tree)
  })

  it('works in a subdirectory, and from outside with --cwd', async () => {
    const repo = await outdated({ 'a b/c.txt': '' })
    const tree = treeOf(repo)
    const below = join(repo.root, 'a b')
    takeBack((await countersign(below, 'upgrade', '--yes')).stdout, below)
    expect(treeOf(repo)).toEqual(tree)
    const outside = temporaryDirectory()
    takeBack((await countersign(outside, 'upgrade', '--yes', '--cwd', repo.root)).stdout, outside)
    expect(treeOf(repo)).toEqual(tree)
  })

  it('covers a setup below the root from there', async () => {
    const repo = repository({ 'packages/my app/package.json': '{"scripts":{"test":"node --test"}}\n' })
    const root = join(repo.root, 'packages/my app')
    await countersign(root, 'init', '--yes', '--here')
    const setup = {
      ...repo,
      root,
      write: (path: string, text: string | Buffer) => repo.write(join('packages/my app', path), text),
    }
    age(setup, { [tester]: olderTester(setup) })
    repo.commit()
    const tree = treeOf(repo)
    takeBack((await countersign(repo.root, 'upgrade', '--yes', '--cwd', root)).stdout, repo.root)
    expect(treeOf(repo)).toEqual(tree)
  })

  it('is nothing where the deletion of a restored file was never committed', async () => {
    const repo = await installed()
    repo.commit()
    remove(repo, tester)
    const { stdout, exitCode } = await countersign(repo.root, 'upgrade', '--yes', '--restore', tester)
    expect({ exitCode, text: stdout }).toEqual({ exitCode: 0, text: expect.not.stringContaining('take it back') })
    expect(stdout).not.toContain('cannot restore it')
  })
})
