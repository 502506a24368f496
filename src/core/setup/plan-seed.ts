import type { ConfigFault } from '../../model/file-problem.ts'
import { configPath } from '../../model/paths.ts'
import type { WantedFile } from '../../model/setup/setup-file.ts'
import { unformatted } from '../text/unformatted.ts'
import { migrateConfig } from './migrate-config.ts'
import { noChange, type PlanInput, type PlanPart, type PlanRow, rowOnly } from './plan-parts.ts'

/** A file that is the user's once it is there. Only the configuration is ever changed, and only by a migration. */
export function planSeed(file: WantedFile, input: PlanInput): PlanPart | { fault: ConfigFault } {
  const { path, hash, text } = file
  const [entry, disk] = [input.manifest?.files[path], input.disk[path]]
  // A null hash remembers a file that was there before Countersign: the user has deleted that one, too.
  const files = (sha256: string | null) => {
    const says = sha256 === hash ? input.hash(unformatted(text)) : entry?.unformatted
    return { [path]: { class: 'seed' as const, sha256, id: file.id, ...(says && { unformatted: says }) } }
  }
  const created = (reason: string): PlanPart => ({
    ...row(file, 'create', reason),
    writes: [{ path, text, before: null }],
    files: files(hash),
  })
  if (!disk && entry && input.restore?.includes(path)) return created('restored')
  if (!disk && entry?.deleted) return { ...noChange, files: { [path]: entry } }
  if (!disk && entry) {
    const gone = { ...files(entry.sha256)[path]!, deleted: true as const }
    return { ...row(file, 'skip', 'you deleted it; it is not restored'), files: { [path]: gone } }
  }
  if (!disk) return created(file.about)
  const isUnedited = disk.hash === (entry?.sha256 ?? hash)
  const written = entry ? entry.sha256 : isUnedited ? hash : null
  const stays = row(
    file,
    disk.hash === hash ? 'keep' : 'yours',
    isUnedited ? 'as Countersign wrote it' : 'your file; left unchanged',
  )
  if (path !== configPath || disk.text === null) return { ...stays, files: files(written) }
  const migrated = migrateConfig(disk.text, input.release.migrations)
  if ('fault' in migrated) return migrated
  if (migrated.text === disk.text) return { ...stays, files: files(written) }
  return {
    ...row(
      file,
      'update',
      `format ${migrated.steps[0]} becomes format ${migrated.steps.at(-1)! + 1}; the rest is unchanged`,
    ),
    writes: [{ path, text: migrated.text, before: disk }],
    files: files(disk.hash === written ? input.hash(migrated.text) : written),
  }
}

const row = ({ path, class: fileClass }: WantedFile, action: PlanRow['action'], reason: string): PlanPart =>
  rowOnly({ path, class: fileClass, action, reason })
