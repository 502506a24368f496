import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { hookEntries } from '../core/hook-entries.ts'
import { migrations } from '../core/migrate-config.ts'
import { makePlan, pathsToRead } from '../core/plan.ts'
import type { ClashChoice, Disk, Plan, Release } from '../core/plan-parts.ts'
import { baseDir, conflictsDir, manifestPath, settingsPath } from '../core/plan-records.ts'
import { planSettings } from '../core/plan-settings.ts'
import { templateContexts } from '../core/template-contexts.ts'
import { compareVersions } from '../core/versions.ts'
import { UserError } from '../errors.ts'
import type { Manifest } from '../model/manifest.ts'
import type { RepoFacts } from '../model/repo-facts.ts'
import { contentHash } from '../shell/content-hash.ts'
import { GitError, locate } from '../shell/git.ts'
import { type Healed, healSetup } from '../shell/heal-setup.ts'
import { type AtPoint, hasJournal } from '../shell/journal.ts'
import { readManifest } from '../shell/manifest-file.ts'
import { mergeFile } from '../shell/merge-file.ts'
import { applyWrites, filesBelow, snapshot } from '../shell/project-files.ts'
import { setupFiles } from '../shell/setup-files.ts'
import { ifSetupIsFree } from '../shell/setup-lock.ts'

/** A working tree whose setup a command reads or changes; `stateDir` is in git's own directory for it. */
export type Site = { root: string; stateDir: string }

/**
 * The working tree that holds `cwd`.
 *
 * @throws {UserError} There is none, or git is missing or refuses it.
 */
export function siteOf(cwd: string): Site & { isRoot: boolean } {
  try {
    const repo = locate(cwd)
    if (!repo) throw new UserError('no-repository', { cwd })
    const { root, gitDir } = repo
    return { root, stateDir: join(gitDir, 'countersign'), isRoot: realpathSync.native(cwd) === root }
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    if (error.status === null) throw new UserError('git-missing', {}, { cause: error })
    throw new UserError('git-failed', { detail: error.stderr.trim() }, { cause: error })
  }
}

/** What this version of Countersign writes in a repository with these facts. */
export function ownRelease(root: string, facts: RepoFacts): Release {
  const files = setupFiles(templateContexts(facts))
  const there = snapshot(root, [otherClaudeMd])[otherClaudeMd]
  // Claude Code reads either place; a second file beside the user's would only repeat or contradict it.
  const wanted = files.filter(({ path }) => path !== 'CLAUDE.md' || !there)
  return { version: COUNTERSIGN_VERSION, files: wanted, entries: hookEntries, migrations }
}

const otherClaudeMd = '.claude/CLAUDE.md'

/** The manifest of this working tree, or null where there is no setup. */
export function manifestOf(root: string, command: string): Manifest | null {
  const written = snapshot(root, [manifestPath])[manifestPath]
  return written ? readManifest(manifestPath, written.text, command) : null
}

/** Reads files, and with them all bases and sidecars. */
export function diskOf(root: string, paths: string[]): Disk {
  return snapshot(root, [...new Set([...paths, ...[baseDir, conflictsDir].flatMap(dir => filesBelow(root, dir))])])
}

export type Wishes = { choices?: Record<string, ClashChoice>; restore?: string[] }
export type Proposal = { plan: Plan; manifest: Manifest | null; disk: Disk }

/**
 * Looks at the setup as it is and plans the way to a release.
 *
 * @throws {UserError} The setup is of a newer version, or a file of the user's cannot be read.
 */
export function propose({ root }: Site, release: Release, command: string, wishes: Wishes = {}): Proposal {
  const { choices, restore } = wishes
  const manifest = manifestOf(root, command)
  if (manifest && compareVersions(manifest.version, release.version) > 0)
    throw new UserError('setup-newer', { version: manifest.version, own: release.version, command })
  const disk = diskOf(root, pathsToRead(release.files, manifest))
  const merge = mergeFile.bind(null, `Countersign ${release.version}`)
  const plan = makePlan({ release, manifest, disk, merge, hash: contentHash, choices, restore })
  if ('settings' in plan) throw new UserError('settings-unreadable', { file: plan.in, ...plan.settings })
  if ('config' in plan) throw new UserError('config-unreadable', { file: plan.in, ...plan.config })
  return { plan, manifest, disk }
}

/** Applies what was proposed, and shown. `at` is for tests, which end the process there. */
export function carryOut(site: Site, release: Release, proposal: Proposal, command: string, at?: AtPoint): void {
  const entry = proposal.manifest?.files[settingsPath]
  applyWrites(site.root, proposal.plan.writes, {
    stateDir: site.stateDir,
    command,
    version: release.version,
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
export function heal({ root, stateDir }: Site): void {
  const healed = healSetup(root, stateDir)
  if (healed) process.stderr.write(`${sentence(healed)}\n`)
}

/** The same for a command that only reads: when another one is at work, that one is not disturbed. */
export function healIfFree(site: Site): void {
  if (hasJournal(site.stateDir)) ifSetupIsFree(site.stateDir, () => heal(site))
}

function sentence({ command, version, pid, changed }: Healed): string {
  const what = `An earlier \`countersign ${command}\` (version ${version}, process ${pid}) was cut short`
  return changed === null
    ? `${what}; it is finished now.`
    : `${what}, and ${changed} has changed since. Every file is whole; run it again to finish:\n  npx countersign ${command}`
}
