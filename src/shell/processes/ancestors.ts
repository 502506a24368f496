import { existsSync, readFileSync } from 'node:fs'
import { startedAt } from './process-start.ts'

/** A process above another one. */
export type Ancestor = {
  pid: number
  /** Milliseconds since the epoch; null where the system does not say. */
  startedAt: number | null
  /** The command line, words apart by blanks. */
  command: string
}

type Row = { pid: number; parent: number; startedAt: number | null; command: string }

/** What runs above this process, nearest first; null where the system does not tell. */
export function ancestors(): Ancestor[] | null {
  const lookUp = existsSync('/proc/self/stat')
    ? fromProc
    : inList(process.platform === 'win32' ? listOnWindows : listByPs)
  if (!lookUp) return null
  const found: Ancestor[] = []
  for (let pid = process.ppid; pid > 0 && found.length < 100; ) {
    const row = lookUp(pid)
    if (!row) break
    found.push({ pid, startedAt: row.startedAt, command: row.command })
    pid = row.parent === pid ? 0 : row.parent
  }
  return found.length > 0 ? found : null
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function fromProc(pid: number): Row | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return { pid, parent: Number(fields[1]), startedAt: startedAt(pid), command }
  } catch {
    return undefined
  }
}

/** A table that is made once; null where it cannot be made. */
function inList(list: () => Row[]): ((pid: number) => Row | undefined) | null {
  const rows = new Map(list().map(row => [row.pid, row]))
  return rows.has(process.pid) ? pid => rows.get(pid) : null
}

function listByPs(): Row[] {
  const lines = output('ps', ['-A', '-o', 'pid=,ppid=,lstart=,command='])
  return lines.flatMap(line => {
    const [, pid, parent, started, command = ''] =
      /^\s*(\d+)\s+(\d+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s?(.*)/.exec(line) ?? []
    return started ? [{ pid: Number(pid), parent: Number(parent), startedAt: time(started), command }] : []
  })
}

function listOnWindows(): Row[] {
  const list =
    'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) $($_.CreationDate.ToUniversalTime().ToString(\'o\')) $($_.CommandLine)" }'
  const rows = output('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', list]).flatMap(line => {
    const [, pid, parent, started, command = ''] = /^(\d+) (\d+) (\S*) ?(.*)/.exec(line) ?? []
    return pid ? [{ pid: Number(pid), parent: Number(parent), startedAt: time(started ?? ''), command }] : []
  })
  // The number of a parent that has ended may belong to somebody else by now, who then began later than the child.
  const began = new Map(rows.map(row => [row.pid, row.startedAt ?? 0]))
  return rows.map(row => ((began.get(row.parent) ?? 0) > (row.startedAt ?? Infinity) ? { ...row, parent: 0 } : row))
}

function time(text: string): number | null {
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : at
}

function output(file: string, args: string[]): string[] {
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const env = { ...process.env, LC_ALL: 'C' }
  const { stdout } = spawnSync(file, args, {
    encoding: 'utf8',
    env,
    timeout: 10_000,
    maxBuffer: 1 << 26,
    windowsHide: true,
  })
  return (stdout ?? '').split(/\r?\n/)
}

/** A variable of the environment that a process was started with; null where it has none or the system does not say. */
export function startedWith(pid: number, variable: string): string | null {
  try {
    const found = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .find(one => one.startsWith(`${variable}=`))
    return found?.slice(variable.length + 1) ?? null
  } catch {
    return null
  }
}
