import { describe, expect, it } from 'vitest'
import { CodexEvents } from '../../../src/shell/codex/codex-events.ts'

const item = (when: 'started' | 'completed', type: string, more: object = {}) => ({
  type: `item.${when}`,
  item: { type, ...more },
})
const said = item('completed', 'agent_message', { text: 'answer' })
const rerouted = 'model rerouted: gpt-6 -> gpt-5-mini (HighRiskCyberActivity)'

function after(...events: object[]): CodexEvents {
  const all = new CodexEvents()
  for (const event of events) all.take(JSON.stringify(event))
  return all
}

describe('the last message', () => {
  it('is the answer, also when the end of an earlier command is told after it', () =>
    expect(
      after(
        item('started', 'command_execution', { id: '1' }),
        said,
        item('completed', 'command_execution', { id: '1' }),
      ).messages,
    ).toEqual(['answer']))

  it.each([
    ['begins', item('started', 'command_execution', { id: '2' })],
    ['is told at its end alone', item('completed', 'command_execution', { id: '2' })],
    ['has no id', item('completed', 'web_search')],
  ])('is none when work that %s follows it', (_, work) => expect(after(said, work).messages).toEqual([]))

  it('is told with those before it, when nothing was done in between', () =>
    expect(after(said, item('completed', 'reasoning'), said).messages).toEqual(['answer', 'answer']))
})

describe('what was done outside the sandbox', () => {
  it.each([
    ['an MCP tool', item('started', 'mcp_tool_call', { server: 's', tool: 't' }), 'Codex used the MCP tool s/t'],
    [
      'a written file',
      item('completed', 'file_change', { status: 'completed', changes: [{ path: 'a.js' }, { path: 'b.js' }] }),
      'Codex wrote a.js, b.js',
    ],
    [
      'a patch that was refused',
      item('completed', 'file_change', { status: 'failed', changes: [{ path: 'a.js' }] }),
      null,
    ],
    ['a command', item('completed', 'command_execution'), null],
  ])('%s', (_, event, outside) => expect(after(event).outside).toBe(outside))
})

describe('another model than the one asked for', () => {
  it('is the one that the service put in its place', () =>
    expect(after(item('completed', 'error', { message: rerouted }), item('completed', 'error')).reroutedTo).toBe(
      'gpt-5-mini',
    ))
  it('is none as long as nobody says so', () => expect(after(said).reroutedTo).toBeNull())
})
