import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { answerAtOnce } from '../../src/hook/quick-answer.ts'
import { runHook } from '../../src/hook/run-hook.ts'
import { HookEvent } from '../../src/model/hook-event.ts'
import { toStdout } from '../../src/model/hook-reply.ts'
import { hookedEvents } from '../../src/model/hooked-events.ts'
import { gate } from '../support/programs/gate.ts'

/** How many inputs; the long version is `npm run soak`. */
const inputs = Number(process.env.COUNTERSIGN_FUZZ ?? 6000)
/** Of these, how many in a repository, where each takes a git process or two, and how many as processes of their own. */
const inRepository = Math.max(300, Math.round(inputs / 100))
const spawned = Math.max(20, Math.round(inputs / 100))

const names = fc.constantFrom(...Object.keys(hookedEvents), 'SubagentStop', 'AfterLunch', '', 'toString', '__proto__')
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    'pick F1',
    'pick none',
    '```countersign\nself-review: ready\n```',
    'pick all',
    '```countersign\nF1: needed',
  ),
)
/** An event as some version of Claude Code could send it: any field can be missing, of another type, or new. */
const event = fc
  .record(
    {
      hook_event_name: fc.oneof({ weight: 9, arbitrary: names }, { weight: 1, arbitrary: fc.jsonValue() }),
      session_id: fc.oneof(text, fc.jsonValue()),
      permission_mode: fc.oneof(fc.constantFrom('default', 'plan', 'bypassPermissions'), fc.jsonValue()),
      source: fc.oneof(fc.constantFrom('startup', 'resume'), fc.jsonValue()),
      prompt: fc.oneof(text, fc.jsonValue()),
      tool_name: fc.oneof(fc.constantFrom('AskUserQuestion', 'Edit', 'Bash'), fc.jsonValue()),
      tool_input: fc.oneof(
        fc.record(
          { file_path: text, answers: fc.dictionary(text, fc.oneof(text, fc.jsonValue())) },
          { requiredKeys: [] },
        ),
        fc.jsonValue(),
      ),
      last_assistant_message: fc.oneof(text, fc.jsonValue()),
      background_tasks: fc.jsonValue(),
      stop_hook_active: fc.jsonValue(),
      of_a_newer_version: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  .map(fields => JSON.stringify(fields))
const anything = fc.oneof(
  { weight: 6, arbitrary: event },
  { weight: 1, arbitrary: fc.tuple(event, fc.nat()).map(([whole, at]) => whole.slice(0, at % (whole.length + 1))) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 8 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 2000 }) },
)

/** Whether a reply stands in anybody's way at a tree where nothing has changed. */
const blocks = (line: string) =>
  /"decision":"block"|"continue":false|"additionalContext":"Countersign · (?:tests|self)/.test(line)

/** What one event comes to in this process, as it would stand on stdout. */
async function answered(input: string, env: NodeJS.ProcessEnv): Promise<string> {
  const quick = answerAtOnce(input, env)
  if (quick === 'silence') return ''
  const parsed = HookEvent.parse(JSON.parse(input))
  return toStdout(parsed.hook_event_name, await runHook(parsed, '', quick))
}

async function withProjectDir(dir: string, work: () => Promise<void>): Promise<void> {
  const before = process.env.CLAUDE_PROJECT_DIR
  process.env.CLAUDE_PROJECT_DIR = dir
  try {
    await work()
  } finally {
    if (before === undefined) delete process.env.CLAUDE_PROJECT_DIR
    else process.env.CLAUDE_PROJECT_DIR = before
  }
}

it(
  `whatever event comes where there is no repository, there is nothing to say (${inputs} events)`,
  async () => {
    const nowhere = join(tmpdir(), 'there', 'is', 'no', 'such', 'place')
    await withProjectDir(nowhere, () =>
      fc.assert(
        fc.asyncProperty(event, async input => {
          const line = await answered(input, { CLAUDE_PROJECT_DIR: nowhere })
          expect(line === '' || line.includes('Countersign is idle')).toBe(true)
        }),
        { numRuns: inputs },
      ),
    )
  },
  60_000 + inputs * 2,
)

it(
  `whatever event comes, an unchanged tree holds nobody up (${inRepository} events)`,
  async () => {
    const one = gate()
    await one.fire('SessionStart', { source: 'startup' })
    await withProjectDir(one.repo.root, () =>
      fc.assert(
        fc.asyncProperty(event, async input => {
          expect(blocks(await answered(input, one.env))).toBe(false)
        }),
        { numRuns: inRepository, examples: [['{"hook_event_name":"UserPromptSubmit","session_id":""}']] },
      ),
    )
    expect(one.testRuns()).toBe(0)
  },
  60_000 + inRepository * 200,
)

it(
  `whatever is on stdin, the bundle ends with 0, prints one JSON line or nothing, and no stack (${spawned} processes)`,
  async () => {
    const one = gate()
    await one.fire('SessionStart', { source: 'startup' })
    await fc.assert(
      fc.asyncProperty(anything, async input => {
        const { code, stdout, stderr } = await one.send(input)
        expect(code).toBe(0)
        expect(stdout === '' || typeof JSON.parse(stdout) === 'object').toBe(true)
        expect(stdout.split('\n').length).toBeLessThanOrEqual(2)
        expect(blocks(stdout)).toBe(false)
        expect(stderr).not.toMatch(/^\s+at /m)
      }),
      { numRuns: spawned },
    )
  },
  60_000 + spawned * 1000,
)
