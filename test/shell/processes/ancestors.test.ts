import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { ancestors, startedWith } from '../../../src/shell/processes/ancestors.ts'
import { startedAt } from '../../../src/shell/processes/process-start.ts'
import { itNeeds } from '../../support/platform.ts'

it('what runs above this process is listed from its parent on, each younger than the one above it', () => {
  const found = ancestors()!
  expect(found[0]!.pid).toBe(process.ppid)
  expect(found.length).toBeGreaterThan(1)
  const began = found.map(one => one.startedAt ?? 0)
  expect(began).toEqual(began.toSorted((a, b) => b - a))
})

itNeeds('Linux')('what a process was started with is what it says, whatever it has set since', () => {
  const node = `console.log(require('node:fs').readFileSync('/proc/self/environ', 'utf8').includes('AI_AGENT=x_agent'))`
  const { stdout } = spawnSync(process.execPath, ['-e', node], { env: { AI_AGENT: 'x_agent' }, encoding: 'utf8' })
  expect(stdout.trim()).toBe('true')
  process.env.SET_LATER = '1'
  expect([startedWith(process.pid, 'SET_LATER'), startedWith(0, 'PATH'), startedAt(0)]).toEqual([null, null, null])
  delete process.env.SET_LATER
  expect(startedAt(process.pid)).toBeLessThan(Date.now() + 1000)
})
