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
  return existsSync('/proc/self/stat') ? fromProc() : fromPs()
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
