import { describe, expect, it } from 'vitest'
import { countersign } from '../../support/programs/cli.ts'
import type { TestRepository } from '../../support/repository.ts'
import {
  age,
  bundle,
  gateAtStart,
  installed,
  manifestIn,
  manifestPath,
  olderTester,
  read,
  remove,
  tester,
  treeOf,
} from '../../support/setup/aged.ts'

const settings = '.claude/settings.json'
const again = async (repo: TestRepository, command = 'init') => {
  const { exitCode, stdout, stderr } = await countersign(repo.root, command, '--yes')
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return stdout
}

describe('a setup of which a part was removed', () => {
  it.each(['init', 'upgrade'])('gets the gate back from %s, since settings.json calls it', async command => {
    const repo = await installed()
    const tree = treeOf(repo)
    remove(repo, '.claude/hooks')
    expect(await again(repo, command)).toMatch(/restored: settings\.json calls\s+it/)
    expect(treeOf(repo)).toEqual(tree)
    expect(gateAtStart(repo)).toContain('Countersign · idle')
  })

  it.each(['init', 'upgrade'])('gets the entries that call the gate back from %s', async command => {
    const repo = await installed({ [settings]: '{\n  "model": "opus"\n}\n' })
    const tree = treeOf(repo)
    repo.write(settings, '{\n  "model": "opus"\n}\n')
    await again(repo, command)
    expect(treeOf(repo)).toEqual(tree)
  })

  it('gets a whole settings.json back', async () => {
    const repo = await installed()
    const tree = treeOf(repo)
    remove(repo, settings)
    await again(repo)
    expect(treeOf(repo)).toEqual(tree)
  })

  it('is recognised without a manifest', async () => {
    const repo = await installed()
    const tree = treeOf(repo)
    remove(repo, '.claude/countersign')
    await again(repo)
    expect(treeOf(repo)).toEqual(tree)
    await countersign(repo.root, 'uninstall', '--yes')
    expect(Object.keys(treeOf(repo))).toEqual(['package.json'])
  })

  it('is recognised without a manifest when an older version wrote it', async () => {
    const repo = await installed()
    const tree = treeOf(repo)
    const banner = read(repo, bundle).split('\n')[0]
    age(repo, { [tester]: olderTester(repo), [bundle]: `${banner}\n// older\n` })
    remove(repo, manifestPath)
    await again(repo)
    expect(treeOf(repo)).toEqual(tree)
  })

  it('still takes a CLAUDE.md of the user’s at its word without a manifest', async () => {
    const repo = await installed({ 'CLAUDE.md': '# Shop\n\nRun `npm test`.\n' })
    remove(repo, '.claude/countersign')
    remove(repo, '.claude/countersign.yaml')
    await again(repo)
    expect(read(repo, '.claude/countersign.yaml')).toContain('# Why: CLAUDE.md names it.')
  })

  it('keeps what the user edited, and says that it is theirs', async () => {
    const repo = await installed()
    remove(repo, '.claude/countersign')
    repo.write(tester, `${read(repo, tester)}\nMine.\n`)
    const stdout = await again(repo)
    expect(stdout).toMatch(/- \.claude\/agents\/tester\.md +you already have a file with this\s+name/)
    expect(read(repo, tester)).toMatch(/\nMine\.\n$/)
    expect(Object.keys(manifestIn(repo).files)).not.toContain(tester)
  })
})
