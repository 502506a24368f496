import type { HookEvent } from '../model/hook-event.ts'
import type { HookReply } from '../model/hook-reply.ts'
import { settingsLayers } from '../shell/claude/settings-layers.ts'
import { findSetup } from '../shell/state/find-setup.ts'
import { isSetUp } from '../shell/state/setup-root.ts'

/**
 * What is said when a session begins in which a variable switches the gate off: a committed `env` in the settings can do so
 * for everybody. Nothing is written, and nothing is said where there is no setup.
 */
export function offAtStart({ cwd, source }: HookEvent, name: string): HookReply {
  const setup = findSetup(process.env.CLAUDE_PROJECT_DIR || cwd || process.cwd())
  // After a compaction it has been said.
  if (!setup || !isSetUp(setup.root) || source === 'compact') return null
  const place = settingsLayers(setup.root).find(({ text }) => setsVariable(text, name))?.path
  const value = `${name}=${process.env[name]}`
  const where = place ? `in "env" of ${place}` : 'in the environment'
  const way = place
    ? `remove ${name} from ${place} and start Claude Code again.`
    : `run Claude Code without it:\n  env -u ${name} claude`
  return {
    systemMessage: `Countersign: ! the gate is off in this session (${value} ${where}), so nothing is tested or reviewed. To switch it on, ${way}`,
  }
}

function setsVariable(settings: string, name: string): boolean {
  try {
    return name in (JSON.parse(settings.replace(/^\uFEFF/, '')).env ?? {})
  } catch {
    return false
  }
}
