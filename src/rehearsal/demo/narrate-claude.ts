import { relative } from 'node:path'
import type { ClaudeEvent } from '../programs/claude-run.ts'
import type { Transcript } from './transcript.ts'

type Block = { type: string; text?: string; name?: string; input?: Record<string, unknown> }

/** Tells what Claude says and does, and what each hook answers, from the program's own event stream. */
export function claudeNarrator(transcript: Transcript, folder: string): (event: ClaudeEvent) => void {
  const tools = new Set<string>()
  const flush = () => {
    if (tools.size > 0) transcript.say('claude', `  ${[...tools].join(', ')}`, 'quiet')
    tools.clear()
  }
  return event => {
    const content = event.type === 'assistant' ? event.message?.content : []
    for (const block of Array.isArray(content) ? content : []) {
      if (block.type === 'tool_use') tools.add(toolLine(block, folder))
      if (block.type !== 'text' || !block.text) continue
      flush()
      transcript.say('claude', withoutFence(block.text))
    }
    if (event.subtype === 'hook_response') {
      flush()
      tellHook(transcript, event)
    }
  }
}

function toolLine({ name = '', input = {} }: Block, folder: string): string {
  const file = input.file_path
  return typeof file === 'string' ? `${name} ${relative(folder, file)}` : name
}

/** The frame of an answer is for the gate; the debate is what is in it. */
const withoutFence = (text: string): string =>
  text
    .split('\n')
    .filter(line => !line.startsWith('```'))
    .join('\n')

type HookOutput = { systemMessage?: string; reason?: string; hookSpecificOutput?: { additionalContext?: string } }

function tellHook(transcript: Transcript, { hook_event, stdout }: ClaudeEvent): void {
  if (hook_event === 'SessionStart' || !stdout?.startsWith('{')) return
  const { systemMessage, reason, hookSpecificOutput } = JSON.parse(stdout) as HookOutput
  if (systemMessage) transcript.say('gate', systemMessage.replace(/^Countersign: /, ''))
  const told = reason ?? hookSpecificOutput?.additionalContext
  if (told) transcript.say('gate', `→ ${reason ? 'refuses the stop' : 'tells Claude'}: ${opening(told)}`, 'quiet')
}

/** The first line and the first sentence after it. */
function opening(text: string): string {
  const [head = '', next = ''] = text.split('\n')
  return `${head}\n  ${next.match(/^.*?[.?!](?=\s|$)/)?.[0] ?? next}`
}
