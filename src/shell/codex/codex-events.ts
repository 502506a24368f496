import * as z from 'zod/mini'
import type { Usage } from '../../model/ledger/fields.ts'

/** Items that are work on the way to an answer: what was said before one of them was not the last word. */
const work = ['command_execution', 'mcp_tool_call', 'file_change', 'web_search', 'collab_tool_call']

/** A warning that Codex gives when the service answers with another model. */
const rerouted = /^model rerouted: \S+ -> (\S+)/

/**
 * Reads the JSON lines of `codex exec --json`. `error` events are reports of retries; only `turn.failed` is a failure.
 *
 * @see https://github.com/openai/codex/blob/main/codex-rs/exec/src/exec_events.rs
 */
export class CodexEvents {
  thread: string | null = null
  /** What the model has said since it last worked; the last is its answer. */
  messages: string[] = []
  /** Whether it has run or looked up anything. */
  worked = false
  /** The commands that it has run, as Codex tells them. */
  commands: string[] = []
  problem: string | null = null
  lastError: string | null = null
  usage: Usage = { inputTokens: 0, outputTokens: 0 }
  /** The model that the service put in place of the one that was asked for; null when it did not. */
  reroutedTo: string | null = null
  /** What was done outside the sandbox, in words; null when nothing was. */
  outside: string | null = null
  /** Output that is neither reasoning nor anything that became an item. */
  private unseen = 0
  private spoke = false
  /** Ids of items that are work. */
  private begun = new Set<string>()

  /**
   * Whether the model has declined. A refusal is a kind of content that Codex leaves out without a word: the turn
   * completes, tokens were written that are no reasoning, and there is not even an empty message.
   */
  get declined(): boolean {
    return !this.spoke && !this.worked && this.unseen > 0
  }

  take(line: string): void {
    const event = parse(line)
    if (!event) return
    const { type, item, usage } = event
    if (type === 'thread.started') this.thread = event.thread_id ?? null
    if (type === 'error') this.lastError = event.message ?? null
    if (type === 'turn.failed') this.problem = event.error?.message ?? 'the turn failed'
    if (type === 'item.completed' && item?.type === 'agent_message') {
      if (item.text) this.messages.push(item.text)
      this.spoke = true
    }
    if (item && work.includes(item.type) && !this.begun.has(item.id ?? '')) {
      // The end of what began before the last message can be told after it.
      if (item.id) this.begun.add(item.id)
      this.messages = []
      this.worked = true
    }
    if (item?.command !== undefined && !this.commands.includes(item.command)) this.commands.push(item.command)
    if (item?.type === 'mcp_tool_call') this.outside = `Codex used the MCP tool ${item.server}/${item.tool}`
    if (item?.type === 'file_change' && item.status === 'completed')
      this.outside = `Codex wrote ${item.changes?.map(({ path }) => path).join(', ')}`
    if (item?.type === 'error') this.reroutedTo = rerouted.exec(item.message ?? '')?.[1] ?? this.reroutedTo
    if (type === 'turn.completed' && usage) {
      const cached = usage.cached_input_tokens
      this.usage = {
        ...{ inputTokens: usage.input_tokens ?? 0, outputTokens: usage.output_tokens ?? 0 },
        ...(cached !== undefined && { cachedTokens: cached }),
      }
      this.unseen = this.usage.outputTokens - (usage.reasoning_output_tokens ?? 0)
    }
  }
}

const Event = z.looseObject({
  type: z.string(),
  thread_id: z.optional(z.string()),
  message: z.optional(z.string()),
  item: z.optional(
    z.looseObject({
      type: z.string(),
      id: z.optional(z.string()),
      text: z.optional(z.string()),
      message: z.optional(z.string()),
      status: z.optional(z.string()),
      command: z.optional(z.string()),
      server: z.optional(z.string()),
      tool: z.optional(z.string()),
      changes: z.optional(z.array(z.looseObject({ path: z.string() }))),
    }),
  ),
  error: z.optional(z.looseObject({ message: z.optional(z.string()) })),
  usage: z.optional(
    z.looseObject({
      input_tokens: z.optional(z.number()),
      cached_input_tokens: z.optional(z.number()),
      output_tokens: z.optional(z.number()),
      reasoning_output_tokens: z.optional(z.number()),
    }),
  ),
})

function parse(line: string): z.infer<typeof Event> | undefined {
  try {
    return Event.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
