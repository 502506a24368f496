import type { Program } from './find-program.ts'
import { runBriefly } from './run-briefly.ts'

/** The version a program gives of itself, such as `2.1.330`; null when it gives none. */
export async function programVersion(program: Program, cwd: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const command = { file: program.file, args: [...program.args, '--version'] }
  const { stdout } = await runBriefly({ command, cwd, env, deadlineMs: 20_000 })
  return stdout.match(/\d+\.\d+\.\d+\S*/)?.[0] ?? null
}
