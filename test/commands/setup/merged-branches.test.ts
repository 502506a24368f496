import { appendFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { execaSync } from 'execa'
import { describe, expect, it } from 'vitest'
import { contentHash } from '../../../src/shell/files/content-hash.ts'
import { countersign } from '../../support/programs/cli.ts'
import type { TestRepository } from '../../support/repository.ts'
import {
  age,
  bundle,
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
import { doctor, healthy } from '../../support/setup/healthy.ts'

const decisions = '.claude/countersign/decisions.jsonl'
const baseDir = '.claude/countersign/base'
const damaged = (repo: TestRepository) =>
  readdirSync(join(repo.root, baseDir)).filter(name => contentHash(read(repo, `${baseDir}/${name}`)) !== name)

/** Two branches have brought one setup to two versions, and git has been asked to merge them. The user edited the tester. */
async function halfMerged() {
  const repo = await installed()
  const newest = read(repo, tester)
  const oldest = olderTester(repo)
  const between = oldest.replace('You test.', 'You test, then.')
  const edited = (text: string) => `${text}\nMine.\n`
  age(repo, { [tester]: oldest, [bundle]: '// oldest\n' }, '0.0.8')
  repo.write(tester, edited(oldest))
  repo.commit()
  repo.git('checkout', '-q', '-b', 'ahead')
  await countersign(repo.root, 'upgrade', '--yes')
  appendFileSync(join(repo.root, decisions), '{"decided":"there"}\n')
  repo.commit()
  repo.git('checkout', '-q', 'main')
  age(repo, { [tester]: between, [bundle]: '// between\n' }, '0.0.9')
  repo.write(tester, edited(between))
  repo.commit()
  expect(() => repo.git('merge', '-q', 'ahead')).toThrow()
  return { repo, ours: edited(between), merged: edited(newest) }
}

describe('a merge of two branches that git left in the manifest', () => {
  it('is named with the line, and resolved by the printed commands', async () => {
    const { repo, ours, merged } = await halfMerged()
    const tree = treeOf(repo)
    const line =
      read(repo, manifestPath)
        .split('\n')
        .findIndex(text => text.startsWith('<<<<<<<')) + 1
    const { exitCode, stderr } = await countersign(repo.root, 'upgrade', '--yes')
    expect(exitCode).toBe(65)
    expect(stderr).toContain(`${manifestPath}:${line}: git left a merge conflict here`)
    expect(treeOf(repo)).toEqual(tree)
    const { stdout } = await countersign(repo.root, 'doctor')
    expect(stdout).toContain(`${manifestPath}:${line}: git left a merge`)
    expect(damaged(repo)).not.toEqual([])

    repo.write(tester, ours)
    for (const command of stderr.split('\n').filter(text => text.startsWith('  '))) {
      if (command.startsWith('  npx countersign'))
        expect((await countersign(repo.root, 'upgrade', '--yes')).exitCode).toBe(0)
      else execaSync(command.trim(), { cwd: repo.root, shell: true })
    }
    expect(repo.git('ls-files', '--unmerged')).toBe('')
    expect(read(repo, tester)).toBe(merged)
    expect(read(repo, decisions)).toContain('there')
    expect(damaged(repo)).toEqual([])
    expect((await countersign(repo.root, 'upgrade', '--check')).exitCode).toBe(0)
  })
})

describe('a base with git’s conflict markers', () => {
  it('counts as missing: the upgrade says so, and keeps the user’s edits', async () => {
    const repo = await installed()
    const old = olderTester(repo)
    age(repo, { [tester]: old })
    repo.write(tester, `${old}\nMine.\n`)
    repo.write(`${baseDir}/${contentHash(old)}`, `<<<<<<< HEAD\n${old}=======\n>>>>>>> ahead\n`)
    const { exitCode, stdout } = await countersign(repo.root, 'upgrade', '--yes')
    expect(exitCode).toBe(3)
    expect(stdout).toContain('its stored original is missing or damaged, so your edits cannot be merged')
    expect(read(repo, tester)).toBe(`${old}\nMine.\n`)
    await countersign(repo.root, 'resolve', tester, '--mine')
    expect({ damaged: damaged(repo), conflict: manifestIn(repo).files[tester].conflict }).toEqual({
      damaged: [],
      conflict: undefined,
    })
  })
})

describe('a conflict that one branch has resolved and the other has not', () => {
  it('is seen by doctor when the manifest alone still has it', async () => {
    const { repo } = await inConflict()
    await countersign(repo.root, 'upgrade', '--yes')
    remove(repo, '.claude/countersign/conflicts')
    const { stdout } = await countersign(repo.root, 'doctor')
    expect(stdout).toContain(`An upgrade left conflicts for you to resolve\n    ${tester}`)
  })

  it('is in the plan when all that is left of it is what was laid out', async () => {
    const { repo } = await inConflict()
    await countersign(repo.root, 'upgrade', '--yes')
    const laidOut = treeOf(repo)
    await countersign(repo.root, 'resolve', tester, '--mine')
    const sidecars = Object.keys(laidOut).filter(path => path.includes('/conflicts/'))
    for (const path of sidecars) repo.write(path, Buffer.from(laidOut[path]!, 'latin1'))
    const { stdout, exitCode } = await countersign(repo.root, 'upgrade', '--check')
    expect(exitCode).toBe(1)
    for (const path of sidecars) expect(stdout).toMatch(new RegExp(`${path.split('/').at(-1)} +no longer needed`))
    expect(stdout).toContain('To write 2 files')
  })
})

describe('doctor', { timeout: 60_000 }, () => {
  it('names files whose originals are damaged or missing, and --fix restores these, byte for byte', () => {
    const setup = healthy()
    const { repo } = setup
    const baseOf = (path: string) => `${baseDir}/${manifestIn(repo).files[path].sha256}`
    const architect = '.claude/agents/architect.md'
    appendFileSync(join(repo.root, tester), '\nMine.\n')
    repo.commit()
    const tree = treeOf(repo)
    repo.write(baseOf(tester), '<<<<<<< HEAD\n')
    remove(repo, baseOf(architect))
    expect(doctor(setup).checks['files.originals']).toMatchObject({
      mark: 'warning',
      fix: 'npx countersign doctor --fix',
      details: [architect, tester],
    })
    const { putBack, checks } = doctor(setup, ['--fix'])
    expect({ putBack, mark: checks['files.originals']?.mark }).toEqual({
      putBack: [baseOf(architect), baseOf(tester)],
      mark: 'ok',
    })
    expect(treeOf(repo)).toEqual(tree)
  })

  it('leaves originals that exist nowhere to an upgrade', () => {
    const setup = healthy()
    const { repo } = setup
    const old = olderTester(repo)
    age(repo, { [tester]: old })
    appendFileSync(join(repo.root, tester), '\nMine.\n')
    repo.write(`${baseDir}/${contentHash(old)}`, '<<<<<<< HEAD\n')
    for (const args of [[], ['--fix']])
      expect(doctor(setup, args)).toMatchObject({
        putBack: [],
        checks: { 'files.originals': { mark: 'warning', fix: 'npx countersign upgrade', details: [tester] } },
      })
  })
})
