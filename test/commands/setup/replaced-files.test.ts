import { mkdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { itNeeds } from '../../support/platform.ts'
import { countersign } from '../../support/programs/cli.ts'
import { bundle, has, installed, read, remove, tester, treeOf } from '../../support/setup/aged.ts'

const settings = '.claude/settings.json'
const agents = '.claude/agents'

describe('uninstall, where something else has taken the place of', () => {
  it.each([tester, settings, 'CLAUDE.md', '.claude/countersign/decisions.jsonl'])(
    'a file of ours, keeps a directory and takes out the rest: %s',
    async path => {
      const repo = await installed()
      remove(repo, path)
      repo.write(`${path}/notes`, 'mine\n')
      const { exitCode, stdout, stderr } = await countersign(repo.root, 'uninstall', '--yes')
      expect({ exitCode, stdout, stderr }).toEqual({
        exitCode: 0,
        stdout: expect.stringMatching(/no file of ours is there any more[\s\S]*and so kept: /),
        stderr: '',
      })
      expect(stdout).toContain(`and so kept: ${path}`)
      expect(treeOf(repo)).toEqual({ 'package.json': expect.anything(), [`${path}/notes`]: 'mine\n' })
    },
  )

  itNeeds('POSIX').each([tester, settings, 'CLAUDE.md'])(
    'a file of ours, keeps a link that leads nowhere and takes out the rest: %s',
    async path => {
      const repo = await installed()
      remove(repo, path)
      symlinkSync('missing', join(repo.root, path))
      const { exitCode, stdout } = await countersign(repo.root, 'uninstall', '--yes')
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining(`and so kept: ${path}`) })
      expect(readlinkSync(join(repo.root, path))).toBe('missing')
      expect(has(repo, bundle)).toBe(false)
    },
  )

  it.each([agents, '.claude/countersign/base'])(
    'a directory of ours, keeps the file and takes out the rest: %s',
    async path => {
      const repo = await installed()
      remove(repo, path)
      repo.write(path, 'mine\n')
      const { exitCode, stdout } = await countersign(repo.root, 'uninstall', '--yes')
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.not.stringContaining('and so kept') })
      expect(read(repo, path)).toBe('mine\n')
      expect([has(repo, bundle), has(repo, dirname(path))]).toEqual([false, true])
    },
  )

  itNeeds('POSIX')('all of it, has nothing to do', async () => {
    const repo = await installed()
    remove(repo, '.claude')
    remove(repo, 'CLAUDE.md')
    symlinkSync('missing', join(repo.root, '.claude'))
    expect((await countersign(repo.root, 'uninstall', '--yes')).stdout).toContain('Nothing of Countersign is left')
    expect(has(repo, '.git/countersign/ledger.jsonl')).toBe(false)
  })

  it('the manifest, stops before anything: without it nobody knows what was ours', async () => {
    const repo = await installed()
    remove(repo, '.claude/countersign/manifest.json')
    mkdirSync(join(repo.root, '.claude/countersign/manifest.json'))
    const tree = treeOf(repo)
    expect((await countersign(repo.root, 'uninstall', '--yes')).exitCode).toBe(73)
    expect(treeOf(repo)).toEqual(tree)
  })
})
