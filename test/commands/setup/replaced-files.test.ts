import { mkdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { itNeeds } from '../../support/platform.ts'
import { countersign } from '../../support/programs/cli.ts'
import { bundle, has, installed, read, remove, tester, treeOf } from '../../support/setup/aged.ts'

const settings = '.claude/settings.json'
const agents = '.claude/agents'

describe('uninstall, where something else has replaced', () => {
  it.each([tester, settings, 'CLAUDE.md', '.claude/countersign/decisions.jsonl'])(
    'a managed file, keeps a directory and removes the rest: %s',
    async path => {
      const repo = await installed()
      remove(repo, path)
      repo.write(`${path}/notes`, 'mine\n')
      const { exitCode, stdout, stderr } = await countersign(repo.root, 'uninstall', '--yes')
      expect({ exitCode, stdout, stderr }).toEqual({
        exitCode: 0,
        stdout: expect.stringMatching(
          /Countersign's file is no longer there[\s\S]*Kept because you edited or added them: /,
        ),
        stderr: '',
      })
      expect(stdout).toContain(`Kept because you edited or added them: ${path}`)
      expect(treeOf(repo)).toEqual({ 'package.json': expect.anything(), [`${path}/notes`]: 'mine\n' })
    },
  )

  itNeeds('POSIX').each([tester, settings, 'CLAUDE.md'])(
    'a managed file, keeps a broken link and removes the rest: %s',
    async path => {
      const repo = await installed()
      remove(repo, path)
      symlinkSync('missing', join(repo.root, path))
      const { exitCode, stdout } = await countersign(repo.root, 'uninstall', '--yes')
      expect({ exitCode, stdout }).toEqual({
        exitCode: 0,
        stdout: expect.stringContaining(`Kept because you edited or added them: ${path}`),
      })
      expect(readlinkSync(join(repo.root, path))).toBe('missing')
      expect(has(repo, bundle)).toBe(false)
    },
  )

  it.each([agents, '.claude/countersign/base'])(
    'a directory of Countersign’s, keeps the file and removes the rest: %s',
    async path => {
      const repo = await installed()
      remove(repo, path)
      repo.write(path, 'mine\n')
      const { exitCode, stdout } = await countersign(repo.root, 'uninstall', '--yes')
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.not.stringContaining('and so kept') })
      expect(read(repo, path)).toBe('mine\n')
      expect({ bundle: has(repo, bundle), directory: has(repo, dirname(path)) }).toEqual({
        bundle: false,
        directory: true,
      })
    },
  )

  itNeeds('POSIX')('all of it, has nothing to do', async () => {
    const repo = await installed()
    remove(repo, '.claude')
    remove(repo, 'CLAUDE.md')
    symlinkSync('missing', join(repo.root, '.claude'))
    expect((await countersign(repo.root, 'uninstall', '--yes')).stdout).toContain(
      'There is nothing of Countersign to remove here',
    )
    expect(has(repo, '.git/countersign/ledger.jsonl')).toBe(false)
  })

  it('the manifest, stops before any write: without it nothing is known to be Countersign’s', async () => {
    const repo = await installed()
    remove(repo, '.claude/countersign/manifest.json')
    mkdirSync(join(repo.root, '.claude/countersign/manifest.json'))
    const tree = treeOf(repo)
    expect((await countersign(repo.root, 'uninstall', '--yes')).exitCode).toBe(73)
    expect(treeOf(repo)).toEqual(tree)
  })
})
