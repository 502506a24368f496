import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { itNeeds } from '../../support/platform.ts'
import { gate, ready } from '../../support/programs/gate.ts'

describe('the tests run', () => {
  it('with what the user’s shell has, less what Claude Code itself has set', async () => {
    const { repo, fire, env } = gate({ test: 'env > .git/seen' })
    const users = {
      ANTHROPIC_API_KEY: 'sk-user',
      CLAUDE_CONFIG_DIR: '/home/u/claude',
      CLAUDE_MY_OWN: 'mine',
      FORCE_COLOR: '1',
      CI_TOKEN: 'x',
    }
    const claudes = {
      CLAUDECODE: '1',
      CLAUDE_CODE_ENTRYPOINT: 'cli',
      AI_AGENT: 'claude-code_2_harness',
      CLAUDE_EFFORT: 'high',
    }
    Object.assign(env, users, claudes)
    repo.write('a.js', 'changed')
    await fire('Stop')
    const seen = Object.fromEntries(
      readFileSync(join(repo.root, '.git/seen'), 'utf8')
        .split('\n')
        .map(line => line.split(/=(.*)/s).slice(0, 2)),
    )
    expect(seen).toMatchObject(users)
    for (const name of [...Object.keys(claudes), 'CLAUDE_PROJECT_DIR', 'NO_COLOR'])
      expect(seen).not.toHaveProperty(name)
  })
  it('and whatever colours they print are not shown', async () => {
    const { repo, fire, env } = gate({ test: `printf '\\033[31mred\\033[0m it is\\n'; exit 1` })
    env.FORCE_COLOR = '1'
    repo.write('a.js', 'changed')
    expect((await fire('Stop')).json!.reason).toMatch(/^red it is$/m)
  })
  itNeeds('Linux')('and leave nothing behind that has gone into a session of its own', async () => {
    const { repo, fire } = gate({
      test: `setsid sh -c 'echo $$ > .git/child; exec sleep 300' >/dev/null 2>&1 & sleep 0.5`,
    })
    repo.write('a.js', 'changed')
    await fire('Stop')
    const pid = readFileSync(join(repo.root, '.git/child'), 'utf8').trim()
    expect(existsSync(`/proc/${pid}/status`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))).toBe(
      false,
    )
  })
})

describe('a suite that was green on exactly this tree', () => {
  it('does not run again in another working tree of the repository, which is said', async () => {
    const { repo, fire, env, testRuns } = gate({ test: 'echo "3 passed in 0.01s"' })
    repo.write('a.js', 'changed')
    await fire('Stop', ready)
    repo.commit()
    const other = join(repo.root, '..', 'countersign-other-tree')
    execFileSync('git', ['worktree', 'add', '-q', other, 'HEAD~1'], { cwd: repo.root })
    try {
      env.CLAUDE_PROJECT_DIR = other
      await fire('SessionStart', { source: 'startup', cwd: other })
      execFileSync('git', ['checkout', '-q', 'main', '--', 'a.js'], { cwd: other })
      const { json } = await fire('Stop', { cwd: other })
      expect(json!.systemMessage).toMatch(/✓ tests green in 0 s.* · unit ran on this very tree before: .* in \//)
      expect(testRuns()).toBe(1)
    } finally {
      execFileSync('git', ['worktree', 'remove', '--force', other], { cwd: repo.root })
    }
  })
  it('takes a time that is said before it runs again', async () => {
    const { repo, fire } = gate()
    repo.write('a.js', 'changed')
    await fire('Stop', ready)
    const { json } = await fire('SessionStart', { source: 'startup' })
    expect(JSON.stringify(json)).toMatch(/`sh \.\/suite\.sh` \(about \d+ s last time\) runs/)
  })
})
