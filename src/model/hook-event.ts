import * as z from 'zod/mini'

/** A field of another type than we know is as good as absent: a newer Claude Code must not break a hook. */
const lenient = <T extends z.ZodMiniType>(type: T) => z.catch(z.optional(type), undefined)

/**
 * What Claude Code writes to a hook's stdin, as far as we read it. Unknown fields and events pass.
 * @see https://code.claude.com/docs/en/hooks
 */
export const HookEvent = z.looseObject({
  hook_event_name: z.string(),
  session_id: z.catch(z.string(), 'unknown'),
  cwd: lenient(z.string()),
  permission_mode: lenient(z.string()),
  source: lenient(z.string()),
  prompt: lenient(z.string()),
  /** Only inside a subagent. */
  agent_id: lenient(z.string()),
  /** Prompts that Claude Code is going to send by itself. */
  session_crons: lenient(z.array(z.looseObject({ prompt: lenient(z.string()) }))),
  tool_name: lenient(z.string()),
  /** The same before and after one call. */
  tool_use_id: lenient(z.string()),
  tool_input: lenient(z.record(z.string(), z.unknown())),
  last_assistant_message: lenient(z.string()),
})
export type HookEvent = z.infer<typeof HookEvent>
