import { type Healed, healSetup } from '../../shell/setup/heal-setup.ts'
import { hasJournal } from '../../shell/setup/journal.ts'
import { ifSetupIsFree } from '../../shell/setup/setup-lock.ts'
import type { Site } from './site.ts'

/** Finishes an earlier run that was interrupted, and says so on stderr. The caller holds the lock. */
export function heal({ root, stateDir }: Omit<Site, 'top'>): void {
  const healed = healSetup(root, stateDir)
  if (healed) process.stderr.write(`${healedText(healed)}\n`)
}

/** The same for a command that only reads: when another one is at work, that one is not disturbed. */
export function healIfFree(site: Omit<Site, 'top'>): void {
  if (hasJournal(site.stateDir)) ifSetupIsFree(site.stateDir, () => heal(site))
}

function healedText({ command, version, pid, changed }: Healed): string {
  const what = `An earlier \`countersign ${command}\` (version ${version}, process ${pid}) was interrupted`
  return changed === null
    ? `${what}. It is finished now.`
    : `${what}, and ${changed} has changed since. Every file is complete. Run it again to finish:\n  npx countersign ${command}`
}
