import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { hookEntries } from '../../core/setup/hook-entries.ts'
import { migrations } from '../../core/setup/migrate-config.ts'
import { makePlan, pathsToRead } from '../../core/setup/plan.ts'
import type { ClashChoice, Plan, Release } from '../../core/setup/plan-parts.ts'
import { planSettings } from '../../core/setup/plan-settings.ts'
import { templateContexts } from '../../core/setup/template-contexts.ts'
import { compareVersions } from '../../core/text/versions.ts'
import { UserError } from '../../errors.ts'
import {
  baseDir,
  claudeMdPath,
  conflictsDir,
  manifestPath,
  otherClaudeMdPath,
  settingsPath,
} from '../../model/paths.ts'
import type { Disk } from '../../model/setup/disk-file.ts'
import type { Manifest } from '../../model/setup/manifest.ts'
import type { RepoFacts } from '../../model/setup/repo-facts.ts'
import { contentHash } from '../../shell/files/content-hash.ts'
import { locate } from '../../shell/git/git.ts'
import { mergeFile } from '../../shell/git/merge-file.ts'
import { leftOut } from '../../shell/git/sparse.ts'
import { type Healed, healSetup } from '../../shell/setup/heal-setup.ts'
import { type AtPoint, hasJournal } from '../../shell/setup/journal.ts'
import { laidOutMerges, rememberMerges } from '../../shell/setup/laid-out-merges.ts'
import { readManifest } from '../../shell/setup/manifest-file.ts'
import { applyWrites, filesBelow, snapshot } from '../../shell/setup/project-files.ts'
import { setupFiles } from '../../shell/setup/setup-files.ts'
import { ifSetupIsFree } from '../../shell/setup/setup-lock.ts'
import { nearestSetup, scopeOf } from '../../shell/state/setup-root.ts'
import { nowhere } from '../shared/open-setup.ts'

/** A setup that a command reads or changes; `top` is the root of its working tree, `stateDir` lies in git's directory for it. */
export type Site = {
  root: string
  top: string
  stateDir: string
  /** Whether the user said that links out of the repository are to be followed. */
  followLinks?: boolean | undefined
}

type Reading = Pick<Site, 'root' | 'followLinks'>

/**
 * The setup that `cwd` belongs to: the nearest one upward, or what would be the one at the root of the working tree.
 *
 * @param place `here` for a setup in `cwd` itself, whatever there is above it.
 * @throws {UserError} There is no working tree.
 * @throws {GitError} Git is missing or refuses it.
 */
export function siteOf(
  { cwd, followSymlinks }: { cwd: string; followSymlinks?: boolean | undefined },
  place: 'nearest' | 'here' = 'nearest',
): Site {
  const repo = locate(cwd)
  if (!repo) throw nowhere(cwd)
  const dir = realpathSync.native(cwd)
  const root = place === 'here' ? dir : nearestSetup(repo, dir)
  return { root, top: repo.root, stateDir: scopeOf(repo, root).stateDir, followLinks: followSymlinks }
}

/** What this version of Countersign writes in a repository with these facts. */
export function ownRelease({ root, followLinks }: Reading, facts: RepoFacts): Release {
  const files = setupFiles(templateContexts(facts))
  const there = snapshot(root, [otherClaudeMdPath], followLinks)[otherClaudeMdPath]
  // Claude Code reads either place; a second file beside the user's would only repeat or contradict it.
  const wanted = files.filter(({ path }) => path !== claudeMdPath || !there)
  return { version: COUNTERSIGN_VERSION, files: wanted, entries: hookEntries, migrations }
}

/** The manifest of this working tree, or null where there is no setup. */
export function manifestOf({ root, followLinks }: Reading, command: string): Manifest | null {
  const written = snapshot(root, [manifestPath], followLinks)[manifestPath]
  return written ? readManifest(manifestPath, written.text, command) : null
}

/** Reads files, and with them all bases and sidecars. */
export const diskOf = (site: Reading, paths: string[]): Disk =>
  snapshot(site.root, withRecords(site, paths), site.followLinks)

/** These paths, and those of all bases and sidecars. */
export const withRecords = ({ root, followLinks }: Reading, paths: string[]): string[] => [
  ...new Set([...paths, ...[baseDir, conflictsDir].flatMap(dir => filesBelow(root, dir, followLinks))]),
]

