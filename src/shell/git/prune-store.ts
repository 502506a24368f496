import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Scope } from '../../model/repository.ts'
import { fingerprint } from './fingerprint.ts'
import { objectsDir } from './private-index.ts'

/** Loose objects; a few megabytes as a rule. */
const plenty = 2000
/** A hook at work elsewhere may just have written what nothing refers to yet. */
const youngMs = 3_600_000

/**
 * Removes from our own object store what the settled tree does not need, once there is plenty. Every edit that was ever
 * looked at leaves its blobs there.
 *
 * A second store is filled from the working tree beside the first, and what it does not hold goes: killed at any moment,
 * the first is whole.
 * @param tree The settled tree; when the working tree is another one by now, nothing is done.
 */
export function pruneStore(scope: Scope, tree: string, { most = plenty, now = Date.now() } = {}): void {
  const objects = looseObjects(objectsDir(scope))
  if (objects.length <= most) return
  const fresh = { ...scope, stateDir: join(scope.stateDir, 'fresh') }
  rmSync(fresh.stateDir, { recursive: true, force: true })
  try {
    if (fingerprint(fresh) !== tree) return
    const needed = new Set(looseObjects(objectsDir(fresh)))
    for (const object of objects.filter(name => !needed.has(name))) {
      const file = join(objectsDir(scope), object)
      const found = statSync(file, { throwIfNoEntry: false })
      if (found && now - found.mtimeMs > youngMs) rmSync(file, { force: true })
    }
  } finally {
    rmSync(fresh.stateDir, { recursive: true, force: true })
  }
}

const looseObjects = (store: string): string[] =>
  list(store)
    .filter(name => /^[0-9a-f]{2}$/.test(name))
    .flatMap(name => list(join(store, name)).map(rest => join(name, rest)))

function list(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
