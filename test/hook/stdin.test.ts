import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { itNeeds } from '../support/platform.ts'
import { gate } from '../support/programs/gate.ts'

const silent = { stdout: '', stderr: '', code: 0 }
const stop = (cwd: string, more: object = {}) =>
  `${JSON.stringify({ hook_event_name: 'Stop', session_id: 's1', cwd, last_assistant_message: 'Done.', ...more })}\n`

describe('a hook event on stdin', () => {
  it('with nothing changed is answered by silence', async () => {
    const { fire, testRuns } = gate()
    expect(await fire('Stop')).toMatchObject(silent)
    expect(testRuns()).toBe(0)
  })

  it.each([
    ['empty', ''],
    ['not JSON', 'hello'],
    ['truncated', '{"hook_event_name":"Stop"'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '7'],
    ['binary', Buffer.from([0, 255, 1, 254, 10])],
  ])('%s is no event: one line on stderr, exit 0, nothing blocked', async (_, input) => {
    const { send } = gate()
    const { stdout, stderr, code } = await send(input)
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 })
    expect(stderr).toBe('countersign: no hook event on stdin; nothing was done.\n')
  })

  it.each([
    ['an event of a newer version', { hook_event_name: 'AfterLunch', new_field: { deep: [1] } }],
    ['an event with the name of something every object has', { hook_event_name: 'toString' }],
    ['an event whose name is no text', { hook_event_name: { toString: false } }],
    [
      'a tool that is none of ours',
      { hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command: 'ls' } },
    ],
    [
      'fields of the wrong type',
      { hook_event_name: 'Stop', session_id: 's1', background_tasks: 7, last_assistant_message: ['x'] },
    ],
  ])('%s is let through in silence', async (_, event) => {
    const { send } = gate()
    expect(await send(JSON.stringify(event))).toMatchObject(silent)
  })

  it('with a byte order mark is read', async () => {
    const { send, repo } = gate()
    expect(await send(`\uFEFF${stop(repo.root)}`)).toMatchObject(silent)
  })

  it('that comes late is waited for', async () => {
    const { send, repo, testRuns } = gate()
    repo.write('a.js', 'changed')
    expect((await send(stop(repo.root), { lateMs: 400 })).json?.hookSpecificOutput?.additionalContext).toMatch(
      /self-review/,
    )
    expect(testRuns()).toBe(1)
  })

  it('of 5 MB arrives whole', async () => {
    const { send, repo } = gate()
    repo.write('a.js', 'changed')
    const answer = `${'x'.repeat(5_000_000)}\n\`\`\`countersign\nself-review: ready\n\`\`\``
    const { json } = await send(stop(repo.root, { last_assistant_message: answer }))
    expect(json?.systemMessage).toMatch(/countersigned in cycle 1/)
  })

  it('on a pipe that is never closed is answered all the same', async () => {
    const { send, repo } = gate()
    const { seconds, code } = await send(stop(repo.root), { hold: true })
    expect(code).toBe(0)
    expect(seconds).toBeLessThan(5)
  })
})

describe('a stdin that never completes', () => {
  it('with half an event on it is given up in time', async () => {
    const { stdout, code, seconds } = await gate().send('{"hook_event_name":"Sto', { hold: true })
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 })
    expect(seconds).toBeLessThan(15)
  }, 25_000)
  itNeeds('Linux')(
    'with nothing on it, from the shell’s pipe, is given up in time',
    async () => {
      const one = gate()
      const hook = join(one.repo.root, '.claude/hooks/countersign.cjs')
      const { exitCode, durationMs } = await execa(
        'sh',
        ['-c', `sleep 14 | "${process.execPath}" "${hook}"; exit $?`],
        {
          env: one.env,
          extendEnv: false,
        },
      )
      expect(exitCode).toBe(0)
      expect(durationMs).toBeLessThan(20_000)
    },
    25_000,
  )
})

describe('the gate stays out of the way', () => {
  const changed = () => {
    const one = gate()
    one.repo.write('a.js', 'changed')
    return one
  }
  it.each([
    ['COUNTERSIGN=0', { COUNTERSIGN: '0' }],
    ['inside a reviewer', { COUNTERSIGN_NESTED: '1' }],
  ])('with %s', async (_, env) => {
    const one = changed()
    Object.assign(one.env, env)
    expect(await one.fire('Stop')).toMatchObject(silent)
    expect([one.testRuns(), one.ledger()]).toEqual([0, []])
  })

  it('outside a git repository', async () => {
    const one = changed()
    one.env.CLAUDE_PROJECT_DIR = one.env.HOME!
    expect(await one.fire('Stop')).toMatchObject(silent)
  })

  it('with a configuration it cannot read: it says where, and blocks nothing', async () => {
    const one = gate({ config: 'debate:\n  rounds: many\n' })
    one.repo.write('a.js', 'changed')
    const { json, code } = await one.fire('Stop')
    expect(code).toBe(0)
    expect(json).toEqual({
      systemMessage: expect.stringMatching(
        /nothing was tested or reviewed\.\n\.claude\/countersign\.yaml:6:11: debate\.rounds: /,
      ),
    })
  })
})
