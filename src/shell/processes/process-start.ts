import { existsSync, readFileSync } from 'node:fs'

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
