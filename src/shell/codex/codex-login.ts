import type { Login } from '../../model/setup/doctor-facts.ts'
import { cleanEnvironment } from '../processes/environment.ts'
import type { Program } from '../processes/find-program.ts'
import { runCommand } from '../processes/run-command.ts'
import { codexConfig } from './codex-home.ts'

/**
 * How Codex would get at its model. `login status` sees neither a key in the environment nor a provider of the user's
 * own, so that these are looked for first; whether they work is left to the call itself.
 *
 * @param nodeEntry The hook bundle, which supervises the call.
 */
export async function codexLogin(program: Program, cwd: string, nodeEntry: string): Promise<Login> {
  if (process.env.CODEX_API_KEY) return 'key'
  const config = codexConfig()
  if (ownProvider(config) || ownAddress(config)) return 'provider'
  const status = await runCommand({
    command: { file: program.file, args: [...program.args, 'login', 'status'] },
    cwd,
    env: cleanEnvironment(process.env),
    deadlineMs: 20_000,
    nodeEntry,
  })
  if (status.ended !== 'exited') return 'unknown'
  if (status.exitCode === 0) return 'login'
  return /not logged in/i.test(status.stderr + status.stdout) ? 'none' : 'unknown'
}

/** Name of a model provider other than the built-in one; undefined when there is none. */
export const ownProvider = (config: string): string | undefined =>
  config.match(/^\s*model_provider\s*=\s*["'](?!openai["'])([^"']+)["']/m)?.[1]

/** Whether Codex's own provider is asked at another address: a gateway, which may want no login. */
const ownAddress = (config: string): boolean => {
  const [top = ''] = config.split(/^\s*\[/m)
  return /^\s*["']?openai_base_url["']?\s*=\s*["'][^"'\s]/m.test(top)
}

/** The variable from which the user's own provider takes its key; undefined when it names none. */
export function providerKey(config: string): string | undefined {
  const name = ownProvider(config)?.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  if (!name) return undefined
  const section = config.match(
    new RegExp(`^\\s*\\[model_providers\\.["']?${name}["']?\\]([\\s\\S]*?)(?=^\\s*\\[|$(?![\\s\\S]))`, 'm'),
  )
  return section?.[1]?.match(/^\s*env_key\s*=\s*["']([^"']+)["']/m)?.[1]
}
