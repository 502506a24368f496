import { send, taskkill } from './processes.ts'
import { withUsersMask } from './user-mask.ts'

export type Brief = {
  /** A line for the shell, or a file with arguments that no shell looks at. */
  command: string | { file: string; args: string[] }
  cwd: string
  env: NodeJS.ProcessEnv
  /** Written to stdin, which is then closed. */
  input?: string
  /** Wall-clock limit in milliseconds for the command and its process group. */
  deadlineMs: number
}

export type BriefRun = {
  /** Null when it did not exit by itself or never started; never read that as 0. */
  exitCode: number | null
  /** What ended it instead, as a phrase; null when it exited. */
  cutShort: string | null
  stdout: string
  stderr: string
  /** Wall-clock time, to the millisecond. */
  seconds: number
}

/**
 * Runs a command that answers at once, such as `codex --version`, without the supervisor that tests and reviews get: half
 * the time, and nothing that could outlive us for longer than its own answer takes. Never rejects.
 */
export function runBriefly({ command, cwd, env, input = '', deadlineMs }: Brief): Promise<BriefRun> {
  const { spawn } = process.getBuiltinModule('node:child_process')
  const onWindows = process.platform === 'win32'
  const started = performance.now()
  const options = { cwd, env, detached: !onWindows, windowsHide: true } as const
  const child = withUsersMask(() =>
    typeof command === 'string'
      ? spawn(command, { ...options, shell: true })
      : spawn(command.file, command.args, options),
  )
  const [out, err]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', chunk => out.push(chunk))
  child.stderr.on('data', chunk => err.push(chunk))
  // It may end without reading what it is given.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise(resolve => {
    let cutShort: string | null = null
    const end = (exitCode: number | null) => {
      clearTimeout(limit)
      const seconds = Math.round(performance.now() - started) / 1000
      resolve({ exitCode, cutShort, stdout: String(Buffer.concat(out)), stderr: String(Buffer.concat(err)), seconds })
    }
    const limit = setTimeout(() => {
      cutShort = `no answer in ${deadlineMs / 1000} s`
      if (child.pid) onWindows ? taskkill(child.pid) : send(-child.pid, 'SIGKILL')
      // A descendant in a group of its own may still hold the pipes.
      child.stdout.destroy()
      child.stderr.destroy()
    }, deadlineMs)
    child.on('error', error => {
      cutShort ??= `it cannot be started (${error.message})`
      end(null)
    })
    child.on('close', (exitCode, signal) => {
      if (signal) cutShort ??= `killed by ${signal}`
      end(cutShort ? null : exitCode)
    })
  })
}
