import { expect, it } from 'vitest'
import { countersign } from '../../support/programs/cli.ts'
import { gate, ready } from '../../support/programs/gate.ts'

const changed = /^Tree +The tree has changed since: what is there now has not been tested or reviewed/m

it('the status of a countersigned tree says when the tree is another one by now', async () => {
  const one = gate({ play: 'reads-all' })
  one.repo.write('a.js', 'mine\n')
  await one.fire('Stop', ready)
  expect(one.report('status')).toMatch(/countersigned in cycle 1/)
  expect(one.report('status')).not.toMatch(changed)
  one.repo.write('a.js', 'by hand\n')
  expect(one.report('status')).toMatch(changed)
  expect((await countersign(one.repo.root, 'status')).stdout).toMatch(changed)
  expect(JSON.parse((await countersign(one.repo.root, 'status', '--json')).stdout)).not.toHaveProperty('tree')
  one.repo.git('config', 'core.bare', 'maybe')
  expect(one.report('status')).toMatch(/cannot be told/)
})
