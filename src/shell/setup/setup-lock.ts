import { UserError } from '../../errors.ts'
import { lockOwner, takeLock } from '../state/lock.ts'
import { keepPrivate } from '../state/private-state.ts'
import { refusedBySystem } from './refused-by-system.ts'

export const setupLock = 'setup-lock'

/**
 * Does something while no other command may change the setup of this worktree. Hooks still run: they only read it.
 *
 * @throws {UserError} `locked` when another living process is at it, `not-permitted` when no lock can be made.
 */
export async function withSetupLock<T>(stateDir: string, work: () => Promise<T>): Promise<T> {
  const release = lock(stateDir)
  if (!release) throw new UserError('locked', lockOwner(stateDir, setupLock) ?? { pid: 0, seconds: 0 })
  try {
    return await work()
  } finally {
    release()
    keepPrivate(stateDir)
  }
}

/** Does something if nobody else is changing the setup, and nothing otherwise. */
export function ifSetupIsFree<T>(stateDir: string, work: () => T): T | null {
  const release = lock(stateDir)
  if (!release) return null
  try {
    return work()
  } finally {
    release()
    keepPrivate(stateDir)
  }
}

function lock(stateDir: string): (() => void) | null {
  try {
    return takeLock(stateDir, setupLock)
  } catch (error) {
    throw refusedBySystem(stateDir, error)
  }
}
