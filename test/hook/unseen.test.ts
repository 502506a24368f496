import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { itNeeds } from '../support/platform.ts'
import { type Gate, gate, ready, says } from '../support/programs/gate.ts'
import { temporaryDirectory } from '../support/repository.ts'

const silent = { stdout: '', stderr: '', code: 0 }
const running = (type: string) => ({ background_tasks: [{ id: '1', type, status: 'running', description: 'd' }] })

function changed(options: Parameters<typeof gate>[0] = {}): Gate {
  const one = gate(options)
  one.repo.write('a.js', 'export const a = 2\n')
  return one
}

describe('nothing is left unchecked in silence', () => {
  it.each([
    ['agents in the background', running('subagent'), /^Countersign: ! this change is not tested .*agents/],
    ['plan mode', { permission_mode: 'plan' }, /^Countersign: ! this change is not tested .*plan mode/],
  ])('%s: told at the first stop, and no stop after it writes anything', async (_, fields, line) => {
    const one = changed()
    expect((await one.fire('Stop', fields)).json).toEqual({ systemMessage: expect.stringMatching(line) })
    const before = one.ledger()
    expect(await one.fire('Stop', fields)).toMatchObject(silent)
    expect([one.ledger(), one.testRuns()]).toEqual([before, 0])
    expect((await one.fire('Stop', { ...fields, session_id: 's2' })).json?.systemMessage).toMatch(line)
  })

  it('a dev server in the background is no reason: the change is tested', async () => {
    const one = changed()
    expect((await one.fire('Stop', running('shell'))).json?.hookSpecificOutput?.additionalContext).toMatch(
      /self-review/,
    )
    expect(one.testRuns()).toBe(1)
  })

  it.each([
    ['COUNTERSIGN', '0'],
    ['COUNTERSIGN_NESTED', '1'],
  ])('%s=%s: told when a session begins, with the settings file that has it, and nothing else', async (name, value) => {
    const one = changed()
    one.env[name] = value
    const start = async () => (await one.fire('SessionStart', { source: 'startup' })).json?.systemMessage
    expect(await start()).toBe(
      `Countersign: ! the gate is off in this session (${name}=${value} in the environment), so nothing is tested or reviewed. To switch it on, run Claude Code without it:\n  env -u ${name} claude`,
    )
    one.repo.write('.claude/settings.json', JSON.stringify({ env: { [name]: value } }))
    expect(await start()).toMatch(
      `in "env" of .claude/settings.json), so nothing is tested or reviewed. To switch it on, remove`,
    )
    expect(await one.fire('SessionStart', { source: 'compact' })).toMatchObject(silent)
    expect(await one.fire('UserPromptSubmit', { prompt: '"hook_event_name":"SessionStart"' })).toMatchObject(silent)
    expect(await one.fire('Stop')).toMatchObject(silent)
    expect(one.ledger()).toEqual([])
    one.env.CLAUDE_PROJECT_DIR = one.env.HOME!
    expect(await one.fire('SessionStart', { source: 'startup' })).toMatchObject(silent)
  })

  it('an unreadable configuration: told at the start, at the first stop, and again when it breaks otherwise', async () => {
    const broken = (rounds: string) => `version: 1\ndebate:\n  rounds: ${rounds}\n`
    const one = changed()
    one.repo.write('.claude/countersign.yaml', broken('many'))
    const line =
      /^Countersign: ! the configuration cannot be read, so nothing was tested or reviewed\.\n\S+countersign\.yaml:3:11: /
    expect((await one.fire('SessionStart', { source: 'startup' })).json).toEqual({
      systemMessage: expect.stringMatching(line),
    })
    expect((await one.fire('Stop')).json).toEqual({ systemMessage: expect.stringMatching(line) })
    expect(await one.fire('Stop')).toMatchObject(silent)
    one.repo.write('.claude/countersign.yaml', broken('-7'))
    const { json } = await one.fire('Stop')
    expect(json?.systemMessage).toMatch(/gate files changed: \.claude\/countersign\.yaml[\s\S]*cannot be read/)
    one.repo.write('.claude/countersign.yaml', 'version: 1\n')
    expect((await one.fire('Stop')).json?.hookSpecificOutput?.additionalContext).toMatch(/self-review/)
  })

  itNeeds('POSIX')('a lock of process 1 from before the container started again holds nobody up', async () => {
    const one = changed()
    one.repo.write('.git/countersign/lock', '1 t1')
    expect((await one.fire('Stop')).json?.hookSpecificOutput?.additionalContext).toMatch(/self-review/)
    expect(existsSync(join(one.repo.root, '.git/countersign/lock'))).toBe(false)
  })

  it('a worktree that Claude has entered: told once, while the working tree of the session is still looked at', async () => {
    const one = changed()
    const other = join(temporaryDirectory(), 'other')
    one.repo.git('worktree', 'add', '-q', other, '-b', 'other')
    const { json } = await one.fire('Stop', { cwd: other })
    expect(json?.systemMessage).toMatch(
      `Claude is now in another working tree, which this session does not test or review.`,
    )
    expect(json?.systemMessage).toMatch(`\n  cd ${other} && claude\n`)
    expect(json?.hookSpecificOutput?.additionalContext).toMatch(/self-review/)
    await one.fire('Stop', { ...ready, cwd: other })
    expect(await one.fire('Stop', { cwd: other })).toMatchObject(silent)
  })
})

describe('two sessions', () => {
  /** The first session waits at its choice, and its process lives. */
  const atChoice = async () => {
    const one = changed({ play: 'findings', test: 'test "$(cat a.js)" != red' })
    one.env.CLAUDE_PID = String(process.pid)
    await one.fire('UserPromptSubmit', { prompt: 'make it 2' })
    await one.fire('Stop', ready)
    await one.fire('Stop', says('F1: needed, high — yes'))
    return one
  }
  it('the second is held by red tests as soon as the first is at rest, and told until then', async () => {
    const one = await atChoice()
    one.repo.write('a.js', 'red')
    const second = { session_id: 's2' }
    expect((await one.fire('Stop', second)).json?.systemMessage).toMatch(/another Claude Code session \(process \d+\)/)
    // The turn of the first ends at the choice.
    one.repo.write('a.js', 'export const a = 2\n')
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(/the choice is open \(F1\)/)
    one.repo.write('a.js', 'red')
    expect((await one.fire('Stop', second)).json).toMatchObject({ decision: 'block' })
  })
})
