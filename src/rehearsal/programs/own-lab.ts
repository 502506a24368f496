import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { claudeHome } from '../../shell/claude/settings-layers.ts'
import { makeHomes } from './homes.ts'
import type { Lab, LabWanted } from './lab.ts'
import { reaching, withoutModels } from './own-settings.ts'

/** Where tools keep what the tests may need: toolchains and downloaded packages. Linked, because they are large. */
const toolHomes = ['.cargo', '.rustup', '.m2', '.gradle', '.sdkman', 'go', '.nvm', '.volta', '.fnm', '.bun', '.deno']
const moreToolHomes = ['.pyenv', '.rbenv', '.asdf', '.local/share/mise', '.local/share/uv', '.nuget', '.hex', '.mix']

/** A lab with the user's own environment and settings, less what leads to a model; `taken` says what was linked or dropped. */
export type OwnLab = Lab & { taken: { toolHomes: string[]; dropped: string[] } }

/** Makes the lab, and takes out of the settings files in `project` what would reach a model of the user's own. */
export function makeOwnLab({
  folder,
  project,
  programs,
  claudeUrl,
  codexUrl,
}: Omit<LabWanted, 'withoutCodex'>): OwnLab {
  const homes = makeHomes({ folder, project, claudeVersion: programs.claudeVersion, claudeUrl, codexUrl })
  const home = join(folder, 'home')
  const dropped = [
    ...takeSettings(
      join(claudeHome(), 'settings.json'),
      join(home, '.claude', 'settings.json'),
      '~/.claude/settings.json',
    ),
    ...['settings.json', 'settings.local.json'].flatMap(name => {
      const file = join(project, '.claude', name)
      return takeSettings(file, file, `.claude/${name}`)
    }),
  ]
  const hooks = join(claudeHome(), 'hooks')
  if (existsSync(hooks)) cpSync(hooks, join(home, '.claude', 'hooks'), { recursive: true, dereference: true })
  const linked = [...toolHomes, ...moreToolHomes].filter(name => existsSync(join(homedir(), name)))
  for (const name of linked) {
    mkdirSync(dirname(join(home, name)), { recursive: true })
    symlinkSync(join(homedir(), name), join(home, name), 'junction')
  }
  return { folder, programs, env: { ...ownEnvironment(), ...homes }, taken: { toolHomes: linked, dropped } }
}

/** Writes a settings file without its models; returns what was left out of it. */
function takeSettings(from: string, to: string, shown: string): string[] {
  if (!existsSync(from)) return []
  const { text, dropped } = withoutModels(readFileSync(from, 'utf8'))
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, text)
  return dropped.map(key => `${key} in ${shown}`)
}

/** The user's environment without keys, without what marks us as started by Claude, and past any proxy for 127.0.0.1. */
function ownEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || reaching.test(name) || /^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX)$/.test(name)
      ? []
      : [[name, value]],
  )
  const env: Record<string, string> = Object.fromEntries(kept)
  const noProxy = [env.NO_PROXY ?? env.no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(',')
  return { ...env, NO_PROXY: noProxy, no_proxy: noProxy }
}
