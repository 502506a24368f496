import { writeSync } from 'node:fs'
import { membersOf, send, taskkill } from './processes.ts'

/** What the supervisor writes to `reportFd`, one JSON line, as soon as it knows. */
export type Report = { exitCode: number | null; signal: NodeJS.Signals | null } | { notStarted: string }

/** The supervisor's end of a pipe that closes with the process that wants the command, however that process ends. */
export const lifelineFd = 3
export const reportFd = 4

/** The variable by which what a command has started is known, wherever it has gone. */
export const markName = 'COUNTERSIGN_MARK'

const leftoverGraceMs = 200
const terminationGraceMs = 400
const lookEveryMs = 20

/**
 * Runs one command and sees to it that nothing of it outlives our caller: what this process does when it is started as
 * `node <bundle> supervise shell COMMAND` or `… supervise run FILE ARGS…`. Its stdin, stdout and stderr are the
 * command's own.
 *
 * A daemon that the command has started ends as well: nobody is there who would end it later.
 *
 * It must lead a process group (`detached`). When the command has ended, or the lifeline closes, or somebody ends us,
 * everything else in the group gets SIGTERM and, shortly after, SIGKILL. A caller killed with SIGKILL can do none of
 * this for itself, which is why it takes a process of its own.
 */
export function supervise([form, file = '', ...args]: string[]): void {
  const { spawn } = process.getBuiltinModule('node:child_process')
  const { Socket } = process.getBuiltinModule('node:net')
  const options = { stdio: 'inherit', windowsHide: true } as const
  const command = form === 'shell' ? spawn(file, { ...options, shell: true }) : spawn(file, args, options)
  let ending = false
  const end = async (patienceMs: number) => {
    if (ending) return
    ending = true
    if (process.platform === 'win32') endOnWindows(command.pid, command.exitCode === null)
    else await endGroup(patienceMs)
    process.exit()
  }
  command.on('error', error => {
    report({ notStarted: error.message })
    end(0)
  })
  command.on('exit', (exitCode, signal) => {
    report({ exitCode, signal })
    end(leftoverGraceMs)
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(0))
  const lifeline = new Socket({ fd: lifelineFd })
  lifeline.on('error', () => end(0)).on('close', () => end(0))
  lifeline.resume()
}

function report(what: Report): void {
  try {
    writeSync(reportFd, `${JSON.stringify(what)}\n`)
  } catch {
    // Nobody is there to read it: the lifeline is closing as well.
  }
}

const members = (): number[] => membersOf(process.pid, mark())

function mark(): string | undefined {
  const value = process.env[markName]
  return value ? `${markName}=${value}` : undefined
}

async function endGroup(patienceMs: number): Promise<void> {
  if (await allGone(patienceMs)) return
  for (const pid of members()) send(pid, 'SIGTERM')
  if (await allGone(terminationGraceMs)) return
  for (const pid of members()) send(pid, 'SIGKILL')
  // Whoever was between two processes at that moment is in no list.
  if (!(await allGone(2 * lookEveryMs))) for (const pid of members()) send(pid, 'SIGKILL')
  // Catches what was started since the list was made. Ends this process too.
  send(-process.pid, 'SIGKILL')
}

/** Whether nobody is left, seen twice: who leaves for another session starts and ends processes while the list is made. */
async function allGone(withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs
  for (let seen = 0; seen < 2; ) {
    seen = members().length === 0 ? seen + 1 : 0
    if (seen === 0 && performance.now() >= until) return false
    if (seen < 2) await new Promise(resolve => setTimeout(resolve, lookEveryMs))
  }
  return true
}

/** An orphan of a command that has ended by itself cannot be found on Windows. */
function endOnWindows(pid: number | undefined, running: boolean): void {
  if (pid && running) taskkill(pid)
}
