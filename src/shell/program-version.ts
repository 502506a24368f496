import type { Program } from './find-program.ts'
import { runCommand } from './run-command.ts'

/**
 * The version a program gives of itself, such as `2.1.330`; null when it gives none.
 * @param nodeEntry The hook bundle, which supervises the call.
 */
export async function programVersion(
  program: Program,
  cwd: string,
  env: NodeJS.ProcessEnv,
  nodeEntry: string,
): Promise<string | null> {
  const command = { file: program.file, args: [...program.args, '--version'] }
  const { stdout } = await runCommand({ command, cwd, env, deadlineMs: 20_000, nodeEntry })
  return stdout.match(/\d+\.\d+\.\d+\S*/)?.[0] ?? null
}
