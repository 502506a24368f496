import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { replacedName } from '../../model/paths.ts'
import { rawHash } from './journal.ts'
import { bytesOf } from './put-in-place.ts'

/**
 * Keeps the bytes of a file that is about to be replaced or removed, in git's own directory, where `uninstall` leaves them.
 *
 * @throws What the system says.
 */
export function keepOld(stateDir: string, { absolute }: { absolute: string }): void {
  const bytes = bytesOf(absolute)
  if (bytes === null) return
  const name = basename(absolute)
  const dir = join(besideState(stateDir), replacedName)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  writeFileSync(join(dir, `${rawHash(bytes).slice(0, 12)}-${name}`), bytes, { mode: 0o600 })
}

/** The directory of git's that the state lies in; that of a setup below the root is a step deeper. */
const besideState = (stateDir: string): string =>
  basename(stateDir).startsWith('at-') ? dirname(dirname(stateDir)) : dirname(stateDir)
