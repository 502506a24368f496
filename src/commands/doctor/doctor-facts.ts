import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { ourHooks, readLayers, settingsEnv } from '../../core/doctor/layers.ts'
import { settingsPath } from '../../model/paths.ts'
import type { Firing, ProgramFacts, RegisteredHook, SetupFacts } from '../../model/setup/setup-facts.ts'
import { claudeLogin } from '../../shell/claude/claude-login.ts'
import { fireHook } from '../../shell/claude/fire-hook.ts'
import { settingsLayers } from '../../shell/claude/settings-layers.ts'
import { codexConfig, codexLogin, providerKey } from '../../shell/codex/codex-login.ts'
import { gitIgnores } from '../../shell/git/git-ignores.ts'
import { findProgram, type Program } from '../../shell/processes/find-program.ts'
import { programVersion } from '../../shell/processes/program-version.ts'
import { ownHook } from '../../shell/setup/written-files.ts'
import { openPlace } from '../shared/open-setup.ts'
import {
  configFacts,
  conflictsIn,
  journalFacts,
  ledgerFacts,
  lockFacts,
  manifestFacts,
  missingPrograms,
} from './doctor-files.ts'

/** Looks up everything that the checks judge. Writes nothing in the repository and nothing in the ledger. */
export async function gatherFacts(cwd: string, followLinks = false): Promise<SetupFacts> {
  const { root, stateDir } = openPlace(cwd)
  const layers = settingsLayers(root)
  const read = readLayers(layers)
  const look = { root, env: { ...process.env, ...settingsEnv(read) } }
  const places = [root, join(root, '.claude')].filter(existsSync)
  const firings = places.map(from => fireAll(ourHooks(read), { ...look, from }))
  const [claude, codex, node] = await Promise.all([claudeFacts(look), codexFacts(look), nodeFacts(look)])
  const config = configFacts(root)
  return {
    version: COUNTERSIGN_VERSION,
    cwd: realpathSync.native(cwd),
    root,
    offInEnvironment: process.env.COUNTERSIGN === '0' || Boolean(process.env.COUNTERSIGN_NESTED),
    claude,
    codex,
    node,
    layers,
    firings: (await Promise.all(firings)).flat(),
    manifest: manifestFacts(root, followLinks),
    gitIgnoresSetup: gitIgnores(root, settingsPath),
    config,
    missingTestPrograms: missingPrograms(root, config),
    conflicts: conflictsIn(root, followLinks),
    lock: lockFacts(stateDir),
    journal: journalFacts(stateDir),
    ledger: ledgerFacts(stateDir),
  }
}

/** `env` is what hooks will have: the user's environment, and what the settings files add. */
type Look = { root: string; env: NodeJS.ProcessEnv }

/** One after another, so that the times are those of one hook at a time. */
async function fireAll(hooks: RegisteredHook[], options: Look & { from: string }): Promise<Firing[]> {
  const firings: Firing[] = []
  for (const hook of hooks) firings.push(await fireHook(hook, options))
  return firings
}

async function facts(program: Program, { root, env }: Look): Promise<ProgramFacts> {
  return { file: program.file, version: await programVersion(program, root, env) }
}

async function claudeFacts(look: Look): Promise<SetupFacts['claude']> {
  const program = findProgram('claude')
  if (!program) return null
  const login = claudeLogin(program, look.root, look.env)
  return { ...(await facts(program, look)), login: await login }
}

async function codexFacts(look: Look): Promise<SetupFacts['codex']> {
  const program = findProgram('codex')
  if (!program) return null
  const login = codexLogin(program, look.root, ownHook())
  const key = providerKey(codexConfig())
  return {
    ...(await facts(program, look)),
    login: await login,
    missingKey: key && !process.env[key] ? key : null,
    openaiKey: Boolean(process.env.OPENAI_API_KEY),
  }
}

async function nodeFacts(look: Look): Promise<SetupFacts['node']> {
  const program = findProgram('node', look.env)
  return program && facts(program, look)
}
