import type { SpawnOptions } from 'node:child_process'
import type { EventEmitter } from 'node:events'
import type { CommandEnd } from '../../model/command-end.ts'
import { CappedOutput, WholeLines } from './capped-output.ts'
import { send, taskkill } from './processes.ts'
import { lifelineFd, markName, type Report, reportFd } from './supervisor.ts'
import { withUsersMask } from './user-mask.ts'

export type Command = {
  /** A line for the shell (`sh`, on Windows `cmd`), or a file with arguments that no shell looks at. */
  command: string | { file: string; args: string[] }
  cwd: string
  env: NodeJS.ProcessEnv
  /** Written to stdin, which is then closed; without it stdin is empty. */
  input?: string
  /** Wall-clock limit in milliseconds for the command and all it starts. */
  deadlineMs: number
  /** Ends the command and all it started, at any time before it has ended by itself. */
  signal?: AbortSignal
  /** Gets every line of stdout as it comes, without its newline. */
  onLine?: (line: string) => void
  /** A script of ours that calls `supervise` with what follows `supervise` in its arguments. */
  nodeEntry: string
}

export type CommandRun = CommandEnd & {
  /** Wall-clock time, to the millisecond. */
  seconds: number
  stdout: string
  /** Also what the system said when the command could not be started. */
  stderr: string
  /** Both together, line by line in the order of arrival. */
  output: string
  /** Something is missing in the middle of one of the three. */
  truncated: boolean
}

const onWindows = process.platform === 'win32'
/** The supervisor needs less to end everything. */
const stopLimitMs = 800
/** Time to read what is still in the pipes when a process that left the session holds them open. */
const drainMs = 500

/**
 * Runs a command under a supervisor and resolves however it ends, with nothing left running.
 *
 * Takes at most `deadlineMs` and a second. Never rejects.
 */
export async function runCommand(given: Command): Promise<CommandRun> {
  const { spawn } = process.getBuiltinModule('node:child_process')
  const started = performance.now()
  const { command, cwd, env, input, deadlineMs, nodeEntry } = given
  const what = typeof command === 'string' ? ['shell', command] : ['run', command.file, ...command.args]
  const mark = process.getBuiltinModule('node:crypto').randomBytes(12).toString('hex')
  const options: SpawnOptions = {
    cwd,
    env: { ...env, [markName]: mark },
    // A group of its own, so that it can be ended as a whole and a Ctrl-C here does not pass it by.
    detached: !onWindows,
    windowsHide: true,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
  }
  const supervisor = withUsersMask(() => spawn(process.execPath, [nodeEntry, 'supervise', ...what], options))
  const { stdin, stdout, stderr } = supervisor
  const lifeline = supervisor.stdio[lifelineFd] as NodeJS.WritableStream
  const reports = supervisor.stdio[reportFd] as NodeJS.ReadableStream
  // A pipe that breaks says no more than the end of the process does.
  for (const stream of supervisor.stdio as (EventEmitter | null)[]) stream?.on('error', () => {})
  const kept = keep(stdout!, stderr!, given.onLine)
  let reported = ''
  reports.on('data', (data: Buffer) => {
    reported += data
  })
  stdin?.end(input)

  let timedOut = false
  let lastResort: NodeJS.Timeout | undefined
  const end = () => {
    lifeline.end()
    lastResort ??= setTimeout(() => endAll(supervisor.pid), stopLimitMs)
  }
  const deadline = setTimeout(() => {
    timedOut = reported === ''
    end()
  }, deadlineMs)
  given.signal?.addEventListener('abort', end)
  let drain: NodeJS.Timeout | undefined
  const failure = await new Promise<Error | null>(resolve => {
    supervisor.on('error', resolve)
    supervisor.on('close', () => resolve(null))
    supervisor.on('exit', () => {
      drain = setTimeout(resolve, drainMs, null)
    })
  })
  clearTimeout(drain)
  clearTimeout(deadline)
  clearTimeout(lastResort)
  given.signal?.removeEventListener('abort', end)
  for (const stream of supervisor.stdio) stream?.destroy()
  const report: Report | null = failure ? { notStarted: failure.message } : reported ? JSON.parse(reported) : null
  if (!report) endAll(supervisor.pid)
  return { ...howItEnded(report, timedOut), seconds: Math.round(performance.now() - started) / 1000, ...kept(report) }
}

function howItEnded(report: Report | null, timedOut: boolean): CommandEnd {
  const unknown = { exitCode: null, signal: null }
  if (timedOut) return { ended: 'timed-out', ...unknown }
  if (!report) return { ended: 'stopped', ...unknown }
  if ('notStarted' in report) return { ended: 'not-started', ...unknown }
  return report.signal
    ? { ended: 'signalled', exitCode: null, signal: report.signal }
    : { ended: 'exited', exitCode: report.exitCode, signal: null }
}

function endAll(supervisor: number | undefined): void {
  if (!supervisor) return
  if (onWindows) taskkill(supervisor)
  else send(-supervisor, 'SIGKILL')
}

/** Starts gathering both streams; the function returned ends it and gives the texts. */
function keep(stdout: NodeJS.ReadableStream, stderr: NodeJS.ReadableStream, onLine: Command['onLine']) {
  const [out, err, both] = [new CappedOutput(), new CappedOutput(), new CappedOutput()]
  const outLines = new WholeLines(block => {
    both.take(block)
    if (onLine) for (const line of block.toString().replace(/\n$/, '').split('\n')) onLine(line.replace(/\r$/, ''))
  })
  const errLines = new WholeLines(block => both.take(block))
  stdout.on('data', (chunk: Buffer) => {
    out.take(chunk)
    outLines.take(chunk)
  })
  stderr.on('data', (chunk: Buffer) => {
    err.take(chunk)
    errLines.take(chunk)
  })
  return (report: Report | null): Pick<CommandRun, 'stdout' | 'stderr' | 'output' | 'truncated'> => {
    outLines.flush()
    errLines.flush()
    if (report && 'notStarted' in report) err.take(Buffer.from(report.notStarted))
    const truncated = out.truncated || err.truncated || both.truncated
    return { stdout: out.text(), stderr: err.text(), output: both.text(), truncated }
  }
}
