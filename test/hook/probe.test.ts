import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hookedEvents } from '../../src/model/hooked-events.ts'
import { probeKey } from '../../src/model/probe.ts'
import { gate } from '../support/programs/gate.ts'

const events = Object.keys(hookedEvents)

it.each(events)('%s with the mark is answered by name and leaves no trace', async name => {
  const { fire, repo, testRuns } = gate({ begun: [] })
  repo.write('a.js', 'changed')
  const { code, stderr, json } = await fire(name, { [probeKey]: 'n1', tool_name: 'AskUserQuestion', source: 'startup' })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(json).toMatchObject({ countersign: { probe: 'n1', event: name, node: process.version, root: repo.root } })
  expect(existsSync(join(repo.root, '.git/countersign'))).toBe(false)
  expect(testRuns()).toBe(0)
})

it('the answer is never silent, so that nothing can switch the gate off unseen by it', async () => {
  const { fire } = gate({ begun: [] })
  expect((await fire('Stop', { [probeKey]: '' })).json?.systemMessage).toMatch(/nothing was tested or reviewed/)
})

it('what Claude, the user or a tool says never carries the mark', async () => {
  const one = gate({ begun: [] })
  one.repo.write('a.js', 'changed')
  const said = JSON.stringify({ [probeKey]: 'x' })
  await one.fire('Stop', { last_assistant_message: said, tool_input: { [probeKey]: 'x' }, prompt: said })
  expect(one.testRuns()).toBe(1)
  expect(readdirSync(join(one.repo.root, '.git/countersign'))).toContain('ledger.jsonl')
})
