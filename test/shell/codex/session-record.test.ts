import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { turnRecord } from '../../../src/shell/codex/session-record.ts'
import { temporaryDirectory } from '../../support/repository.ts'

const began = new Date(2026, 10, 2, 12)
/** A UUID of version 7, which begins with the time. */
const thread = `${began.getTime().toString(16).padStart(12, '0').replace(/.{8}/, '$&-')}-7abc-8def-0123456789ab`

/** The record of a thread whose session file has these lines. */
function record(lines: object[], day = '02', id = thread) {
  vi.stubEnv('CODEX_HOME', temporaryDirectory())
  const folder = join(process.env.CODEX_HOME!, 'sessions/2026/11', day)
  mkdirSync(folder, { recursive: true })
  const text = lines.map(line => `${JSON.stringify(line)}\n`).join('')
  writeFileSync(join(folder, `rollout-2026-11-${day}T12-00-00-${id}.jsonl`), text)
  return turnRecord(id)
}
const turn = (payload: object) => ({ timestamp: 't', type: 'turn_context', payload })
const profile = (access: string[], more: object = {}) => ({
  permission_profile: {
    ...{ type: 'managed', network: 'restricted' },
    file_system: { type: 'restricted', entries: access.map(one => ({ path: {}, access: one })) },
    ...more,
  },
})

it('the model is that of the last turn', () =>
  expect(
    record([
      turn({ model: 'first' }),
      turn({ model: 'last' }),
      { type: 'response_item', payload: { output: '"type":"turn_context"' } },
    ])?.model,
  ).toBe('last'))

it.each([
  ['reads alone', profile(['read']), true, false],
  ['hides something', profile(['deny', 'read']), true, true],
  ['lets something be written', profile(['read', 'write']), false, false],
  ['lets the network be reached', profile(['read'], { network: 'enabled' }), false, false],
  ['lets commands be approved', { ...profile(['read']), approval_policy: 'on-request' }, false, false],
  ['lets none be approved', { ...profile(['read']), approval_policy: 'never' }, true, false],
  ['is switched off', profile([], { type: 'disabled' }), false, false],
  ['reads everything', profile([], { file_system: { type: 'unrestricted' } }), false, false],
  ['has nothing to go by', { permission_profile: { type: 'managed' } }, null, false],
])('a profile that %s', (_, context, confined, hides) =>
  expect(record([turn({ model: 'm', ...context })])).toMatchObject({ model: 'm', confined, hides }),
)

it.each([
  ['read-only', { type: 'read-only' }, true],
  ['read-only with the network', { type: 'read-only', network_access: true }, false],
  ['one that writes', { type: 'workspace-write' }, false],
  ['none', undefined, null],
])('without a profile the policy tells: %s', (_, sandbox_policy, confined) =>
  expect(record([turn({ sandbox_policy })])).toMatchObject({ model: null, confined, hides: false }),
)

it('the file is found a day off, where the clocks of two places differ', () =>
  expect(record([turn({ model: 'm' })], '01')?.model).toBe('m'))

it.each([
  ['of another day', [turn({})], '05', thread],
  ['without a turn', [{ type: 'session_meta' }], '02', thread],
  ['of a thread whose id tells no time', [turn({})], '02', 't1'],
  ['that cannot be read', [turn(null as never)], '02', thread],
])('there is no record in a session file %s', (_, lines, day, id) => expect(record(lines, day, id)).toBeNull())

it('what the model has had run in the last turn is told, and nothing that only looks like it', () => {
  const call = (type: string, more: object) => ({ timestamp: 't', type: 'response_item', payload: { type, ...more } })
  expect(
    record([
      turn({ model: 'm' }),
      call('function_call', { name: 'exec_command', arguments: '{"cmd":"cat old.js"}' }),
      turn({ model: 'm' }),
      call('function_call', { name: 'exec_command', arguments: '{"cmd":"cat a.js"}' }),
      call('function_call_output', { output: '{"type":"function_call","cmd":"cat b.js"}' }),
      call('custom_tool_call', { name: 'exec', input: 'tools.exec_command({"cmd":"cat c.js"})' }),
    ])?.commands.map(command => /cat (\S+?)\\/.exec(command)?.[1]),
  ).toEqual(['a.js', 'c.js'])
})
