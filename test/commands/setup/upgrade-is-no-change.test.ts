import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { countersign } from '../../support/programs/cli.ts'
import type { TestRepository } from '../../support/repository.ts'
import { age, installed, olderTester, tester } from '../../support/setup/aged.ts'

/** What the hook says to an event with nothing in it but the state of the tree. */
function tell({ root }: TestRepository, hook_event_name: 'SessionStart' | 'Stop'): string {
  const event = { hook_event_name, source: 'startup', session_id: 's1', cwd: root }
  const env = { PATH: process.env.PATH, CLAUDE_PROJECT_DIR: root }
  const hook = join(root, '.claude/hooks/countersign.cjs')
  return String(spawnSync(process.execPath, [hook], { env, cwd: root, input: `${JSON.stringify(event)}\n` }).stdout)
}

const stop = (repo: TestRepository) => tell(repo, 'Stop')

/** A settled repository with a session in it, whose setup an older version wrote. */
async function aged(): Promise<TestRepository> {
  const repo = await installed()
  age(repo, { [tester]: olderTester(repo) })
  repo.commit()
  rmSync(join(repo.root, '.git/countersign'), { recursive: true })
  tell(repo, 'SessionStart')
  expect(stop(repo)).toBe('')
  return repo
}

it('an upgrade of a settled tree is not a change to test and review', async () => {
  const repo = await aged()
  expect(await countersign(repo.root, 'upgrade', '--yes')).toMatchObject({ exitCode: 0, stderr: '' })
  expect(stop(repo)).toBe('')
})

it('a change that waits for its review still waits after an upgrade', async () => {
  const repo = await aged()
  repo.write('cart.js', 'export const total = 1\n')
  expect(await countersign(repo.root, 'upgrade', '--yes')).toMatchObject({ exitCode: 0, stderr: '' })
  // Its suite is run for it, and has no test.
  expect(stop(repo)).toContain('Countersign: ✗ no test ran')
})
