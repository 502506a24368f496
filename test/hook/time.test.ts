import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gate, ready } from '../support/programs/gate.ts'
import { large, partsOf } from '../support/programs/large.ts'

/** Seconds after which nothing is begun any more of the hour that Claude Code gives a stop. */
const all = 3535

it('a lock from before the clock was set back, its number in use again, holds nobody up', async () => {
  const one = gate()
  const lock = join(one.repo.root, '.git/countersign/lock')
  one.repo.write('.git/countersign/lock', String(process.pid))
  one.repo.write('a.js', 'changed')
  expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/! nothing was tested or reviewed at this stop/)
  utimesSync(lock, new Date('2099-01-01'), new Date('2099-01-01'))
  expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
})

describe('the hook’s time is up', () => {
  it('between two parts of a review: what is reviewed is kept and not reviewed again, the next stop goes on', async () => {
    const one = large()
    one.clock({})
    one.env.STUB_SECONDS = String(all)
    const first = await one.fire('Stop', ready)
    expect(first.json).toEqual({
      systemMessage: expect.stringMatching(
        /! could not review \(timed-out\): no time left in this stop[^\n]*1 of 3 parts are reviewed and kept/,
      ),
    })
    expect(partsOf(one)).toEqual([['src/one.js']])
    expect(one.report('status')).toMatch(/^Pending +could not review \(timed-out\)/m)

    delete one.env.STUB_SECONDS
    one.clock({})
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(/reviewed 3 files in 3 parts[\s\S]*countersigned/)
    expect(one.prompts().map(prompt => /part (\d of \d)/.exec(prompt)?.[1])).toEqual(['1 of 3', '2 of 3', '3 of 3'])
    expect(partsOf(one)).toEqual([['src/one.js'], ['src/three.js']])
  })

  it('in the middle of a suite: it is neither red nor green, and nobody is sent to mend it', async () => {
    const one = gate({
      test: `echo "${all} 0" > "$TEST_CLOCK"`,
      config: '  - name: slow\n    command: node -e "setTimeout(Date, 30000)"\n',
    })
    one.clock({})
    one.repo.write('a.js', 'changed')
    const { json, seconds } = await one.fire('Stop', ready)
    expect(json).toEqual({
      systemMessage: expect.stringMatching(/could not run \(slow: no time left in this stop/),
    })
    expect(seconds).toBeLessThan(8)
    expect(one.codexCalls()).toEqual([])
  })
})
