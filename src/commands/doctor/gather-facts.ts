import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { countersignHooks, isPluginOn, pathSetBy, readLayers, settingsEnv } from '../../core/doctor/layers.ts'
import { claudeDir, configPath, manifestPath, settingsPath } from '../../model/paths.ts'
import type { DoctorFacts, Firing, RegisteredHook } from '../../model/setup/doctor-facts.ts'
import { fireHook } from '../../shell/claude/fire-hook.ts'
import { pluginHooks, settingsLayers } from '../../shell/claude/settings-layers.ts'
import { gitIgnores, ignoredAmong } from '../../shell/git/git-ignores.ts'
import { linesToAdd } from '../setup/around/ignored-files.ts'
import { openSetup } from '../shared/open-setup.ts'
import { configFacts, missingPrograms } from './config-facts.ts'
import { conflictsIn } from './conflicts.ts'
import { manifestFacts } from './manifest-facts.ts'
import { claudeFacts, codexFacts, hiddenPrograms, type Look, nodeFacts } from './program-facts.ts'
import { journalFacts, ledgerFacts, lockFacts } from './state-facts.ts'

/** Looks up everything that the checks judge. Writes nothing in the repository and nothing in the ledger. */
export async function gatherFacts(cwd: string, followLinks = false): Promise<DoctorFacts> {
  const { root, stateDir } = openSetup(cwd)
  const settings = settingsLayers(root)
  const read = readLayers(settings)
  const layers = [...settings, ...pluginHooks(name => isPluginOn(read, name))]
  const look = { root, env: { ...process.env, ...settingsEnv(read) } }
  const directories = [root, join(root, claudeDir)].filter(existsSync)
  const firings = directories.map(from => fireAll(countersignHooks(read), { ...look, from }))
  const [claude, codex, node] = await Promise.all([claudeFacts(look), codexFacts(look), nodeFacts(look)])
  const config = configFacts(root)
  const manifest = manifestFacts(root, followLinks)
  return {
    version: COUNTERSIGN_VERSION,
    cwd: realpathSync.native(cwd),
    root,
    offInEnvironment: process.env.COUNTERSIGN === '0' || Boolean(process.env.COUNTERSIGN_NESTED),
    claude,
    codex,
    node,
    hidden: hiddenPrograms(look, pathSetBy(read)),
    layers,
    firings: (await Promise.all(firings)).flat(),
    manifest,
    gitIgnoresSetup: gitIgnores(root, settingsPath),
    ignoredFiles: ignoredFacts(root, manifest),
    config,
    missingTestPrograms: missingPrograms(root, config),
    conflicts: conflictsIn(root, followLinks),
    lock: lockFacts(stateDir),
    journal: journalFacts(stateDir),
    ledger: ledgerFacts(stateDir),
  }
}

function ignoredFacts(root: string, manifest: DoctorFacts['manifest']): DoctorFacts['ignoredFiles'] {
  const owned = manifest && 'files' in manifest ? manifest.files.map(({ path }) => path) : []
  const ignored = ignoredAmong(root, owned.length > 0 ? [...owned, configPath, manifestPath] : [])
  return { paths: ignored.map(({ path }) => path), lines: linesToAdd(ignored) }
}

/** One after another, so that the times are those of one hook at a time. */
async function fireAll(hooks: RegisteredHook[], options: Look & { from: string }): Promise<Firing[]> {
  const firings: Firing[] = []
  for (const hook of hooks) firings.push(await fireHook(hook, options))
  return firings
}
