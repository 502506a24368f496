import { makePlan, pathsToRead } from '../../core/setup/plan.ts'
import type { Plan, PlanInput, Release } from '../../core/setup/plan-parts.ts'
import { compareVersions } from '../../core/text/versions.ts'
import { UserError } from '../../errors.ts'
import type { Disk } from '../../model/setup/disk-file.ts'
import type { Manifest } from '../../model/setup/manifest.ts'
import { contentHash } from '../../shell/files/content-hash.ts'
import { leftOut } from '../../shell/git/sparse.ts'
import { diskOf, manifestOf, mergingIn } from './current-setup.ts'
import { namesakes } from './namesakes.ts'
import type { Site } from './site.ts'

export type PlanWishes = Pick<PlanInput, 'choices' | 'restore' | 'attributes' | 'ignores' | 'takesCommentsOut'>

export type Proposal = { plan: Plan; manifest: Manifest | null; disk: Disk }

/**
 * Looks at the setup as it is and plans the way to a release.
 *
 * @throws {UserError} The setup is of a newer version, or a file of the user's cannot be read.
 */
export function propose(site: Omit<Site, 'top'>, release: Release, command: string, wishes: PlanWishes = {}): Proposal {
  const manifest = manifestOf(site, command)
  if (manifest && compareVersions(manifest.version, release.version) > 0)
    throw new UserError('setup-newer', { version: manifest.version, own: release.version, command })
  const there = diskOf(site, pathsToRead(release.files, manifest, wishes))
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
