import type { ServerResponse } from 'node:http'
import { type StreamEvent, sendEvents, sendJson, serveLoopback } from './loopback.ts'

/** Tokens that a scripted answer claims to have cost; `cached` is a part of `input`, `reasoning` of `output`. */
export type Tokens = { input: number; cached: number; output: number; reasoning: number }

type Item = { type: string; role?: string; content?: string | { text?: string }[]; output?: unknown }

/** What a script sees of one request. */
export type CodexTurn = {
  /** The last user message: the prompt of this call, also after its commands have run. */
  prompt: string
  /** Outputs of the commands that this call has run so far. */
  outputs: string[]
  /** `read-only`, `workspace-write` or `danger-full-access`, as the program told the model; null if it did not. */
  sandbox: string | null
  /** The JSON Schema the answer must meet; null if none was given. */
  schema: unknown
  /** The model that was asked for. */
  model: string | null
  /** The whole conversation. */
  items: Item[]
}

/** A text, commands to run in the sandbox, or a fault: a status, no answer at all, or whatever `respond` does. */
export type CodexAnswer =
  | { text: string; tokens?: Partial<Tokens> }
  | { commands: string[]; tokens?: Partial<Tokens> }
  | { status: number; body: unknown }
  | { hang: true }
  | { respond: (response: ServerResponse) => void }
export type CodexScript = (turn: CodexTurn) => CodexAnswer

type CodexRecord = {
  turn: CodexTurn
  answer: CodexAnswer
  /** The request as it came. */
  body: string
}
export type CodexModel = { url: string; records: CodexRecord[]; close: () => void }

type Request = { model?: string; tools?: unknown[]; input?: Item[]; text?: { format?: { schema?: unknown } } }

/**
 * Starts a scripted stand-in for the OpenAI Responses API, for the real `codex` program.
 * @param lifetimeMs Hard limit in milliseconds after which it ends by itself, a hanging answer included.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export async function startCodexModel(script: CodexScript, lifetimeMs = 180_000): Promise<CodexModel> {
  const records: CodexRecord[] = []
  const server = await serveLoopback((request, text, response) => {
    if (request.method !== 'POST' || !request.url?.endsWith('/responses')) return sendJson(response, 404, {})
    const body = JSON.parse(text) as Request
    const turn = read(body)
    const answer = script(turn)
    records.push({ turn, answer, body: text })
    if ('hang' in answer) return
    if ('respond' in answer) return answer.respond(response)
    if ('status' in answer) return sendJson(response, answer.status, answer.body)
    sendEvents(response, answerEvents(answer, records.length, body.tools !== undefined))
  }, lifetimeMs)
  return { url: `http://127.0.0.1:${server.port}/v1`, records, close: server.close }
}

function textOf({ content }: Item): string {
  if (typeof content === 'string') return content
  return (content ?? []).map(part => part.text ?? '').join('\n')
}

function read(body: Request): CodexTurn {
  const items = body.input ?? []
  const last = items.findLastIndex(item => item.type === 'message' && item.role === 'user')
  const prompt = items[last]
  const told = items.map(textOf).join('\n')
  return {
    prompt: prompt ? textOf(prompt) : '',
    outputs: items
      .slice(last + 1)
      .filter(item => item.type.endsWith('_output'))
      .map(({ output }) => (typeof output === 'string' ? output : JSON.stringify(output))),
    sandbox: told.match(/sandbox_mode\W+(?:is\W+)?(read-only|workspace-write|danger-full-access)/)?.[1] ?? null,
    schema: body.text?.format?.schema ?? null,
    model: body.model ?? null,
    items,
  }
}

function answerEvents(
  answer: Extract<CodexAnswer, { tokens?: unknown }>,
  n: number,
  hasShellTool: boolean,
): StreamEvent[] {
  const { input, cached, output, reasoning } = { input: 1000, cached: 0, output: 50, reasoning: 10, ...answer.tokens }
  const usage = {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  }
  return [
    { type: 'response.created', response: { id: `resp_${n}` } },
    ...answerItems(answer, n, hasShellTool).map(item => ({ type: 'response.output_item.done', item })),
    { type: 'response.completed', response: { id: `resp_${n}`, usage } },
  ]
}

/** Newer models have one tool, which runs JavaScript; the shell is a function in there. */
function answerItems(answer: { text: string } | { commands: string[] }, n: number, hasShellTool: boolean): unknown[] {
  if ('text' in answer) {
    const content = [{ type: 'output_text', text: answer.text }]
    return [{ type: 'message', role: 'assistant', id: `msg_${n}`, content }]
  }
  if (!hasShellTool) {
    const input = answer.commands.map(cmd => `text((await tools.exec_command(${JSON.stringify({ cmd })})).output)`)
    return [{ type: 'custom_tool_call', id: `ct_${n}`, call_id: `call_${n}`, name: 'exec', input: input.join('\n') }]
  }
  return answer.commands.map((cmd, index) => ({
    type: 'function_call',
    id: `fc_${n}_${index}`,
    call_id: `call_${n}_${index}`,
    name: 'exec_command',
    arguments: JSON.stringify({ cmd }),
  }))
}
