import { describe, expect, it } from 'vitest'
import { gate, ready, says } from '../../support/programs/gate.ts'

const reports = 'mkdir -p coverage; date +%N > coverage/index.html; date +%N > junit.xml; date +%N > test.db'

describe('what only a test run has written', () => {
  it('is no part of the change, is named with the way to keep it out, and stands in the line that signs', async () => {
    const { repo, fire, prompts, testRuns } = gate({ test: reports })
    repo.write('a.js', 'changed')
    const { json } = await fire('Stop')
    expect(json!.systemMessage).toMatch(
      /✓ tests green[^\n]*\nthe tests wrote coverage\/, junit\.xml, test\.db, which is set aside.*`ignore`/,
    )
    expect((await fire('Stop', ready)).json!.systemMessage).toMatch(
      /countersigned in cycle 1: tests: green · without what the tests wrote: coverage\/, junit\.xml, test\.db/,
    )
    expect(prompts().at(-1)).not.toMatch(/junit\.xml/)
    expect(testRuns()).toBe(1)
  })
  it('does not wedge the next cycle, in which it is written anew', async () => {
    const { repo, fire, testRuns } = gate({ play: 'findings', test: reports })
    repo.write('a.js', 'export const a = 2\n')
    await fire('Stop', ready)
    await fire('Stop', says('F1: needed, high — yes'))
    await fire('UserPromptSubmit', { prompt: 'pick F1' })
    repo.write('a.js', 'export const a = 3\n')
    const { json } = await fire('Stop')
    expect(json?.hookSpecificOutput?.additionalContext).toMatch(/^Countersign · self-review · cycle 2/)
    expect(json!.systemMessage).not.toMatch(/set aside|during every test run/)
    expect(testRuns()).toBe(2)
  })
  it('and is none of the usual reports counts at first, and is set aside when the next run writes it again', async () => {
    const { repo, fire } = gate({ test: 'date +%N > counter' })
    repo.write('a.js', 'changed')
    expect((await fire('Stop')).json!.systemMessage).not.toMatch(/set aside/)
    repo.write('a.js', 'changed again')
    const { json } = await fire('Stop')
    expect(json!.systemMessage).toMatch(/✓ tests green[^\n]*\nthe tests wrote counter, which is set aside/)
    expect(json!.hookSpecificOutput!.additionalContext).toMatch(/self-review/)
  })
  it('counts again once it is tracked', async () => {
    const { repo, fire, prompts } = gate({ test: 'echo "<a/>" > junit.xml' })
    repo.write('a.js', 'changed')
    await fire('Stop', ready)
    expect(prompts().join()).not.toMatch(/junit\.xml/)
    repo.commit('with the report')
    await fire('Stop', ready)
    expect(prompts().join()).toMatch(/junit\.xml/)
  })
  it('is part of the change where it is a snapshot, or may be somebody’s work', async () => {
    const { repo, fire, prompts } = gate({
      test: 'mkdir -p t/__snapshots__; echo 1 > t/__snapshots__/a.snap; echo 1 > b.js',
    })
    repo.write('a.js', 'changed')
    await fire('Stop', ready)
    expect(prompts().at(-1)).toMatch(/b\.js/)
    expect(prompts().at(-1)).toMatch(/a\.snap/)
  })
  it('is part of the change where it was there before the run', async () => {
    const { repo, fire, prompts } = gate({ test: 'true' })
    repo.write('a.js', 'changed')
    repo.write('notes.xml', '<mine/>')
    await fire('Stop', ready)
    expect(prompts().at(-1)).toMatch(/notes\.xml/)
  })
})
