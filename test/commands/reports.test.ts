import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { describeNeeds } from '../support/platform.ts'
import { countersign } from '../support/programs/cli.ts'
import { gate, ready, says } from '../support/programs/gate.ts'

describeNeeds('a POSIX shell')('what tools read', () => {
  const read = async (root: string, ...args: string[]) => JSON.parse((await countersign(root, ...args)).stdout)

  it('is the sandbox of the review and what its provider had cached, from the calls that were made', async () => {
    const one = gate({ play: 'findings' })
    one.repo.write('a.js', 'export const a = 2\n')
    await one.fire('Stop', ready)
    await one.fire('Stop', says('F1: needed, high — yes'))
    const { review, bill, tests } = await read(one.repo.root, 'findings', '--format', 'json')
    expect({ review, tests }).toMatchObject({ review: { result: 'findings' }, tests: { result: 'green' } })
    expect(['profile', 'read-only']).toContain(review.sandbox)
    expect(bill).toMatchObject({ codexCalls: 1, codexInputTokens: 100, codexCachedTokens: 60, codexOutputTokens: 10 })
  })

  it('is that Codex reviews, as long as it does and no longer', async () => {
    const one = gate({ play: 'hang' })
    one.repo.write('a.js', 'export const a = 2\n')
    const hook = one.start('Stop', ready)
    const now = async () => (await read(one.repo.root, 'status', '--json')).now
    let seen = await now()
    for (let tries = 0; seen?.what !== 'review' && tries < 100; tries++) {
      await wait(100)
      seen = await now()
    }
    expect(seen).toEqual({
      ...{ what: 'review', since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), detail: `cycle 1, process ${hook.pid}` },
    })
    const { stdout } = await countersign(one.repo.root, 'status')
    expect(stdout).toMatch(/^Now {7}Codex reviews, since \d{4}-\d\d-\d\d \d\d:\d\d \(cycle 1, process \d+\)$/m)
    const ended = new Promise(resolve => hook.on('exit', resolve))
    hook.kill('SIGKILL')
    await ended
    expect(await now()).toBe(null)
  }, 60_000)
})
