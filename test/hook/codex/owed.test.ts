import { describe, expect, it } from 'vitest'
import { type Gate, gate, ready, says } from '../../support/programs/gate.ts'

const minutes = 60
const hours = 60 * minutes
const days = 24 * hours

/** A gate whose change Codex could not review, its usage limit being reached. */
async function limited(reset = 'in 2 hours'): Promise<Gate> {
  const one = gate({ play: 'usage-limit' })
  one.clock({})
  one.env.STUB_RESET = reset
  one.repo.write('a.js', 'export const a = 2\n')
  const { json } = await one.fire('Stop', ready)
  expect(json).toEqual({ systemMessage: expect.stringMatching(/! could not review \(rate-limited until 20/) })
  return one
}
const signed = /countersigned in cycle 1/

describe('a review owed after a usage limit', () => {
  it('is told at the session’s start and in the status, not tried too early, and made up for by itself', async () => {
    const one = await limited()
    const { json } = await one.fire('SessionStart', { source: 'startup' })
    expect(json?.hookSpecificOutput?.additionalContext).toMatch(/Codex review is pending.*rate-limited until 20/)
    expect(one.report('status')).toMatch(/^Pending +could not review \(rate-limited until 20/m)
    one.clock({ passed: 1 * hours })
    expect((await one.fire('Stop')).stdout).toBe('')
    one.env.STUB_PLAY = 'approve'
    one.clock({ passed: 2 * hours + 5 * minutes })
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(signed)
    expect([one.codexCalls(), one.testRuns()]).toEqual([['review', 'review'], 1])
    expect(one.report('status')).not.toMatch(/^Pending/m)
  })

  it.each([
    ['at a time that is long past', 'at January 1, 1999', 14 * minutes, 16 * minutes],
    ['at a time that nobody lives to see', 'at January 1, 9999', 7 * days, 9 * days],
    ['after more days than a calendar has', 'in 99999999999999 days', 7 * days, 9 * days],
  ])('that ends %s is neither owed for ever nor hammered', async (_, reset, early, late) => {
    const one = await limited(reset)
    one.clock({ passed: early })
    expect((await one.fire('Stop')).stdout).toBe('')
    one.env.STUB_PLAY = 'approve'
    one.clock({ passed: late })
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(signed)
    expect(one.codexCalls()).toHaveLength(2)
  })

  it.each([
    ['back by a year', -365 * days],
    ['ahead by ten years', 3650 * days],
  ])('is tried once when the clock is set %s, then once in its time', async (_, set) => {
    const one = await limited()
    one.clock({ set })
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(/rate-limited until/)
    expect((await one.fire('Stop')).stdout).toBe('')
    one.env.STUB_PLAY = 'approve'
    one.clock({ set, passed: 3 * hours })
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(signed)
    expect(one.codexCalls()).toHaveLength(3)
  })

  it('outlives a clock that went ten years ahead and was put right again', async () => {
    const one = await limited()
    one.clock({ set: 3650 * days })
    await one.fire('Stop')
    one.env.STUB_PLAY = 'approve'
    one.clock({})
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(signed)
  })
})

it('the pause after a call that took too long is counted from its end', async () => {
  const one = gate({ play: 'hang', config: 'review:\n  timeoutSeconds: 1\n' })
  one.clock({})
  one.env.STUB_SECONDS = String(15 * minutes)
  one.repo.write('a.js', 'export const a = 2\n')
  await one.fire('Stop', ready)
  expect((await one.fire('Stop')).stdout).toBe('')
  expect(one.codexCalls()).toHaveLength(1)
})

it('a bound on Codex calls hands the run over, once; a change after the next prompt begins a new one', async () => {
  const one = gate({ play: 'findings', config: 'limits:\n  codexCalls: 1\n' })
  one.repo.write('a.js', 'export const a = 2\n')
  await one.fire('Stop', ready)
  expect((await one.fire('Stop', says('F1: not needed — no'))).json).toEqual({
    systemMessage: expect.stringMatching(
      /! could not review \(budget\): run limit of 1 Codex call reached.*\n.*not countersigned/,
    ),
  })
  one.repo.write('a.js', 'const a = 3\n')
  expect((await one.fire('Stop', ready)).stdout).toBe('')
  expect([one.codexCalls(), one.testRuns()]).toEqual([['review'], 1])
  expect(one.report('status')).toMatch(/^Next +A change after your next prompt starts a new run/m)
  one.env.STUB_PLAY = 'approve'
  await one.fire('UserPromptSubmit', { prompt: 'make it 3' })
  const { json } = await one.fire('Stop', ready)
  expect(json?.systemMessage).toMatch(signed)
  // What the ended debate was about is not forgotten.
  expect(json?.systemMessage).toMatch(/raised before, not found in this tree: high “T” \(a\.js:1\)/)
})
