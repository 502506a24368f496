import type { HookEvent } from './hook-event.ts'

/** One question as the AskUserQuestion tool takes it: 1–4 of them, 2–4 options each. */
export type Question = {
  question: string
  header: string
  multiSelect: boolean
  options: { label: string; description: string }[]
}

/** What a hook may say. Null is silence, and silence lets things go on. */
export type HookReply = {
  /** For the user alone. */
  systemMessage?: string
  /** For Claude, and shown to the user in full; on Stop it also makes Claude go on. Under 10,000 characters. */
  context?: string
  /** Refuses the stop, the prompt or the completed task; the text says why. */
  block?: string
  /** PreToolUse: put the tool call to the user, with this reason and, where given, another input. */
  ask?: { reason: string; input?: { questions: Question[] } }
  /** PreToolUse: refuse the tool call; the text says why and who may do it instead. */
  deny?: string
} | null

/** The one JSON document Claude Code reads from a hook's stdout. */
export function toStdout(event: HookEvent['hook_event_name'], reply: HookReply): string {
  if (!reply) return ''
  const { systemMessage, context, block, ask, deny } = reply
  const specific = {
    ...(context && { additionalContext: context }),
    ...(ask && {
      permissionDecision: 'ask',
      permissionDecisionReason: ask.reason,
      ...(ask.input && { updatedInput: ask.input }),
    }),
    ...(deny && { permissionDecision: 'deny', permissionDecisionReason: deny }),
  }
  return JSON.stringify({
    ...(systemMessage && { systemMessage }),
    ...(block && { decision: 'block', reason: block }),
    ...(Object.keys(specific).length > 0 && { hookSpecificOutput: { hookEventName: event, ...specific } }),
  })
}
