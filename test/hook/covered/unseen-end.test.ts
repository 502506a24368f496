import { describe, expect, it } from 'vitest'
import { type Gate, gate, ready } from '../../support/programs/gate.ts'

const start = async (options: object = {}): Promise<Gate> => {
  const one = gate({ play: 'reads-all', ...options })
  await one.fire('SessionStart', { source: 'startup' })
  await one.fire('UserPromptSubmit', { prompt: 'change it' })
  return one
}
const next = async (one: Gate, fields: object = {}) =>
  (await one.fire('SessionStart', { source: 'startup', session_id: 'next', ...fields })).json?.systemMessage
const unseen = /! the gate did not see the last session end: .*Made meanwhile and not reviewed: 1 commit \(by Test; /

/** What a session does once a commit without the setup is checked out: no hook fires any more. */
const withoutHooks = (one: Gate): void => {
  one.repo.git('checkout', '-q', '-b', 'bare')
  one.repo.git('rm', '-q', '-r', '--cached', '.claude')
  one.repo.write('a.js', 'EVIL\n')
  one.repo.git('commit', '-q', '-m', 'without the gate', 'a.js')
}

describe('a session whose hooks were gone', () => {
  it('is told in the next one with what was committed, which is reviewed once it is merged', async () => {
    const one = await start()
    withoutHooks(one)
    one.repo.git('checkout', '-q', '-f', 'main')
    const said = await next(one)
    expect(said).toMatch(unseen)
    expect(said).toMatch(/; bare\)\. Their changes are reviewed once they are in this working tree/)
    expect(await next(one, { session_id: 'later' })).toBeUndefined()
    one.repo.git('merge', '-q', 'bare')
    expect((await one.fire('Stop', { ...ready, session_id: 'next' })).json?.systemMessage).toMatch(/✓ countersigned/)
  })

  it('is told where the commit is on the branch that the next one begins on, and reviewed there', async () => {
    const one = await start()
    one.repo.write('a.js', 'EVIL\n')
    one.repo.commit('while no hook fired')
    expect(await next(one)).toMatch(unseen)
    expect((await one.fire('Stop', { ...ready, session_id: 'next' })).json?.systemMessage).toMatch(/✓ countersigned/)
  })

  it('is told where nothing had been said in it yet', async () => {
    const one = gate({ play: 'reads-all' })
    await one.fire('SessionStart', { source: 'startup' })
    withoutHooks(one)
    one.repo.git('checkout', '-q', '-f', 'main')
    expect(await next(one)).toMatch(unseen)
  })

  it('is told when it is opened again itself', async () => {
    const one = await start()
    withoutHooks(one)
    one.repo.git('checkout', '-q', '-f', 'main')
    expect(await next(one, { source: 'resume', session_id: 's1' })).toMatch(unseen)
  })

  it('that was in a run is told too', async () => {
    const one = await start()
    one.repo.write('a.js', 'mine\n')
    await one.fire('Stop', ready)
    one.repo.commit('what was countersigned')
    withoutHooks(one)
    one.repo.git('checkout', '-q', '-f', 'main')
    expect(await next(one)).toMatch(unseen)
  })
})

describe('nothing is told', () => {
  it('of a session that was killed with nothing committed', async () => {
    const one = await start()
    one.repo.write('a.js', 'mine\n')
    expect(await next(one)).toBeUndefined()
  })

  it('while its Claude Code still runs', async () => {
    const one = gate({ play: 'reads-all' })
    one.env.CLAUDE_PID = String(process.pid)
    await one.fire('SessionStart', { source: 'startup' })
    delete one.env.CLAUDE_PID
    withoutHooks(one)
    one.repo.git('checkout', '-q', '-f', 'main')
    expect(await next(one)).toBeUndefined()
  })

  it('of what was committed as it was countersigned', async () => {
    const one = await start()
    one.repo.write('a.js', 'mine\n')
    await one.fire('Stop', ready)
    one.repo.commit('what was countersigned')
    expect(await next(one)).toBeUndefined()
  })
})

it('commits that were pushed and reset away are told at the next start', async () => {
  const one = await start()
  one.repo.write('a.js', 'EVIL\n')
  one.repo.commit('pushed')
  one.repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  one.repo.git('reset', '-q', '--hard', 'HEAD~1')
  await one.fire('Stop', ready)
  await one.fire('SessionEnd')
  expect(await next(one)).toMatch(/! commits made in the last session were pushed, are not in HEAD .*; origin\/main\./)
  await one.fire('UserPromptSubmit', { prompt: 'go on', session_id: 'next' })
  await one.fire('SessionEnd', { session_id: 'next' })
  expect(await next(one, { session_id: 'later' })).toBeUndefined()
})
