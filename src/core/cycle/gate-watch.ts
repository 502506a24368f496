import { type GateFiles, ignoreRules } from '../../model/ledger/fields.ts'
import type { Happening, HappeningOf } from '../../model/ledger/ledger-entry.ts'
import {
  configPath,
  decisionsPath,
  fullHookPath,
  hookPath,
  localSettingsPath,
  settingsPath,
} from '../../model/paths.ts'
import type { State } from '../ledger/state.ts'

/**
 * What the gate is made of and a shell command can change without asking. Of a settings file only what concerns hooks is
 * looked at: Claude Code itself notes permissions there.
 */
export const watchedFiles = [
  settingsPath,
  localSettingsPath,
  configPath,
  hookPath,
  fullHookPath,
  decisionsPath,
] as const

/** What decides, outside the tree, which files git sees and how. */
export const seeingRules: readonly string[] = [
  ...ignoreRules,
  '.git/info/attributes',
  '.git/info/sparse-checkout',
  'global gitattributes',
  'git config core.autocrlf',
  'git config core.fileMode',
  'git config core.ignoreCase',
  'git config core.symlinks',
  'git config core.attributesFile',
  'git config filter',
]

/**
 * Compares the gate's own files, and what decides which files git sees, with what they were when last looked at; what
 * differs is told to the user once. What an older version did not look at has no before.
 */
export function watch({ gateFiles }: State, now: GateFiles): HappeningOf<'gate-files'>[] {
  if (!gateFiles) return [{ kind: 'gate-files', files: now, changed: [] }]
  const seen = seeingRules.filter(name => Object.hasOwn(gateFiles, name))
  const changed = [...watchedFiles, ...seen].filter(name => (gateFiles[name] ?? null) !== (now[name] ?? null))
  const isNew = seeingRules.some(name => Object.hasOwn(now, name) && !Object.hasOwn(gateFiles, name))
  return changed.length > 0 || isNew ? [{ kind: 'gate-files', files: now, changed }] : []
}

/** The same, for sessions of which the user may have seen none. @param shownIn The one that has shown it. */
export const asDeed = (
  { changed, says = [] }: HappeningOf<'gate-files'>,
  shownIn: { session: string; pid: number | null } | null,
): Happening => ({
  ...{ kind: 'deed', what: 'gate-files', names: [...changed, ...says], by: 'user' },
  ...(shownIn && { session: shownIn.session, pid: shownIn.pid }),
})
