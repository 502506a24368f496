import { rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CodexAnswer } from '../../src/rehearsal/models/codex-model.ts'
import { ready, says } from '../support/programs/gate.ts'
import { processesIn } from '../support/programs/lab.ts'
import { approval, realCodexGate } from '../support/programs/real-codex.ts'
import { codexSaysFlagged } from '../support/programs/versions.ts'

const error = (status: number, body: object): CodexAnswer => ({ status, body: { error: body } })
const stream = (play: (response: ServerResponse) => void): CodexAnswer => ({
  respond: response => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    play(response)
  },
})
const created = 'event: response.created\ndata: {"type":"response.created","response":{"id":"r"}}\n\n'
const delta = `event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"x"}\n\n`
const event = (type: string, more: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`
const usage = { input_tokens: 5, output_tokens: 7, total_tokens: 12 }
const said = (content: object) =>
  stream(response =>
    response.end(
      created +
        event('response.output_item.done', {
          item: { type: 'message', role: 'assistant', id: 'm', content: [content] },
        }) +
        event('response.completed', { response: { id: 'r', usage } }),
    ),
  )
const ended = (type: string, response: object) =>
  stream(answer => answer.end(created + event(type, { response: { id: 'r', ...response } })))
const filter = { reason: 'content_filter' }
const done = 'event: response.completed\ndata: {"type":"response.completed","response":{"id":"r"}}\n\n'
const unread = JSON.stringify({ ...JSON.parse(approval), verdict: 'could-not-review', summary: 'bwrap: no permission' })
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600

/** What the model's server does, and what that is to us. */
const faults: [string, () => CodexAnswer, RegExp][] = [
  ['401', () => error(401, { message: 'Incorrect API key' }), /not-logged-in/],
  ['429 without a reset time', () => error(429, { message: 'slow down' }), /rate-limited until/],
  [
    '429 that names one',
    () => error(429, { message: 'Rate limit reached, please try again in 20s.' }),
    /rate-limited until/,
  ],
  [
    'a usage limit',
    () => error(429, { type: 'usage_limit_reached', message: 'limit', plan_type: 'plus', resets_at: inAnHour() }),
    /rate-limited until/,
  ],
  ['500, which Codex calls high demand', () => error(500, { message: 'boom' }), /rate-limited until/],
  [
    '400, the schema refused',
    () => error(400, { message: 'Invalid schema', code: 'invalid_json_schema' }),
    /refused\): the model service rejected the request: Invalid schema\..*review\.model/,
  ],
  [
    '400, the model unknown to the account',
    () => ({ status: 400, body: { detail: 'gpt-9 is not supported' } }),
    /refused/,
  ],
  ['400, flagged', () => error(400, { code: 'cyber_policy', message: '' }), /refused\): .*flagged/],
  ['a refusal', () => said({ type: 'refusal', refusal: 'I cannot help with that.' }), /refused\): the model declined/],
  ['a turn ended by the content filter', () => ended('response.incomplete', { incomplete_details: filter }), /refused/],
  [
    'a turn ended as flagged',
    () => ended('response.failed', { error: { code: 'bio_policy' } }),
    codexSaysFlagged ? /refused/ : /crashed/,
  ],
  ['a refusal in prose', () => ({ text: 'I cannot help with that.' }), /malformed/],
  ['“I could not read it”', () => ({ text: unread }), /sandbox\): bwrap: no permission/],
  ['prose', () => ({ text: 'Looks good to me!' }), /malformed/],
  ['another shape', () => ({ text: '{"verdict":"approve"}' }), /malformed/],
  ['an empty answer', () => ({ text: '' }), /malformed/],
  ['an answer without a message', () => stream(response => response.end(created + done)), /malformed/],
  [
    'a connection cut in mid-stream',
    () => stream(response => response.write(created, () => response.destroy())),
    /crashed/,
  ],
  ['silence before the first byte', () => ({ hang: true }), /timed-out/],
  ['silence after it', () => stream(response => void response.write(created + delta)), /timed-out/],
  [
    'a slow drip',
    () =>
      stream(response => {
        const drip = setInterval(() => response.write(delta), 200)
        response.on('close', () => clearInterval(drip))
      }),
    /timed-out/,
  ],
]

describe('the real codex, its model answering with', () => {
  it.each(faults)('%s: could not review, in time, nothing left, made up for later', async (_, fault, reason) => {
    let healthy = false
    const { one } = await realCodexGate(
      () => (healthy ? { text: approval } : fault()),
      'review:\n  timeoutSeconds: 4\n',
    )
    one.clock({})
    one.repo.write('a.js', 'export const a = 2\n')
    const { json, code, seconds } = await one.fire('Stop', ready)
    expect(code).toBe(0)
    expect(json?.systemMessage?.split('\n').at(-1)).toMatch(/^! could not review \(/)
    expect(json?.systemMessage).toMatch(reason)
    expect(json?.systemMessage).not.toMatch(/countersigned|no findings/)
    expect(Object.keys(json!)).toEqual(['systemMessage'])
    expect(seconds).toBeLessThan(8)
    expect(await processesIn(one.repo.root)).toEqual([])
    expect((await one.fire('SessionStart', { source: 'resume' })).json?.hookSpecificOutput?.additionalContext).toMatch(
      /A Codex review is pending: could not review/,
    )
    healthy = true
    const owed = one.ledger().findLast(entry => entry.kind === 'could-not-review')!
    const again = await one.fire('Stop')
    if (owed.until !== null) {
      expect([again.stdout, owed.until > new Date().toISOString()]).toEqual(['', true])
      if (owed.reason !== 'timed-out') return
      one.clock({ passed: 2 * 3600 })
    }
    const made = owed.until === null ? again : await one.fire('Stop')
    expect(made.json?.systemMessage).toMatch(/countersigned/)
    expect(one.testRuns()).toBe(1)
  })
})

describe('the real codex', () => {
  it('whose usage limit is over is asked by itself at the next stop, and not before', async () => {
    const answers: CodexAnswer[] = [
      error(429, { type: 'usage_limit_reached', message: 'limit', plan_type: 'plus', resets_at: inAnHour() }),
    ]
    const { one, model } = await realCodexGate(() => answers.shift() ?? { text: approval })
    one.clock({})
    one.repo.write('a.js', 'export const a = 2\n')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/rate-limited until 20/)
    expect((await one.fire('Stop')).stdout).toBe('')
    one.clock({ passed: 2 * 3600 })
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(/countersigned/)
    expect([model.records.length, one.testRuns()]).toEqual([2, 1])
  })

  it.runIf(process.platform === 'linux')(
    'cut off in the middle of a command leaves nothing of it running',
    async () => {
      const command = '(setsid nohup sleep 300 >/dev/null 2>&1 &); sleep 301'
      const { one } = await realCodexGate(() => ({ commands: [command] }), 'review:\n  timeoutSeconds: 4\n')
      one.repo.write('a.js', 'export const a = 2\n')
      const { json, seconds } = await one.fire('Stop', ready)
      expect(json?.systemMessage).toMatch(/could not review \(timed-out\)/)
      expect(seconds).toBeLessThan(8)
      expect(await processesIn(one.repo.root)).toEqual([])
    },
  )

  it('asked to go on in a thread it no longer has is asked in a new one', async () => {
    const { one, model } = await realCodexGate(({ prompt }) =>
      /^Countersign · review/.test(prompt)
        ? { text: JSON.stringify({ ...JSON.parse(approval), verdict: 'findings', findings: [finding] }) }
        : { text: JSON.stringify({ positions: [concession] }) },
    )
    one.repo.write('a.js', 'export const a = 2\n')
    await one.fire('Stop', ready)
    rmSync(join(one.env.CODEX_HOME!, 'sessions'), { recursive: true })
    expect((await one.fire('Stop', says('F1: not needed — no'))).json?.systemMessage).toMatch(/could not review/)
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(/concedes F1[\s\S]*countersigned/)
    expect(model.records.at(-1)!.turn.prompt).toMatch(/You, the reviewer, said:[\s\S]*export const a/)
  })
})

const finding = {
  title: 'T',
  body: 'B',
  kind: 'defect',
  priority: 'medium',
  file: 'a.js',
  line_start: 1,
  line_end: 1,
  quote: 'export const a',
  fix: 'x',
}
const concession = {
  ...{ id: 'F1', needed: false, priority: 'low', reason: 'r', concession: 'the caller checks' },
  evidence: { file: 'suite.sh', line: 2, quote: 'exit 0' },
}
