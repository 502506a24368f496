import { runCommand } from '../../shell/processes/run-command.ts'
import { ownHook } from '../../shell/setup/own-hook.ts'

/** How a program ended. `exitCode` is null when a signal or the deadline ended it, or when it never started. */
export type GroupRun = {
  exitCode: number | null
  timedOut: boolean
  /** Of a long output the beginning and the end. */
  stdout: string
  stderr: string
  seconds: number
}

export type GroupOptions = {
  cwd: string
  /** The whole environment: nothing is added. */
  env: Record<string, string>
  /** Wall-clock limit in milliseconds for the program and all it started. */
  deadlineMs: number
  /** Called with each line of stdout as it comes. */
  onLine?: (line: string) => void
}

/** What runs now, each with what ends it. */
const running = new Map<AbortController, Promise<unknown>>()

/**
 * Runs a program without a shell, with all it starts, and resolves however it ends. Its stdin is empty.
 *
 * @throws Whatever `onLine` throws, once the program has been ended.
 */
export async function runGroup(file: string, args: string[], options: GroupOptions): Promise<GroupRun> {
  const { onLine = () => {}, ...where } = options
  const stop = new AbortController()
  const thrown: unknown[] = []
  const heard = (line: string) => {
    try {
      onLine(line)
    } catch (error) {
      thrown.push(error)
      stop.abort()
    }
  }
  const command = { file, args }
  const run = runCommand({ ...where, command, onLine: heard, nodeEntry: ownHook(), signal: stop.signal })
  running.set(stop, run)
  const { exitCode, ended, stdout, stderr, seconds } = await run
  running.delete(stop)
  if (thrown.length > 0) throw thrown[0]
  return { exitCode, timedOut: ended === 'timed-out', stdout, stderr, seconds }
}

/** Ends everything that `runGroup` has running, and resolves when it has ended. */
async function endRunning(): Promise<void> {
  for (const stop of running.keys()) stop.abort()
  await Promise.all(running.values())
}

/** Ends everything that runs before a signal ends us: whoever removes the scratch folder then finds nobody at work in it. */
export function endRunningOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => endRunning().finally(() => process.exit(130)))
  }
}
