import * as z from 'zod'

const BackgroundTask = z.looseObject({ status: z.string().optional() })

/**
 * What Claude Code writes to a hook's stdin, as far as we read it. Unknown fields and events pass, since newer
 * versions add them.
 * @see https://code.claude.com/docs/en/hooks
 */
export const HookEvent = z.looseObject({
  hook_event_name: z.string(),
  session_id: z.string().default('unknown'),
  cwd: z.string().optional(),
  permission_mode: z.string().optional(),
  agent_id: z.string().optional(),
  source: z.string().optional(),
  prompt: z.string().optional(),
  tool_name: z.string().optional(),
  tool_input: z.record(z.string(), z.unknown()).optional(),
  tool_response: z.unknown().optional(),
  last_assistant_message: z.string().nullish(),
  background_tasks: z.array(BackgroundTask).optional(),
})
export type HookEvent = z.infer<typeof HookEvent>
