import type { GateFiles, Happening } from '../../model/ledger-entry.ts'
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

/** Compares the gate's own files with what they were when last looked at; what differs is told to the user once. */
export function watch({ gateFiles }: State, now: GateFiles): Happening[] {
  if (!gateFiles) return [{ kind: 'gate-files', files: now, changed: [] }]
  const changed = watchedFiles.filter(file => (gateFiles[file] ?? null) !== (now[file] ?? null))
  return changed.length > 0 ? [{ kind: 'gate-files', files: now, changed }] : []
}
