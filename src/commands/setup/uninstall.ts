import { confirm } from '@clack/prompts'
import { mergesInHand } from '../../core/setup/merge-in-hand.ts'
import type { Plan } from '../../core/setup/plan-parts.ts'
import { pathsToUninstall, planSettingsRemoval, planUninstall } from '../../core/setup/plan-uninstall.ts'
import { UserError } from '../../errors.ts'
import { manifestPath, settingsPath } from '../../model/paths.ts'
import type { Manifest } from '../../model/setup/manifest.ts'
import { contentHash } from '../../shell/files/content-hash.ts'
import { applyWrites } from '../../shell/setup/apply-writes.ts'
import { withSetupLock } from '../../shell/setup/setup-lock.ts'
import { liesAt, snapshotOfFiles } from '../../shell/setup/snapshot.ts'
import { removeState } from '../../shell/state/setup-root.ts'
import { isInteractive } from '../../shell/terminal.ts'
import { answered } from '../shared/ask.ts'
import { onlyForTheUser } from '../shared/only-the-user.ts'
import { openSetup } from '../shared/open-setup.ts'
import { print } from '../shared/print.ts'
import { manifestOf, mergingIn, withRecords } from './current-setup.ts'
import { heal } from './heal.ts'
import { printRows } from './plan-print.ts'
import { type Site, siteOf } from './site.ts'

export type UninstallArgs = {
  cwd: string
  followSymlinks?: boolean
  yes?: boolean
  dryRun?: boolean
  purge?: boolean
  json?: boolean
  input?: boolean
}

/**
 * `countersign uninstall`: removes what `init` and `upgrade` wrote, and the state in git's own directory. What the user
 * edited or added is kept, byte for byte.
 *
 * @returns 0 when nothing of Countersign's is left but what the user edited; 1 when they said no.
 */
export async function run(args: UninstallArgs): Promise<number> {
  const site = siteOf(args)
  if (args.dryRun) return uninstall(args, site)
  onlyForTheUser('uninstall', openSetup(args.cwd).state)
  return withSetupLock(site.stateDir, async () => {
    heal(site)
    return uninstall(args, site)
  })
}

async function uninstall(args: UninstallArgs, site: Site): Promise<number> {
  const { plan, manifest } = proposeUninstall(site, args.purge ?? false)
  const pending = plan.writes.length
  if (!args.json && plan.rows.length > 0) printRows(plan.rows)
  if (!args.dryRun) {
    if (pending > 0 && !args.yes && !(await agreed(args, pending))) return 1
    carryOutUninstall(site, plan, manifest)
  }
  const kept = plan.rows.filter(({ action }) => action === 'yours').map(({ path }) => path)
  const done = { version: 1, root: site.root, written: !args.dryRun && pending > 0, files: plan.rows, kept }
  print(args.json ? JSON.stringify(done, null, 2) : summary(args, pending, kept))
  return 0
}

/**
 * Plans the uninstall; see `planUninstall`.
 *
 * @throws {UserError} settings.json, .gitattributes or the manifest cannot be read.
 */
export function proposeUninstall(site: Site, purge: boolean): { plan: Plan; manifest: Manifest | null } {
  const { root, followLinks } = site
  const manifest = liesAt(root, manifestPath) ? manifestOf(site, 'uninstall') : null
  const { disk, inTheWay } = snapshotOfFiles(root, withRecords(site, pathsToUninstall(manifest)), followLinks)
  const inHand = mergesInHand({ manifest, disk, ...mergingIn(site, COUNTERSIGN_VERSION) })
  const plan = planUninstall(manifest, disk, purge, { inHand, inTheWay, hash: contentHash })
  if ('settings' in plan) throw new UserError('settings-unreadable', { file: plan.in, ...plan.settings })
  if ('config' in plan) throw new UserError('config-unreadable', { file: plan.in, ...plan.config })
  return { plan, manifest }
}

/** Applies the plan, then removes what is remembered in git's directory. @throws {UserError} A file cannot be written. */
export function carryOutUninstall({ root, stateDir, followLinks }: Site, plan: Plan, manifest: Manifest | null): void {
  applyWrites(root, plan.writes, {
    stateDir,
    command: 'uninstall',
    version: COUNTERSIGN_VERSION,
    followLinks,
    remake(path, now) {
      const again =
        path === settingsPath ? planSettingsRemoval(manifest?.files[settingsPath], now ?? undefined) : undefined
      return again && 'writes' in again ? { text: (again.writes[0] ?? now)?.text ?? null } : undefined
    },
  })
  removeState(stateDir)
}

async function agreed(args: UninstallArgs, pending: number): Promise<boolean> {
  if (!isInteractive(args)) throw new UserError('confirmation-needed', { files: pending })
  return answered(confirm({ message: 'Remove Countersign from this repository?', output: process.stderr }))
}

function summary({ dryRun }: UninstallArgs, pending: number, kept: string[]): string {
  const stays =
    kept.length > 0
      ? ` Kept because you edited or added them: ${kept.join(', ')} (--purge also removes the files of Countersign that you edited).`
      : ''
  if (pending === 0) return `There is nothing of Countersign to remove here.${stays}`
  return dryRun ? `Nothing was changed (--dry-run).${stays}` : `Countersign is removed from this repository.${stays}`
}
