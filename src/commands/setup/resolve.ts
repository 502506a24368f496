import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { pathsToResolve, planResolve, type ResolveFault, type ResolveWay } from '../../core/setup/plan-resolve.ts'
import { UserError } from '../../errors.ts'
import type { Manifest } from '../../model/setup/manifest.ts'
import { committedText } from '../../shell/git/committed-text.ts'
import { mergeFile } from '../../shell/git/merge-file.ts'
import { uncommitted } from '../../shell/git/uncommitted.ts'
import { applyWrites } from '../../shell/setup/apply-writes.ts'
import { withSetupLock } from '../../shell/setup/setup-lock.ts'
import { gitAt, print } from '../shared/print.ts'
import { diskOf, manifestOf } from './current-setup.ts'
import { heal } from './heal.ts'
import { type Site, siteOf } from './site.ts'

type GivenPath = { cwd: string; path: string }
type Arguments = GivenPath & {
  followSymlinks?: boolean
  mine?: boolean
  theirs?: boolean
  merged?: boolean
  json?: boolean
}

/**
 * `countersign resolve`: ends one conflict that an upgrade left.
 *
 * @throws {UserError} There is none at that path, its sidecars are not what the upgrade wrote, markers are left, or the merge
 *   lacks an edit of the user's.
 */
export async function run(args: Arguments): Promise<number> {
  const ways = (['mine', 'theirs', 'merged'] as const).filter(way => args[way])
  const [way, ...more] = ways
  if (!way || more.length > 0) {
    const hint = `npx countersign resolve ${args.path} --mine | --theirs | --merged`
    throw new UserError('usage', { problem: 'Exactly one of --mine, --theirs and --merged is needed.', hint })
  }
  const site = siteOf(args)
  return withSetupLock(site.stateDir, async () => {
    heal(site)
    const unsaved = way === 'theirs' ? notInGit(site, args) : []
    const path = endConflict(site, args, way)
    if (!args.json && unsaved.length > 0) print(`! Your version was not committed, so git cannot restore it: ${path}`)
    const results = { mine: 'keeps your version', theirs: 'has the new version now', merged: 'has the merge now' }
    print(
      args.json
        ? { path, way, uncommitted: unsaved }
        : `${path} ${results[way]}. The next upgrade merges only later changes.`,
    )
    return 0
  })
}

/** Ends the conflict at a path, given from `cwd` or from the root; returns it from the root. */
export function endConflict(site: Site, given: GivenPath, way: ResolveWay): string {
  const { root, stateDir, followLinks } = site
  const { manifest, path } = named(site, given)
  const disk = manifest.files[path] ? diskOf(site, [...Object.keys(manifest.files), ...pathsToResolve(path)]) : {}
  const committed = way === 'merged' ? committedText(root, path) : null
  const plan = planResolve(manifest, disk, path, way, { merge: mergeFile.bind(null, 'new'), committed })
  if ('fault' in plan) throw userErrorOf(root, path, plan)
  const command = `resolve ${path} --${way}`
  applyWrites(root, plan.writes, { stateDir, command, version: manifest.version, followLinks })
  return path
}

function named(site: Site, { cwd, path: given }: GivenPath): { manifest: Manifest; path: string } {
  const manifest = manifestOf(site, 'resolve')
  if (!manifest) throw new UserError('no-setup', { command: 'resolve' })
  const fromHere = relative(site.root, resolve(cwd, given)).replaceAll('\\', '/')
  return { manifest, path: manifest.files[fromHere] ? fromHere : given }
}

/** The file in conflict, if git could not restore it. */
function notInGit(site: Site, given: GivenPath): string[] {
  const { manifest, path } = named(site, given)
  const isThere = manifest.files[path]?.conflict && existsSync(join(site.root, path))
  return isThere ? uncommitted(site.root, [path]) : []
}

function userErrorOf(root: string, path: string, fault: ResolveFault): UserError {
  switch (fault.fault) {
    case 'no-conflict':
      return new UserError('no-conflict', { path, conflicts: fault.conflicts })
    case 'stale':
      return new UserError('conflict-stale', { path })
    case 'no-merge':
      return new UserError('no-merge', { path })
    case 'edit-missing':
      return new UserError('edit-missing', { path, line: fault.line, merged: fault.merged, git: gitAt(root) })
    case 'markers-left':
      return new UserError('markers-left', { file: fault.file, line: fault.line })
  }
}
