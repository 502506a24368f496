import { chmodSync, chownSync, lstatSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isAlive, lockOwner } from './lock.ts'

/** The directory of all that the setups of a working tree remember: one below the root has its own in that of the root. */
const allState = (stateDir: string): string => (/^at-/.test(basename(stateDir)) ? dirname(stateDir) : stateDir)

const isOpen = (path: string): boolean => ((lstatSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0

/** Whether something right below a directory is open: what is private itself keeps all that it holds so. */
const holdsOpen = (dir: string): boolean => list(dir).some(name => !isLink(join(dir, name)) && isOpen(join(dir, name)))

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? true

/**
 * Makes what is remembered private to the user, where an earlier version has left it open to others; and where this runs as
 * root in somebody's repository, that user's. Once it is, that costs a look at one directory and what lies
 * in it.
 */
export function keepPrivate(stateDir: string): void {
  if (process.platform === 'win32') return
  const dir = allState(stateDir)
  const found = lstatSync(dir, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return
  const owner = process.getuid?.() === 0 ? statSync(dirname(dir)) : null
  const isForeign = owner !== null && owner.uid !== 0
  if (!isForeign && !isOpen(dir) && ![...new Set([dir, stateDir])].some(holdsOpen)) return
  settle(dir, isForeign ? owner : null)
}

type Owner = { uid: number; gid: number }

function settle(path: string, owner: Owner | null): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  // The target of a link is somebody else's.
  if (!found || found.isSymbolicLink()) return
  try {
    if (owner && found.uid !== owner.uid) chownSync(path, owner.uid, owner.gid)
    if (found.isDirectory()) for (const name of readdirSync(path)) settle(join(path, name), owner)
    if ((found.mode & 0o077) !== 0) chmodSync(path, found.mode & 0o700)
  } catch {
    // Another user's, or removed meanwhile: what can be done is done.
  }
}

/** Diffs and answers that a hook writes down while Codex is asked: named for the process, or for whoever has the lock. */
const leftovers = /^(?:change|changed-lines|files)(?:\.\d+){0,2}(?:\.patch(?:\.\d+)?)?$/

/** Removes what hooks that were killed have left behind, of earlier versions too, which wrote the change as it was. */
export function sweepLeftovers(stateDir: string): void {
  if (lockOwner(stateDir, 'lock')?.alive) return
  for (const name of list(stateDir).filter(name => leftovers.test(name))) {
    const pid = Number(/\.(\d+)/.exec(name)?.[1] ?? 0)
    if (pid === 0 || pid === process.pid || !isAlive(pid)) rmSync(join(stateDir, name), { force: true })
  }
  for (const name of list(join(stateDir, 'codex')).filter(name => name.startsWith('answer')))
    rmSync(join(stateDir, 'codex', name), { force: true })
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
