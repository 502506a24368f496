import { readdirSync, realpathSync } from 'node:fs'
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
 *
 * @param managed Where the organisation's are.
 * @see https://code.claude.com/docs/en/settings
 */
export function settingsLayers(root: string, managed = managedFolder()): LayerText[] {
  const candidates: [LayerText['layer'], string, string][] = [
    // Merged in this order from the last to the first: what comes first is the stronger.
    ...managedFiles(managed).map((file): [LayerText['layer'], string, string] => ['managed', file, file]),
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

function managedFolder(): string {
  const folders: Partial<Record<NodeJS.Platform, string>> = {
    darwin: '/Library/Application Support/ClaudeCode',
    win32: 'C:\\Program Files\\ClaudeCode',
  }
  return folders[process.platform] ?? '/etc/claude-code'
}

/** The organisation's settings: one file, and those of a directory beside it in the order of their names, the last the strongest. */
function managedFiles(folder: string): string[] {
  const more = namesIn(join(folder, 'managed-settings.d')).filter(name => /^[^.].*\.json$/.test(name))
  return [
    ...more
      .sort()
      .reverse()
      .map(name => join(folder, 'managed-settings.d', name)),
    join(folder, 'managed-settings.json'),
  ]
}

/**
 * The hooks that installed plugins bring along, a file each.
 *
 * @param isOn Whether a plugin is switched on, by its name in the settings: `name@marketplace`.
 * @see https://code.claude.com/docs/en/plugins-reference
 */
export function pluginHooks(isOn: (name: string) => boolean): LayerText[] {
  const plugins = join(claudeHome(), 'plugins')
  const installed = Object.entries(json(readWhole(join(plugins, 'installed_plugins.json'))).plugins ?? {})
  const places = installed.flatMap(([name, entries]) => (isOn(name) ? [entries].flat() : [])) as {
    installPath?: unknown
  }[]
  const folders = new Set(places.map(place => place?.installPath).filter(path => typeof path === 'string'))
  const files = [...folders].flatMap(path => [
    join(path, 'hooks', 'hooks.json'),
    join(path, '.claude-plugin', 'plugin.json'),
  ])
  return files.flatMap((file): LayerText[] => {
    const text = readWhole(file)
    return text === null ? [] : [{ layer: 'plugin', path: shown(file), text }]
  })
}

function json(text: string | null): Record<string, unknown> {
  try {
    return JSON.parse(text ?? '{}') ?? {}
  } catch {
    return {}
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function shown(path: string): string {
  const way = wayInside(homedir(), path)
  return way === null ? path : `~/${way}`
}