/** How files are merged here, and which merges were laid out. `version` is what markers name. */
export const mergingIn = ({ stateDir }: Pick<Site, 'stateDir'>, version: string) => ({
  merge: mergeFile.bind(null, `Countersign ${version}`),
  laidOut: laidOutMerges(stateDir),
})

export type Wishes = { choices?: Record<string, ClashChoice>; restore?: string[]; attributes?: boolean }
export type Proposal = { plan: Plan; manifest: Manifest | null; disk: Disk }

/**
 * Looks at the setup as it is and plans the way to a release.
 *
 * @throws {UserError} The setup is of a newer version, or a file of the user's cannot be read.
 */
export function propose(site: Omit<Site, 'top'>, release: Release, command: string, wishes: Wishes = {}): Proposal {
  const manifest = manifestOf(site, command)
  if (manifest && compareVersions(manifest.version, release.version) > 0)
    throw new UserError('setup-newer', { version: manifest.version, own: release.version, command })
  const there = diskOf(site, pathsToRead(release.files, manifest, wishes.attributes))
  const sparse = leftOut(site.root, absentFrom(there, manifest))
  const disk = {
    ...there,
    ...Object.fromEntries(Object.entries(sparse).map(([path, text]) => [path, { text, hash: contentHash(text) }])),
    ...namesakes(site, release, manifest),
  }
  const merging = mergingIn(site, release.version)
  const plan = makePlan({ release, manifest, disk, ...merging, hash: contentHash, ...wishes })
  if ('settings' in plan) throw new UserError('settings-unreadable', { file: plan.in, ...plan.settings })
  if ('config' in plan) throw new UserError('config-unreadable', { file: plan.in, ...plan.config })
  const unwritable = plan.writes.map(({ path }) => path).filter(path => path in sparse)
  if (unwritable.length > 0) throw new UserError('left-out', { paths: unwritable })
  return { plan, manifest, disk }
}

const absentFrom = (disk: Disk, manifest: Manifest | null): string[] =>
  Object.entries(manifest?.files ?? {}).flatMap(([path, { deleted }]) => (deleted || disk[path] ? [] : [path]))

/**
 * Files of the user's that differ from one of ours only in upper and lower case, by our name. On macOS and Windows they are
 * one file, and a clone there would have the one or the other.
 */
function namesakes({ root, followLinks }: Reading, { files }: Release, manifest: Manifest | null): Disk {
  const missing = files.filter(({ path }) => !manifest?.files[path]?.sha256 && !existsSync(join(root, path)))
  return Object.fromEntries(
    missing.flatMap(({ path }) => {
      const name = nearlyNamed(join(root, dirname(path)), basename(path))
      const there = name && join(dirname(path), name).replaceAll('\\', '/')
      return there ? [[path, snapshot(root, [there], followLinks)[there]]] : []
    }),
  )
}

function nearlyNamed(directory: string, name: string): string | undefined {
  const names = existsSync(directory) ? readdirSync(directory) : []
  return names.find(other => other !== name && other.toLowerCase() === name.toLowerCase())
}

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
    // Claude Code rewrites settings.json from memory while it runs; ours goes into whatever it wrote.
    remake(path, now) {
      if (path !== settingsPath) return undefined
      const again = planSettings(release.entries, entry, now ?? undefined)
      return 'fault' in again ? undefined : { text: again.writes[0]?.text ?? now?.text ?? null }
    },
  })
}

/** Finishes an earlier run that was cut short, and says so on stderr. The caller holds the lock. */
export function heal({ root, stateDir }: Omit<Site, 'top'>): void {
  const healed = healSetup(root, stateDir)
  if (healed) process.stderr.write(`${sentence(healed)}\n`)
}

/** The same for a command that only reads: when another one is at work, that one is not disturbed. */
export function healIfFree(site: Omit<Site, 'top'>): void {
  if (hasJournal(site.stateDir)) ifSetupIsFree(site.stateDir, () => heal(site))
}

function sentence({ command, version, pid, changed }: Healed): string {
  const what = `An earlier \`countersign ${command}\` (version ${version}, process ${pid}) was cut short`
  return changed === null
    ? `${what}; it is finished now.`
    : `${what}, and ${changed} has changed since. Every file is whole; run it again to finish:\n  npx countersign ${command}`
}
