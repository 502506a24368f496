import type { HookReply } from '../../model/hook-reply.ts'

const ours = [
  /^\.claude\/settings(\.local)?\.json$/,
  /^\.claude\/countersign\.yaml$/,
  /^\.claude\/countersign(\/|$)/,
  /^\.claude\/hooks\/countersign(-full)?\.cjs$/,
  /(^|\/)\.git\/(.*\/)?countersign\//,
]

/** Characters; no system takes a longer path. */
export const longestPath = 32_767

// In these modes Claude Code takes “ask” for yes, or asks a model instead of the user.
const unattended = ['bypassPermissions', 'auto', 'dontAsk']

/**
 * Guards what the gate itself is made of: changing it is the user's decision.
 *
 * @param path The file about to be edited, from the root, forward slashes; null when no path can be told.
 */
export function guardedEdit(path: string | null, permissionMode: string | undefined): HookReply {
  if (path === null || !ours.some(pattern => pattern.test(path))) return null
  const reason = `${path} belongs to the review gate (Countersign); changing it is the user's decision.`
  if (unattended.includes(permissionMode ?? ''))
    return { deny: `${reason} Say what you would change and why; the user can make the edit.` }
  return { ask: { reason } }
}
