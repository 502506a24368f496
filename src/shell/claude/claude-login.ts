import type { Login } from '../../model/setup/doctor-facts.ts'
import type { Program } from '../processes/find-program.ts'
import { runBriefly } from '../processes/run-briefly.ts'

const keys = ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN']
const providers = /^CLAUDE_CODE_USE_(BEDROCK|VERTEX|FOUNDRY)$/

/**
 * How Claude Code would get at its model.
 *
 * @param env What it will have in its environment: the user's, and what the settings files add.
 */
export async function claudeLogin(program: Program, cwd: string, env: NodeJS.ProcessEnv): Promise<Login> {
  if (keys.some(key => env[key])) return 'key'
  if (Object.keys(env).some(name => providers.test(name) && env[name] && env[name] !== '0')) return 'provider'
  const status = await runBriefly({
    command: { file: program.file, args: [...program.args, 'auth', 'status'] },
    cwd,
    env,
    deadlineMs: 20_000,
  })
  const loggedIn = /"loggedIn"\s*:\s*(true|false)/.exec(status.stdout)?.[1]
  if (loggedIn === undefined) return 'unknown'
  return loggedIn === 'true' ? 'login' : 'none'
}
