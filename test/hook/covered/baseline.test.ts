import { describe, expect, it } from 'vitest'
import { type Gate, gate, ready } from '../../support/programs/gate.ts'

/** Whether a stop now begins or goes on with a cycle, which its first test run shows. */
const fires = async (one: Gate): Promise<boolean> => {
  const before = one.testRuns()
  await one.fire('Stop')
  return one.testRuns() > before
}

describe('what counts as a change', () => {
  it('is everything since the last commit, where nothing was settled before', async () => {
    const one = gate()
    one.repo.write('a.js', 'edited by hand')
    expect(await fires(one)).toBe(true)
  })

  it('is not a commit that came from elsewhere between two sessions', async () => {
    const one = gate()
    await one.fire('SessionStart', { source: 'startup' })
    await one.fire('SessionEnd')
    one.repo.write('a.js', 'pulled')
    one.repo.commit('from a colleague')
    await one.fire('SessionStart', { source: 'startup', session_id: 's2' })
    expect(await fires(one)).toBe(false)
  })

  it('is uncommitted work on top of such a commit', async () => {
    const one = gate()
    await one.fire('SessionStart', { source: 'startup' })
    one.repo.write('a.js', 'pulled')
    one.repo.commit('from a colleague')
    one.repo.write('b.js', 'not yet committed')
    await one.fire('SessionStart', { source: 'startup', session_id: 's2' })
    expect(await fires(one)).toBe(true)
  })

  it('is what Claude commits in its turn', async () => {
    const one = gate()
    await one.fire('SessionStart', { source: 'startup' })
    one.repo.write('a.js', 'changed')
    one.repo.commit('by Claude')
    expect(await fires(one)).toBe(true)
  })

  it('is not the commit of what was countersigned', async () => {
    const one = gate()
    one.repo.write('a.js', 'changed')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
    one.repo.commit('the reviewed change')
    expect(await fires(one)).toBe(false)
    await one.fire('SessionStart', { source: 'startup', session_id: 's2' })
    expect(await fires(one)).toBe(false)
  })

  it.each([
    ['a permission Claude Code notes for one user', '.claude/settings.local.json'],
    ["the gate's own records", '.claude/countersign/decisions.jsonl'],
  ])('is not %s', async (_, path) => {
    const one = gate()
    await one.fire('SessionStart', { source: 'startup' })
    one.repo.write(path, '{}')
    expect(await fires(one)).toBe(false)
  })

  it('is gone when it is taken back', async () => {
    const one = gate({ test: 'exit 1' })
    one.repo.write('a.js', 'wrong')
    await one.fire('Stop')
    one.repo.git('checkout', '--', 'a.js')
    expect((await one.fire('Stop')).json).toEqual({
      systemMessage: expect.stringMatching(/as it was before this change/),
    })
    expect(await fires(one)).toBe(false)
  })
})

describe('a commit of a turn that never ended', () => {
  const interrupted = async (): Promise<Gate> => {
    const one = gate({ play: 'reads-all' })
    await one.fire('SessionStart', { source: 'startup' })
    await one.fire('UserPromptSubmit', { prompt: 'change it' })
    one.repo.write('a.js', 'changed')
    one.repo.commit('by Claude')
    return one
  }

  it.each([true, false])('is reviewed in the next session (the last one ended: %s)', async ended => {
    const one = await interrupted()
    if (ended) await one.fire('SessionEnd')
    await one.fire('SessionStart', { source: 'startup', session_id: 's2' })
    expect((await one.fire('Stop', { ...ready, session_id: 's2' })).json?.systemMessage).toMatch(/countersigned/)
  })

  it('is reviewed, what the user committed after the session of a finished turn is named', async () => {
    const one = gate()
    await one.fire('SessionStart', { source: 'startup' })
    await one.fire('UserPromptSubmit', { prompt: 'what does it do?' })
    await one.fire('Stop')
    await one.fire('SessionEnd')
    one.repo.write('a.js', 'by hand')
    one.repo.commit('by hand')
    const { json } = await one.fire('SessionStart', { source: 'startup', session_id: 's2' })
    expect(json?.systemMessage).toMatch(/over 1 commit since the last session and not reviewed \(by Test; main\)$/)
    expect(await fires(one)).toBe(false)
  })
})

it('commits that were countersigned are named on no way back to them, and those of others are', async () => {
  const one = gate({ play: 'reads-all' })
  one.repo.git('branch', 'other')
  one.repo.git('switch', '-q', '-c', 'theirs')
  one.repo.write('b.js', 'theirs\n')
  one.repo.commit('from before')
  one.repo.git('switch', '-q', 'main')
  await one.fire('SessionStart', { source: 'startup' })
  for (const text of ['one\n', 'two\n']) {
    one.repo.write('a.js', text)
    one.repo.commit('by Claude')
  }
  expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/✓ countersigned/)
  for (const branch of ['other', 'main', 'other', 'main']) {
    one.repo.git('switch', '-q', branch)
    expect((await one.fire('Stop', ready)).json?.systemMessage ?? '').not.toMatch(/not reviewed/)
  }
  one.repo.git('switch', '-q', 'theirs')
  expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(
    /over 1 commit not made in this session and not reviewed \(by Test; theirs\)/,
  )
})
