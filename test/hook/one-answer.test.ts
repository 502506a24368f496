import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { answerAtOnce } from '../../src/hook/quick-answer.ts'
import { runHook } from '../../src/hook/run-hook.ts'
import { HookEvent } from '../../src/model/hook-event.ts'
import { gate } from '../support/programs/gate.ts'

/** What happens to a repository between two events, by a name a reader can follow. */
const doings = {
  edit: ['sh', '-c', 'echo "// $(date +%N)" >> a.js'],
  'take the edit back': ['git', 'checkout', '-q', '--', 'a.js'],
  'commit all': ['git', 'commit', '-q', '-a', '--allow-empty', '-m', 'x'],
  amend: ['git', 'commit', '-q', '-a', '--amend', '-m', 'y'],
  'soft reset': ['git', 'reset', '-q', '--soft', 'HEAD~1'],
  'hard reset': ['git', 'reset', '-q', '--hard', 'HEAD~1'],
  'new branch': ['sh', '-c', 'git checkout -q -b "b$(date +%N)"'],
  'back to main': ['git', 'checkout', '-q', 'main'],
  stash: ['git', 'stash', '-q'],
  'pop the stash': ['git', 'stash', 'pop', '-q'],
} as const
type Doing = keyof typeof doings

/** Git refuses some of it, a stash where there is nothing to stash: then nothing has happened. */
const attempt = ([file, ...args]: readonly [string, ...string[]], cwd: string) => void spawnSync(file, args, { cwd })

const doing = fc.constantFrom(...(Object.keys(doings) as Doing[]))
const event = fc.constantFrom(
  { hook_event_name: 'SessionStart', source: 'startup' },
  { hook_event_name: 'Stop', last_assistant_message: 'Done.' },
  { hook_event_name: 'Stop', last_assistant_message: 'Done.' },
  { hook_event_name: 'UserPromptSubmit', prompt: 'go on' },
  { hook_event_name: 'TaskCompleted' },
)
const flow = fc.array(fc.tuple(fc.array(doing, { maxLength: 3 }), event), { minLength: 2, maxLength: 6 })

it('where the quick answer is silence, the full one says and writes nothing, whatever git has done', async () => {
  let silent = 0
  const one = gate()
  const { repo, env } = one
  const bundle = join(repo.root, '.claude/hooks/countersign.cjs')
  await one.fire('SessionStart', { source: 'startup' })
  // The first look at the gate's own files is written down by the full answer alone; here it has been taken.
  await one.fire('UserPromptSubmit', { prompt: 'go' })
  const before = process.env.CLAUDE_PROJECT_DIR
  process.env.CLAUDE_PROJECT_DIR = repo.root
  try {
    await fc.assert(
      fc.asyncProperty(flow, async steps => {
        for (const [names, fields] of steps) {
          for (const name of names) attempt(doings[name], repo.root)
          const asked = { session_id: 's1', cwd: repo.root, ...fields }
          const quick = answerAtOnce(JSON.stringify(asked), env)
          const lines = one.ledger().length
          const full = await runHook(HookEvent.parse(asked), bundle, quick === 'silence' ? {} : quick)
          if (quick !== 'silence') continue
          silent++
          expect({ full, written: one.ledger().slice(lines) }).toEqual({ full: null, written: [] })
          await runHook(HookEvent.parse({ ...asked, hook_event_name: 'TaskCompleted' }), bundle)
          const after = one.ledger().slice(lines)
          expect(after.filter(({ kind }) => kind === 'run-started' || kind === 'tests-ran')).toEqual([])
        }
      }),
      { numRuns: 40 },
    )
  } finally {
    if (before === undefined) delete process.env.CLAUDE_PROJECT_DIR
    else process.env.CLAUDE_PROJECT_DIR = before
  }
  // How many there are is chance; that there are none would be a fault of this test.
  expect(silent).toBeGreaterThan(0)
}, 120_000)
