import { renameSync } from 'node:fs'

/** What Windows says while an editor or a virus scanner has the file open. */
const passing = ['EPERM', 'EACCES', 'EBUSY']
const waitsMs = [10, 30, 100, 300, 600, 1000]

const own = { rename: renameSync as (from: string, to: string) => void, platform: process.platform as string, sleep }

/**
 * Renames over whatever is there. On Windows it waits, two seconds in all, until whoever has the file open closes it.
 *
 * @throws What the system says, at once on other systems.
 */
export function renameWithRetry(from: string, to: string, { rename, platform, sleep } = own): void {
  for (const waitMs of platform === 'win32' ? waitsMs : []) {
    try {
      rename(from, to)
      return
    } catch (error) {
      if (!passing.includes((error as NodeJS.ErrnoException).code ?? '')) throw error
      sleep(waitMs)
    }
  }
  rename(from, to)
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
