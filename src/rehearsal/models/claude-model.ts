import type { ServerResponse } from 'node:http'
import { type StreamEvent, sendEvents, sendJson, serveLoopback } from './loopback.ts'

/** One block of a message in the Messages API, as far as a script looks at it. */
export type Block = { type: string; text?: string; content?: string | Block[]; name?: string; input?: unknown }
export type Message = { role: string; content: string | Block[] }

/** What a script sees of one request. */
export type ClaudeTurn = {
  /** The whole conversation. What hooks say comes in role `user` or `system`. */
  messages: Message[]
  /** The system prompt; a subagent's holds the agent file's body. */
  system: string
  /** Names of the tools the program offers. */
  tools: string[]
}

export type ToolCall = { tool: string; input: Record<string, unknown> }
export type ClaudeAnswer = { text?: string; calls?: ToolCall[] }
export type ClaudeScript = (turn: ClaudeTurn) => ClaudeAnswer

/** One request that offered tools, and what was answered. */
type ClaudeRecord = { turn: ClaudeTurn; answer: ClaudeAnswer }

export type ClaudeModel = {
  url: string
  records: ClaudeRecord[]
  /** Number of requests without tools (titles, summaries), which any short text satisfies. */
  sideJobs: () => number
  close: () => void
}

type Request = {
  model?: string
  stream?: boolean
  system?: string | Block[]
  messages?: Message[]
  tools?: { name: string }[]
}

/**
 * Starts a scripted stand-in for the Anthropic Messages API, for the real `claude` program.
 * @param lifetimeMs Hard limit in milliseconds after which it ends by itself.
 * @see https://docs.anthropic.com/en/api/messages-streaming
 */
export async function startClaudeModel(script: ClaudeScript, lifetimeMs = 180_000): Promise<ClaudeModel> {
  const records: ClaudeRecord[] = []
  let sideJobs = 0
  const server = await serveLoopback((request, text, response) => {
    if (request.method !== 'POST') return sendJson(response, 200, {})
    if (!request.url?.startsWith('/v1/messages')) return sendJson(response, 404, { type: 'error' })
    if (request.url.includes('count_tokens')) return sendJson(response, 200, { input_tokens: text.length })
    const body = JSON.parse(text) as Request
    if (!body.tools?.length) {
      sideJobs += 1
      return reply(response, body, { text: 'A rehearsal' }, `side-${sideJobs}`)
    }
    const tools = body.tools.map(tool => tool.name)
    const turn: ClaudeTurn = { messages: body.messages ?? [], system: plainText(body.system), tools }
    const answer = script(turn)
    records.push({ turn, answer })
    reply(response, body, answer, String(records.length))
  }, lifetimeMs)
  return { url: `http://127.0.0.1:${server.port}`, records, sideJobs: () => sideJobs, close: server.close }
}

/** Returns all text of a message's content, tool results included, in order. */
export function plainText(content: string | Block[] | undefined): string {
  if (content === undefined) return ''
  if (typeof content === 'string') return content
  return content.map(block => block.text ?? plainText(block.content)).join('\n')
}

function reply(response: ServerResponse, body: Request, answer: ClaudeAnswer, id: string): void {
  const texts = answer.text ? [{ type: 'text', text: answer.text }] : []
  const calls = (answer.calls ?? []).map(({ tool, input }, index) => ({
    type: 'tool_use',
    id: `toolu_${id}_${index}`,
    name: tool,
    input,
  }))
  const stop = { stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn', stop_sequence: null }
  const usage = { input_tokens: 100, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 20 }
  const message = { id: `msg_${id}`, type: 'message', role: 'assistant', model: body.model, usage }
  const content = [...texts, ...calls]
  if (!body.stream) {
    sendJson(response, 200, { ...message, ...stop, content })
    return
  }
  sendEvents(response, [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null, stop_sequence: null } },
    ...content.flatMap(blockEvents),
    { type: 'message_delta', delta: stop, usage: { output_tokens: 20 } },
    { type: 'message_stop' },
  ])
}

function blockEvents(block: Block, index: number): StreamEvent[] {
  const [empty, delta] =
    block.type === 'text'
      ? [
          { ...block, text: '' },
          { type: 'text_delta', text: block.text },
        ]
      : [
          { ...block, input: {} },
          { type: 'input_json_delta', partial_json: JSON.stringify(block.input) },
        ]
  return [
    { type: 'content_block_start', index, content_block: empty },
    { type: 'content_block_delta', index, delta },
    { type: 'content_block_stop', index },
  ]
}
