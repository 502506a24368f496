import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Facts } from '../core/cycle/facts.ts'
import { answerers, openers, whatIsOff } from '../core/cycle/settings-off.ts'
import type { Setup } from '../model/repository.ts'
import type { LayerText } from '../model/setup/doctor-facts.ts'
import { pluginHooks, settingsLayers } from '../shell/claude/settings-layers.ts'
import { readWhole } from '../shell/files/bounded-file.ts'

const fileOf = ({ scope }: Setup): string => join(scope.stateDir, 'settings-off.json')

/** Every file that has settings or hooks, the strongest first, those of plugins last. */
function allLayers({ root }: Setup): LayerText[] {
  const settings = settingsLayers(root)
  return [...settings, ...pluginHooks(name => !isPluginOff(settings, name))]
}

export const openersNow = (setup: Setup): string[] => openers(allLayers(setup))

export const answerersNow = (setup: Setup): string[] => answerers(allLayers(setup))

/** What switches the gate off in the settings now, and what did when they were last taken as they are. */
export function settingsOff(setup: Setup): Facts['settingsOff'] {
  const now = whatIsOff(allLayers(setup))
  try {
    return { now, before: JSON.parse(readWhole(fileOf(setup)) ?? '[]') }
  } catch {
    return { now, before: [] }
  }
}

/** What switches the gate off that did not when a session last began or saw its settings change; nothing at the first look. */
export function settingsSinceLast(setup: Setup): string[] {
  if (!existsSync(fileOf(setup))) return []
  const { now, before } = settingsOff(setup)
  return now.filter(one => !before.includes(one))
}

/** Whether the strongest file that names a plugin switches it off. */
function isPluginOff(settings: LayerText[], name: string): boolean {
  const said = settings.map(({ text }) => parsed(text).enabledPlugins?.[name])
  return said.find(one => one !== undefined) === false
}

function parsed(text: string): { enabledPlugins?: Record<string, unknown> } {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}

/** Takes the settings as they are: what is off in them now is known from here on. */
export function takeSettings(setup: Setup): void {
  const draft = `${fileOf(setup)}.${process.pid}`
  try {
    writeFileSync(draft, JSON.stringify(settingsOff(setup).now))
    renameSync(draft, fileOf(setup))
  } catch {
    // On a full disk what is off stays new, and is told once more.
  }
}
