import type { DoctorFacts, ProgramFacts } from '../../model/setup/doctor-facts.ts'
import { claudeLogin } from '../../shell/claude/claude-login.ts'
import { codexConfig } from '../../shell/codex/codex-home.ts'
import { codexLogin, providerKey } from '../../shell/codex/codex-login.ts'
import { findProgram, type Program } from '../../shell/processes/find-program.ts'
import { programVersion } from '../../shell/processes/program-version.ts'
import { ownHook } from '../../shell/setup/own-hook.ts'

/** `env` is what hooks will have: the user's environment, and what the settings files add. */
export type Look = { root: string; env: NodeJS.ProcessEnv }

async function facts(program: Program, { root, env }: Look): Promise<ProgramFacts> {
  return { file: program.file, version: await programVersion(program, root, env) }
}

export async function claudeFacts(look: Look): Promise<DoctorFacts['claude']> {
  const program = findProgram('claude')
  if (!program) return null
  const login = claudeLogin(program, look.root, look.env)
  return { ...(await facts(program, look)), login: await login }
}

export async function codexFacts(look: Look): Promise<DoctorFacts['codex']> {
  const program = findProgram('codex', look.env)
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

export async function nodeFacts(look: Look): Promise<DoctorFacts['node']> {
  const program = findProgram('node', look.env)
  return program && facts(program, look)
}

/** Programs that hooks do not find because of the PATH that this settings file gives them; null: none gives one. */
export const hiddenPrograms = (look: Look, by: string | null): DoctorFacts['hidden'] =>
  (['codex', 'node'] as const).flatMap(name => {
    const own = by !== null && !findProgram(name, look.env) && findProgram(name)
    return by !== null && own ? [{ name, file: own.file, by }] : []
  })
