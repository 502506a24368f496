import { existsSync, readdirSync, readFileSync } from 'node:fs'

type Process = { pid: number; parent: number; group: number; session: number }

/**
 * Every living process that `leader` answers for, itself left out: its descendants, and on POSIX whatever is in the
 * group or session it leads, also once orphaned. On Linux also who has left both, and is known by its environment.
 *
 * @param mark A `NAME=value` that only what the leader has started has in its environment.
 */
export function membersOf(leader: number, mark?: string): number[] {
  const all = running()
  const found = new Set([leader, ...(mark ? all.map(({ pid }) => pid).filter(pid => isMarked(pid, mark)) : [])])
  for (let before = 0; before < found.size; ) {
    before = found.size
    for (const { pid, parent, group, session } of all) {
      if (found.has(parent) || group === leader || session === leader) found.add(pid)
    }
  }
  found.delete(leader)
  return [...found]
}

function isMarked(pid: number, mark: string): boolean {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}\0`.includes(`\0${mark}\0`)
  } catch {
    return false // Another user's, just ended, or no /proc.
  }
}

function running(): Process[] {
  return onProc() ? fromProc() : fromPs()
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function fromProc(): Process[] {
  return readdirSync('/proc').flatMap(name => {
    if (!/^\d+$/.test(name)) return []
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The name of the program stands in parentheses and may hold spaces and parentheses of its own.
      const [state = '', parent, group, session] = text.slice(text.lastIndexOf(')') + 2).split(' ')
      if ('ZX'.includes(state)) return []
      return [{ pid: Number(name), parent: Number(parent), group: Number(group), session: Number(session) }]
    } catch {
      return [] // It has just ended.
    }
  })
}

function fromPs(): Process[] {
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const ps = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat='], { encoding: 'utf8' })
  return (ps.stdout ?? '').split('\n').flatMap(line => {
    const [pid, parent, group, state] = line.trim().split(/\s+/)
    if (!state || state.startsWith('Z') || Number(pid) === ps.pid) return []
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), session: 0 }]
  })
}

/** When a process began, in milliseconds since the epoch; null where the system does not say. */
export function startedAt(pid: number): number | null {
  const ticks = startTicks(pid)
  if (ticks === null) return onProc() || process.platform === 'win32' ? null : startedByPs(pid)
  const booted = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1])
  // Linux shows times to programs in hundredths of a second, whatever the kernel itself counts in.
  return Number.isFinite(booted) ? booted * 1000 + ticks * 10 : null
}

/**
 * What tells this process from a later one with its number, to be written down; empty where the system does not say. On
 * Linux counted from the boot, which no setting of the clock moves; elsewhere the second in which it began.
 */
export function ownStart(): string {
  const ticks = startTicks(process.pid)
  if (ticks !== null) return `t${ticks}`
  return process.platform === 'win32' ? '' : `s${Math.round(Date.now() / 1000 - process.uptime())}`
}

/** Whether the living process with this number is the one that wrote `start`; null where nobody can say. */
export function isThatStart(pid: number, start: string): boolean | null {
  if (start.startsWith('t')) {
    const ticks = startTicks(pid)
    return ticks === null ? null : start === `t${ticks}`
  }
  const began = start.startsWith('s') ? startedAt(pid) : null
  return began === null ? null : Math.abs(began / 1000 - Number(start.slice(1))) <= 2
}

const onProc = (): boolean => existsSync('/proc/self/stat')

/** Hundredths of a second from the boot to the start of a process; null where there is no /proc, or no such process. */
function startTicks(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
    return Number.isFinite(ticks) ? ticks : null
  } catch {
    return null
  }
}

function startedByPs(pid: number): number | null {
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const env = { ...process.env, LC_ALL: 'C' }
  const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env, timeout: 5_000 })
  const began = Date.parse((ps.stdout ?? '').trim())
  return Number.isNaN(began) ? null : began
}

/** Sends a signal to one process, or to a whole group by its negative id. False where there is nobody. */
export function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/** Ends a process and its descendants on Windows, which has no groups and no signals. */
export function taskkill(pid: number): void {
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  spawnSync('taskkill', ['/T', '/F', '/PID', String(pid)], { stdio: 'ignore', windowsHide: true })
}
