import type { HookedEvent } from '../../../model/hooked-events.ts'
import { onConfigChange } from './config-change.ts'
import type { Decision } from './decision.ts'
import { onAnswer } from './post-tool-use.ts'
import { onToolUse } from './pre-tool-use.ts'
import { onSessionEnd } from './session-end.ts'
import { onSessionStart } from './session-start.ts'
import { onStop } from './stop.ts'
import { onTaskCompleted } from './task-completed.ts'
import { onPrompt } from './user-prompt-submit.ts'

/** What decides each event; a row in `hookedEvents` that has no decision here does not compile. */
export const decisions: Record<HookedEvent, Decision> = {
  SessionStart: onSessionStart,
  UserPromptSubmit: onPrompt,
  PreToolUse: onToolUse,
  PostToolUse: onAnswer,
  Stop: onStop,
  TaskCompleted: onTaskCompleted,
  ConfigChange: onConfigChange,
  SessionEnd: onSessionEnd,
}
