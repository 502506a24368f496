import type { HookEvent } from '../model/hook-event.ts'
import { type ProbeAnswer, probeKey } from '../model/probe.ts'
import { findSetup } from '../shell/state/find-setup.ts'

/** Whether an event only asks if the hook answers. */
export const isProbe = (event: HookEvent): boolean => probeKey in event

/** The answer to such an event, one JSON line. Reads, writes nothing, and says so to whoever sees it. */
export function answerProbe(event: HookEvent): string {
  const place = findSetup(process.env.CLAUDE_PROJECT_DIR || event.cwd || process.cwd())
  const countersign: ProbeAnswer = {
    probe: String(event[probeKey]),
    event: event.hook_event_name,
    version: COUNTERSIGN_VERSION,
    node: process.version,
    root: place?.root ?? null,
  }
  const systemMessage = 'Countersign: ! this was only a check by `countersign doctor`; nothing was tested or reviewed.'
  return JSON.stringify({ systemMessage, countersign })
}
