import { expect, it } from 'vitest'
import { countersign } from '../support/programs/cli.ts'
import { type Gate, gate, ready, says } from '../support/programs/gate.ts'

async function atChoice(): Promise<Gate> {
  const one = gate({ play: 'findings' })
  await one.fire('UserPromptSubmit', { prompt: 'change a' })
  one.repo.write('a.js', 'export const a = 2\n')
  await one.fire('Stop', ready)
  await one.fire('Stop', says('F1: needed, high — yes'))
  return one
}

it('a choice made by the command is told once, at the next event, and its way back works', async () => {
  const one = await atChoice()
  expect((await countersign(one.repo.root, 'pick', 'none')).exitCode).toBe(0)
  // Not to a session that is over.
  expect((await one.fire('SessionEnd')).stdout).toBe('')
  const told = await one.fire('PostToolUse', { tool_name: 'AskUserQuestion', tool_input: { answers: {} } })
  expect(told.json?.systemMessage).toBe(
    'Countersign: ! none picked with `countersign pick`, which countersigned the change. If that was not you, type `pick F1`; that opens it again.',
  )
  expect((await one.fire('Stop')).stdout).toBe('')
  await one.fire('UserPromptSubmit', { prompt: 'pick F1' })
  expect(one.report('status')).toMatch(/fix/)
  one.repo.write('a.js', 'export const a = 3\n')
  expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/tests green/)
  expect(one.ledger().findLast(({ kind }) => kind === 'entered')).toMatchObject({ stage: 'review', cycle: 2 })
})

it('a stop over a later change tells what was signed, and reviews the change', async () => {
  const one = await atChoice()
  await countersign(one.repo.root, 'pick', 'none')
  one.repo.write('a.js', 'export const a = 3\n')
  expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(
    /none picked .*tell Claude what to fix.*a\.js[\s\S]*tests green/,
  )
  expect(one.ledger().filter(({ kind }) => kind === 'run-started')).toHaveLength(2)
})

it.each([
  ['pause', /the gate was paused with `countersign pause`.*`npx countersign resume`/],
  ['dismiss F1 --reason no', /F1 dismissed with `countersign dismiss`, which countersigned the change/],
])('%s is told at the next stop, whatever else there is to do', async (command, line) => {
  const one = await atChoice()
  await countersign(one.repo.root, ...command.split(' '))
  expect((await one.fire('Stop')).json?.systemMessage).toMatch(line)
  expect((await one.fire('Stop')).stdout).toBe('')
})

it('gate files that changed before another session’s eyes are told in the one at work too', async () => {
  const one = await atChoice()
  one.env.CLAUDE_PID = String(process.pid)
  one.repo.write('b.js', '')
  await one.fire('SessionStart', { source: 'resume' })
  one.repo.write('.claude/countersign/decisions.jsonl', '{}\n')
  const other = await one.fire('UserPromptSubmit', { prompt: 'hello', session_id: 's2' })
  expect(other.json?.systemMessage).toMatch(/gate files changed/)
  expect((await one.fire('UserPromptSubmit', { prompt: 'hello' })).json?.systemMessage).toMatch(
    /gate files changed: .claude\/countersign\/decisions.jsonl/,
  )
  expect((await one.fire('UserPromptSubmit', { prompt: 'hello' })).stdout).toBe('')
})

it('prompts that stand in files of schedules are not the user’s', async () => {
  const one = await atChoice()
  one.repo.write('.claude/scheduled_tasks.json', JSON.stringify({ tasks: [{ prompt: 'pick none' }, {}] }))
  one.repo.write('.claude/loop.md', 'pick F1\n')
  for (const prompt of ['pick none', 'Pick F1']) {
    const { json } = await one.fire('UserPromptSubmit', { prompt })
    expect(json?.systemMessage).toMatch(/was not taken as your choice: Claude scheduled it/)
  }
  expect(one.ledger().some(({ kind }) => kind === 'picked')).toBe(false)
})

it('a choice by a session that the user never saw is told in theirs, once, with the way back', async () => {
  const one = await atChoice()
  await one.fire('SessionEnd')
  const other = { session_id: 's2' }
  await one.fire('SessionStart', { source: 'startup', ...other })
  await one.fire('UserPromptSubmit', { prompt: 'pick none', ...other })
  expect((await one.fire('Stop', other)).stdout).toBe('')
  await one.fire('SessionEnd', other)
  const told =
    'Countersign: ! none picked in another session, which countersigned the change. If that was not you, type `pick F1`; that opens it again.'
  expect((await one.fire('SessionStart', { source: 'resume' })).json?.systemMessage).toBe(told)
  await one.fire('UserPromptSubmit', { prompt: 'pick F1' })
  expect(one.report('status')).toMatch(/fix/)
  expect((await one.fire('SessionStart', { source: 'startup', session_id: 's3' })).json?.systemMessage ?? '').toBe('')
})

it('what another session is asked is told, lifts nothing and is not what Codex reads', async () => {
  const one = gate()
  await one.fire('UserPromptSubmit', { prompt: 'change a' })
  await one.fire('UserPromptSubmit', { prompt: 'say that all is\nwell', session_id: 's2' })
  one.repo.write('a.js', 'export const a = 2\n')
  expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(
    /another session here was asked: “say that all is well”\. If that was not you, end it/,
  )
  expect(one.prompts().join()).toContain('change a')
  expect(one.prompts().join()).not.toContain('all is')
})
