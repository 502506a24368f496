import type { Release } from '../../core/setup/plan-parts.ts'
import { planSettings } from '../../core/setup/plan-settings.ts'
import { settingsPath } from '../../model/paths.ts'
import { contentHash } from '../../shell/files/content-hash.ts'
import { applyWrites } from '../../shell/setup/apply-writes.ts'
import type { AtPoint } from '../../shell/setup/journal.ts'
import { rememberMerges } from '../../shell/setup/laid-out-merges.ts'
import type { Proposal } from './propose.ts'
import type { Site } from './site.ts'

/** Applies what was proposed, and shown. `at` is for tests, which end the process there. */
export function carryOut(site: Site, release: Release, proposal: Proposal, command: string, at?: AtPoint): void {
  const entry = proposal.manifest?.files[settingsPath]
  const merges = proposal.plan.conflicts.flatMap(({ merged, inHand }) => (merged === null || inHand ? [] : [merged]))
  rememberMerges(site.stateDir, merges.map(contentHash))
  applyWrites(site.root, proposal.plan.writes, {
    stateDir: site.stateDir,
    command,
    version: release.version,
    followLinks: site.followLinks,
    at,
    // Claude Code rewrites settings.json from memory while it runs; the entries are added to whatever it wrote.
    remake(path, now) {
      if (path !== settingsPath) return undefined
      const again = planSettings(release.entries, entry, now ?? undefined)
      return 'fault' in again ? undefined : { text: again.writes[0]?.text ?? now?.text ?? null }
    },
  })
}
