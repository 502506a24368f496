import { spawnSync } from 'node:child_process'
import { describe, it, TestRunner } from 'vitest'

const starts = (file: string, ...args: string[]): boolean => spawnSync(file, args).status === 0

/** What a test may need of the machine it runs on. No test assumes one of these without saying so. */
const present = {
  /** File modes, users, signals, named pipes, and links that need no privilege. */
  POSIX: () => process.platform !== 'win32',
  /** `sh` on PATH. Windows can have it too, from Git. */
  'a POSIX shell': () => starts('sh', '-c', 'exit 0'),
  /** /proc, and devices such as /dev/full. */
  Linux: () => process.platform === 'linux',
  tmux: () => starts('tmux', '-V'),
  'mount namespaces': () => starts('unshare', '-rm', 'true'),
  /** What has to wait for a clock: `npm run versions`, or COUNTERSIGN_SLOW=1. */
  minutes: () => process.env.COUNTERSIGN_SLOW === '1',
  'to be root': () => process.getuid?.() === 0,
}
type Need = keyof typeof present

const known = new Map<Need, boolean>()

export function machineHas(what: Need): boolean {
  if (!known.has(what)) known.set(what, present[what]())
  return known.get(what) ?? false
}

/** `it` for a test that needs something: `itNeeds('POSIX')('keeps the mode of a file', …)`. It is skipped where that is missing. */
export const itNeeds = (what: Need) => it.runIf(machineHas(what))

/** The same for a group of tests. */
export const describeNeeds = (what: Need) => describe.runIf(machineHas(what))

/** The same for what several tests are made with: skips the running test, with this reason, where something is missing. */
export function needs(what: Need): void {
  if (!machineHas(what)) TestRunner.getCurrentTest()?.context.skip(`needs ${what}`)
}
