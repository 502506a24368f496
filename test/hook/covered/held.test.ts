import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Gate, gate, ready } from '../../support/programs/gate.ts'
import { temporaryDirectory } from '../../support/repository.ts'

// What a change is tested and reviewed by holds from the user's next prompt on; until then it is what it was at their last.

const stop = async (one: Gate) => (await one.fire('Stop', ready)).json?.systemMessage ?? ''
const prompt = async (one: Gate, text = 'go on') => (await one.fire('UserPromptSubmit', { prompt: text })).json

async function inTurn(options: Parameters<typeof gate>[0] = {}): Promise<Gate> {
  const one = gate({ play: 'reads-all', ...options })
  await one.fire('SessionStart', { source: 'startup' })
  await prompt(one, 'change a')
  one.repo.write('a.js', 'changed\n')
  return one
}
const config = (one: Gate, text: string) => one.repo.write('.claude/countersign.yaml', text)
const other = 'version: 1\ntests:\n  - name: unit\n    command: "true"\nignore: ["**/*.js"]\n'

describe('a configuration that was changed in a turn', () => {
  it('is told with what it does, and the tests stay those of before', async () => {
    const one = await inTurn({ test: 'exit 1' })
    config(one, other)
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(
      /gate files changed: \.claude\/countersign\.yaml[^\n]*\n +tests\.unit\.command: "sh \.\/suite\.sh" → "true"\n +ignore: \+ "\*\*\/\*\.js"\n +The configuration applies from your next prompt on\.\n✗ tests red/,
    )
    expect(one.testRuns()).toBe(1)
  })

  it('holds once the user has spoken', async () => {
    const one = await inTurn({ test: 'exit 1' })
    config(one, 'version: 1\ntests:\n  - name: unit\n    command: "true"\n')
    await prompt(one)
    expect(await stop(one)).toMatch(/tests green/)
    expect(one.testRuns()).toBe(0)
  })

  it('that cannot be read is told with its place, and the one of before holds', async () => {
    const one = await inTurn()
    config(one, 'version: 1\nnope: 1\n')
    expect(await stop(one)).toMatch(
      /countersign\.yaml:2:1: unknown key “nope”\. The configuration of your last prompt applies\.\n✓ tests green/,
    )
    expect(await prompt(one)).toBeNull()
    one.repo.write('a.js', 'again\n')
    expect(await stop(one)).toMatch(/✓ tests green/)
  })

  it('is nothing new where a stop looks at it again', async () => {
    const one = await inTurn()
    config(one, other)
    await stop(one)
    expect((await one.fire('Stop')).stdout).toBe('')
  })
})

it('a decision that was written in a turn is told with its words', async () => {
  const one = await inTurn()
  const decision = { title: 'Never raise it', file: 'a.js', kind: 'defect', reason: 'because' }
  one.repo.write('.claude/countersign/decisions.jsonl', `${JSON.stringify(decision)}\n`)
  expect(await stop(one)).toMatch(/new decision, not to be raised again: - Never raise it \(a\.js\): because/)
})

describe('an environment that was changed in a session', () => {
  it('is not reviewed in before the user has spoken', async () => {
    const one = await inTurn()
    one.env.CODEX_HOME = temporaryDirectory()
    one.env.NODE_OPTIONS = '--no-warnings'
    expect(await stop(one)).toMatch(
      /could not review \(sandbox\): CODEX_HOME, NODE_OPTIONS changed in this session since/,
    )
    expect(one.codexCalls()).toEqual([])
    expect((await prompt(one))?.systemMessage).toMatch(
      /CODEX_HOME, NODE_OPTIONS changed in this session since your last prompt/,
    )
    expect(await stop(one)).toMatch(/✓ countersigned/)
  })

  it('is the same for Codex’s own configuration', async () => {
    const one = await inTurn()
    one.repo.write(`../${one.env.HOME!.split('/').at(-1)}/.codex/config.toml`, 'model = "other"\n')
    expect(await stop(one)).toMatch(/could not review \(sandbox\): Codex’s config\.toml changed/)
  })

  it('is not asked about where nobody knows what it was, nor after a new start', async () => {
    const one = await inTurn()
    one.env.CODEX_HOME = temporaryDirectory()
    await one.fire('SessionStart', { source: 'compact' })
    expect(await stop(one)).toMatch(/could not review/)
    await one.fire('SessionStart', { source: 'resume' })
    expect(await stop(one)).toMatch(/✓ countersigned/)
  })
})

it('settings that steer the gate and came between two sessions are told when the next one starts', async () => {
  const one = await inTurn()
  await one.fire('SessionEnd')
  one.repo.write('.claude/settings.local.json', JSON.stringify({ env: { CODEX_HOME: join('/', 'x') } }))
  const { json } = await one.fire('SessionStart', { source: 'startup', session_id: 's2' })
  expect(json?.systemMessage).toMatch(
    /switches the gate off or steers it: CODEX_HOME=\/x in \.claude\/settings\.local\.json/,
  )
  await one.fire('UserPromptSubmit', { prompt: 'go on', session_id: 's2' })
  await one.fire('SessionEnd', { session_id: 's2' })
  expect((await one.fire('SessionStart', { source: 'startup', session_id: 's3' })).json?.systemMessage).toBeUndefined()
})
