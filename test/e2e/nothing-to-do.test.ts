import { expect, it, onTestFinished } from 'vitest'
import { questionPrompt } from '../../src/rehearsal/demo/demo-author.ts'
import { setScene } from '../../src/rehearsal/demo/demo-scene.ts'
import { needs } from '../support/platform.ts'
import { cli, testRuns } from '../support/programs/lab.ts'

it("a turn that changes nothing costs no model call but Claude's own, no test run and no word", async () => {
  needs('POSIX')
  const scene = await setScene({ cli })
  onTestFinished(() => scene.close())
  await scene.countersign('init', '--yes')
  const { result, events, exitCode } = await scene.prompt(questionPrompt)
  const said = events.filter(({ subtype }) => subtype === 'informational')
  expect({ result, exitCode, said }).toEqual({ result: 'In src/orders.js.', exitCode: 0, said: [] })
  expect(scene.claude.records).toHaveLength(1)
  expect(scene.codex.records).toEqual([])
  expect(testRuns(scene)).toBe(0)
}, 60_000)
