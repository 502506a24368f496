import { type HookedEvent, hookedEvent, hookedEvents } from '../../../model/hooked-events.ts'
import { hookPath, hooksDir } from '../../../model/paths.ts'
import type { HookGroup } from '../../../model/setup/manifest.ts'

/** Tells Countersign's entries from the user's: no other hook has this argument. */
export const hookScript = `\${CLAUDE_PROJECT_DIR}/${hookPath}`

/** One hook entry of Countersign and the event it belongs to. */
export type HookEntry = { event: string; group: HookGroup }

/**
 * What settings.json has to say to fire the hook, in the order it is written.
 *
 * Exec form: no shell has to quote the path, and Windows needs none.
 */
export const hookEntries: HookEntry[] = (Object.keys(hookedEvents) as HookedEvent[]).map(event => {
  const { matcher, statusMessage, timeoutSeconds } = hookedEvent(event)
  const hook = {
    type: 'command' as const,
    command: 'node',
    args: [hookScript],
    timeout: timeoutSeconds,
    ...(statusMessage && { statusMessage }),
  }
  return { event, group: { ...(matcher && { matcher }), hooks: [hook] } }
})

/** The arguments by which handlers of these entries are told from everybody else's. */
export const scriptsOf = (entries: HookEntry[]): string[] => [
  ...new Set(entries.flatMap(({ group }) => group.hooks.flatMap(({ args }) => args.filter(isScript)))),
]

const isScript = (argument: string): boolean => argument.includes(`/${hooksDir}/`)
