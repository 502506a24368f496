import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { localSettingsPath, settingsPath } from '../../model/paths.ts'
import type { LayerText } from '../../model/setup/doctor-facts.ts'
import { readWhole } from '../files/bounded-file.ts'
import { wayInside } from '../files/real-place.ts'

/** The directory of the user's own Claude Code settings. */
export const claudeHome = (env: NodeJS.ProcessEnv = process.env): string =>
  env.CLAUDE_CONFIG_DIR || join(env.HOME || homedir(), '.claude')

/**
 * The settings files that exist for a repository, as Claude Code reads them when it is started at `root`.
 * @see https://code.claude.com/docs/en/settings
 */
export function settingsLayers(root: string): LayerText[] {
  const candidates: [LayerText['layer'], string, string][] = [
    ['managed', managedSettings(), managedSettings()],
    ['local', localSettingsPath, join(root, localSettingsPath)],
    ['project', settingsPath, join(root, settingsPath)],
    ['user', shown(join(claudeHome(), 'settings.json')), join(claudeHome(), 'settings.json')],
  ]
  const seen = new Set<string>()
  return candidates.flatMap(([layer, path, file]) => {
    const text = readWhole(file)
    // The project may be the home directory itself.
    if (text === null || seen.has(realpathSync(file))) return []
    seen.add(realpathSync(file))
    return [{ layer, path, text }]
  })
}

function managedSettings(): string {
  const folders: Partial<Record<NodeJS.Platform, string>> = {
    darwin: '/Library/Application Support/ClaudeCode',
    win32: 'C:\\Program Files\\ClaudeCode',
  }
  return join(folders[process.platform] ?? '/etc/claude-code', 'managed-settings.json')
}

function shown(path: string): string {
  const way = wayInside(homedir(), path)
  return way === null ? path : `~/${way}`
}
