import { laidOut } from '../../core/setup/plan-records.ts'
import { isInRecords } from '../../core/setup/record-paths.ts'
import { type Undo, undoOf } from '../../core/setup/undo.ts'
import { detect } from '../../detect/index.ts'
import { quoted } from '../../errors/sentences.ts'
import { UserError } from '../../errors.ts'
import { repoView } from '../../shell/git/repo-view.ts'
import { uncommitted } from '../../shell/git/uncommitted.ts'
import { hasJournal } from '../../shell/setup/journal.ts'
import { withSetupLock } from '../../shell/setup/setup-lock.ts'
import { snapshot } from '../../shell/setup/snapshot.ts'
import { isInteractive } from '../../shell/terminal.ts'
import { gitAt, print } from '../shared/print.ts'
import { carryOut } from './carry-out.ts'
import { manifestOf } from './current-setup.ts'
import { heal } from './heal.ts'
import { ignoresHere } from './ignores-here.ts'
import { confirmPlan } from './init-questions.ts'
import { ownRelease } from './own-release.ts'
import { type Proposal, propose } from './propose.ts'
import { type Site, siteOf } from './site.ts'
import { printUpgrade, type UpgradeReport } from './upgrade-report.ts'
import { withoutReview } from './without-review.ts'

export type UpgradeArgs = {
  cwd: string
  followSymlinks?: boolean
  yes?: boolean
  check?: boolean
  dryRun?: boolean
  json?: boolean
  input?: boolean
  restore?: string[]
}

/**
 * Brings the setup of this working tree to this version of Countersign.
 *
 * @returns 0 when it is there; 1 when the user said no, or `--check` found something to do; 3 when a conflict is left.
 * @throws {UserError} Before the first byte is written, unless the disk itself fails.
 */
export async function run(args: UpgradeArgs): Promise<number> {
  const site = siteOf(args)
  if (args.check || args.dryRun) return upgrade(args, site)
  return withSetupLock(site.stateDir, async () => {
    heal(site)
    return upgrade(args, site)
  })
}

async function upgrade(args: UpgradeArgs, site: Site): Promise<number> {
  const { check, dryRun, json, yes, restore = [] } = args
  const manifest = manifestOf(site, 'upgrade')
  if (!manifest) throw new UserError('no-setup', { command: 'upgrade' })
  const view = repoView(site.root, site.top)
  const release = ownRelease(site, detect(view))
  assertDeleted(site, restore, Object.keys(manifest.files))
  const proposal = propose(site, release, 'upgrade', { restore, ignores: ignoresHere(site, view, release) })
  const { writes, conflicts } = proposal.plan
  const pending = writes.length > 0
  const report = reportOn(site, proposal, release.version)
  const writesNow = pending && !check && !dryRun

  if (!json) printUpgrade(report, 'plan')
  if (writesNow) {
    const interactive = isInteractive(args)
    if (!yes && !interactive) throw new UserError('confirmation-needed', { files: writes.length })
    if (!yes && !(await confirmPlan(writes.length))) return 1
    withoutReview(site, () => carryOut(site, release, proposal, 'upgrade'))
  }
  if (json) print(JSON.stringify({ ...report, written: writesNow }, null, 2))
  else printUpgrade({ ...report, written: writesNow }, 'result')
  if (check && pending) return 1
  return conflicts.length > 0 ? 3 : 0
}

function assertDeleted({ root, followLinks }: Site, restore: string[], paths: string[]): void {
  for (const path of restore) {
    if (!paths.includes(path)) throw new UserError('not-ours', { path, paths })
    if (snapshot(root, [path], followLinks)[path]) throw new UserError('not-deleted', { path })
  }
}

function reportOn({ root, stateDir }: Site, { plan, manifest, disk }: Proposal, to: string): UpgradeReport {
  const undo = undoOf(
    plan.writes,
    Object.keys(disk).filter(path => disk[path]),
  )
  // One of the new files is here as well when it was deleted and that is not committed yet.
  const dirty = uncommitted(root, [...undo.restored, ...undo.cleared])
  return {
    version: 1,
    root,
    from: manifest?.version ?? to,
    to,
    written: false,
    pending: plan.writes.length,
    files: plan.rows,
    conflicts: laidOut(plan.conflicts),
    // New files and Countersign's records are no loss to the user.
    uncommitted: dirty.filter(path => undo.restored.includes(path) && !isInRecords(path)),
    undo: plan.writes.length > 0 && dirty.length === 0 ? commandsFor(undo, gitAt(root)) : null,
    unfinished: hasJournal(stateDir),
  }
}

function commandsFor({ restored, cleared }: Undo, git: string): string {
  const commands = [
    { command: `${git} checkout --`, paths: restored },
    // What git ignores is new all the same.
    { command: `${git} clean -fdx --`, paths: cleared },
  ].filter(({ paths }) => paths.length > 0)
  return commands.map(({ command, paths }) => `${command} ${paths.map(quoted).join(' ')}`).join('\n')
}
