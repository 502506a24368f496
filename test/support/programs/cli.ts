import { fileURLToPath } from 'node:url'
import { execa } from 'execa'

const bin = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url))

/** Runs the built command line without a terminal, as a person's shell would start it. Never rejects. */
export const countersign = (cwd: string, ...args: string[]) => countersignWith({}, cwd, ...args)

/** The same with these variables in the environment. */
export async function countersignWith(env: Record<string, string>, cwd: string, ...args: string[]) {
  const { stdout, stderr, exitCode } = await execa('node', [bin, ...args], {
    cwd,
    reject: false,
    stdin: 'ignore',
    // Not on a terminal of Claude's, and plain, whoever runs the tests.
    env: {
      CLAUDECODE: undefined,
      CLAUDE_CODE_SESSION_ID: undefined,
      AI_AGENT: undefined,
      FORCE_COLOR: undefined,
      ...env,
    },
  })
  return { stdout, stderr, exitCode }
}
