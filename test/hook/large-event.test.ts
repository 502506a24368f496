import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { describeNeeds } from '../support/platform.ts'
import { type Gate, gate } from '../support/programs/gate.ts'

const size = 50 * 1024 * 1024
const event = (fields: object) => JSON.stringify({ session_id: 's1', ...fields })
const stop = event({ hook_event_name: 'Stop', last_assistant_message: 'MANY\n```countersign\nself-review: ready\n```' })
const edit = event({ hook_event_name: 'PreToolUse', tool_name: 'Write', tool_input: { file_path: 'countersign/MANY' } })

// Every chunk of this ends in what could be the end of the event.
const braces = '}'.repeat(size)
const events: [string, string, object][] = [
  ['a last message', stop.replace('MANY', braces), { systemMessage: expect.stringMatching(/countersigned/) }],
  ['a path', edit.replace('MANY', 'x/'.repeat(size / 2)), {}],
  ['half a message', stop.replace('MANY', braces).slice(0, -20), {}],
]

const ways: Record<string, (one: Gate, input: string) => Promise<{ stdout: string; code: number | null | undefined }>> =
  {
    'a socket': (one, input) => one.send(input),
    async 'a pipe'(one, input) {
      const file = join(one.env.HOME!, 'input')
      writeFileSync(file, input)
      const hook = join(one.repo.root, '.claude/hooks/countersign.cjs')
      const line = `cat "${file}" | "${process.execPath}" "${hook}"`
      const { stdout, exitCode } = await execa('sh', ['-c', line], { env: one.env, extendEnv: false, reject: false })
      return { stdout, code: exitCode }
    },
  }

describeNeeds('POSIX')('an event of 50 MB', () => {
  it.each(Object.keys(ways).flatMap(way => events.map(([what, input, reply]) => [what, way, input, reply] as const)))(
    '%s, on %s: answered with a line or nothing, in time and in memory',
    async (_, way, input, reply) => {
      const one = gate()
      const [used, watch] = [join(one.env.HOME!, 'used'), join(one.env.HOME!, 'watch.cjs')]
      const note = `require('node:fs').appendFileSync(${JSON.stringify(used)}, process.resourceUsage().maxRSS + '\\n')`
      writeFileSync(watch, `process.on('exit', () => ${note})`)
      one.env.NODE_OPTIONS = `--require ${watch}`
      one.repo.write('a.js', 'changed')
      const started = performance.now()
      const { stdout, code } = await ways[way]!(one, input)
      expect({ code, reply: JSON.parse(stdout || '{}') }).toEqual({ code: 0, reply })
      expect(performance.now() - started).toBeLessThan(15_000)
      expect(Math.max(...readFileSync(used, 'utf8').trim().split('\n').map(Number)) / 1024).toBeLessThan(500)
    },
  )
})
