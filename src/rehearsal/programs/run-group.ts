import { setTimeout as sleep } from 'node:timers/promises'
import { execa, execaSync } from 'execa'

/** How a program ended. `exitCode` is null when a signal or the deadline ended it, or when it never started. */
export type GroupRun = {
  exitCode: number | null
  timedOut: boolean
  stdout: string
  stderr: string
  seconds: number
}

export type GroupOptions = {
  cwd: string
  /** The whole environment: nothing of ours is added. */
  env: Record<string, string>
  /** Wall-clock limit in milliseconds for the program and all it started. */
  deadlineMs: number
  /** Called with each line of stdout as it comes. */
  onLine?: (line: string) => void
}

const onWindows = process.platform === 'win32'
const graceMs = 2_000

/** Leaders of the groups that run now, each with a promise that settles when it has ended. */
const running = new Map<number, Promise<unknown>>()

/**
 * Runs a program without a shell, in a process group of its own, and resolves however it ends. Its stdin is empty.
 *
 * execa's own `timeout` would wait for a grandchild that holds the pipe, so the deadline ends the whole group; so does
 * the end of our own process.
 * @see https://github.com/sindresorhus/execa/blob/main/docs/termination.md
 */
export async function runGroup(file: string, args: string[], options: GroupOptions): Promise<GroupRun> {
  const { cwd, env, deadlineMs, onLine } = options
  const started = performance.now()
  const child = execa(file, args, { cwd, env, extendEnv: false, input: '', reject: false, detached: !onWindows })
  const ended = child.then(() => {})
  if (child.pid) running.set(child.pid, ended)
  let timedOut = false
  const limit = setTimeout(async () => {
    timedOut = true
    await endGroup(child.pid, ended)
    // A descendant in a group of its own may still hold the pipe.
    child.stdout.destroy()
    child.stderr.destroy()
  }, deadlineMs)
  const kill = () => signalGroup(child.pid, 'SIGKILL')
  // Before whoever removes the folder that it works in.
  process.prependOnceListener('exit', kill)
  try {
    if (onLine) for await (const line of child.iterable()) onLine(String(line))
    const { exitCode, stdout, stderr } = await child
    return { exitCode: exitCode ?? null, timedOut, stdout, stderr, seconds: (performance.now() - started) / 1000 }
  } finally {
    clearTimeout(limit)
    process.removeListener('exit', kill)
    if (child.pid) running.delete(child.pid)
  }
}

/** Ends everything that `runGroup` has running, and resolves when it is gone. */
async function endRunning(): Promise<void> {
  await Promise.all([...running].map(([pid, ended]) => endGroup(pid, ended)))
}

/** Ends everything that runs before a signal ends us: whoever removes the scratch folder then finds nobody at work in it. */
export function endRunningOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => endRunning().finally(() => process.exit(130)))
  }
}

/** Asks first: Claude ends the hooks it has started, which run in groups of their own. */
async function endGroup(pid: number | undefined, ended: Promise<unknown>): Promise<void> {
  signalGroup(pid, 'SIGTERM')
  await Promise.race([ended, sleep(graceMs)])
  signalGroup(pid, 'SIGKILL')
}

function signalGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return
  if (onWindows) {
    execaSync('taskkill', ['/PID', String(pid), '/T', '/F'], { reject: false })
    return
  }
  try {
    process.kill(-pid, signal)
  } catch {
    // The whole group has ended by itself.
  }
}
