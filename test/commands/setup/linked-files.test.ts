import { mkdirSync, readlinkSync, renameSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { rawHash } from '../../../src/shell/setup/journal.ts'
import { describeNeeds } from '../../support/platform.ts'
import { countersign } from '../../support/programs/cli.ts'
import type { TestRepository } from '../../support/repository.ts'
import { age, bundle, has, installed, manifestIn, read, tester } from '../../support/setup/aged.ts'

const settings = '.claude/settings.json'

/** What a user does who wants a file of ours somewhere else: moves it, and leaves a link. */
function movedAndLinked(repo: TestRepository, path: string, elsewhere: string, target: string): void {
  mkdirSync(dirname(join(repo.root, elsewhere)), { recursive: true })
  renameSync(join(repo.root, path), join(repo.root, elsewhere))
  symlinkSync(target, join(repo.root, path))
}

describeNeeds('POSIX')('a managed file that the user moved and replaced by a link', () => {
  it.each([
    ['CLAUDE.md', 'AGENTS.md', 'AGENTS.md'],
    [tester, 'shared/tester.md', '../../shared/tester.md'],
    ['.claude/countersign/decisions.jsonl', 'decisions.jsonl', '../../decisions.jsonl'],
  ])('is kept by uninstall: %s', async (path, elsewhere, target) => {
    const repo = await installed()
    const text = read(repo, path)
    movedAndLinked(repo, path, elsewhere, target)
    const { exitCode, stdout } = await countersign(repo.root, 'uninstall', '--yes', '--purge')
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/kept because it is a link now[\s\S]*is removed from this repository/),
    })
    expect({ text: read(repo, elsewhere), target: readlinkSync(join(repo.root, path)) }).toEqual({ text, target })
    expect(has(repo, bundle)).toBe(false)
    expect((await countersign(repo.root, 'init', '--yes')).exitCode).toBe(0)
  })

  it('is kept by uninstall also as settings.json, without the hook entries', async () => {
    const repo = await installed()
    movedAndLinked(repo, settings, 'cfg/s.json', '../cfg/s.json')
    expect((await countersign(repo.root, 'uninstall', '--yes')).exitCode).toBe(0)
    expect(JSON.parse(read(repo, 'cfg/s.json'))).toEqual({})
    expect(readlinkSync(join(repo.root, settings))).toBe('../cfg/s.json')
  })

  it('is kept by an upgrade that no longer has the file', async () => {
    const [gone, text] = ['.claude/agents/gone.md', 'as we wrote it\n']
    const repo = await installed()
    age(repo, { [gone]: text })
    movedAndLinked(repo, gone, 'shared/gone.md', '../../shared/gone.md')
    const { stdout } = await countersign(repo.root, 'upgrade', '--yes')
    expect(stdout).toMatch(/gone\.md +no longer part of the setup; kept because it is a link now/)
    expect(read(repo, gone)).toBe(text)
    expect(manifestIn(repo).files).not.toHaveProperty([gone])
  })

  it('is kept when a run that was interrupted before the link was made is finished', async () => {
    const repo = await installed()
    const text = read(repo, tester)
    movedAndLinked(repo, tester, 'shared/tester.md', '../../shared/tester.md')
    const write = { path: tester, text: null, before: rawHash(text) }
    const journal = { v: 1, command: 'uninstall', version: '0.1.0', pid: 1, writes: [write] }
    repo.write('.git/countersign/setup-journal.json', JSON.stringify(journal))
    expect((await countersign(repo.root, 'status')).stderr).toContain('It is finished now')
    expect(read(repo, tester)).toBe(text)
  })
})
