import { makePlan } from '../../../src/core/setup/plan.ts'
import type { Merge, Plan, PlanInput, Release } from '../../../src/core/setup/plan-parts.ts'
import { hookEntries } from '../../../src/core/setup/settings/hook-entries.ts'
import { manifestPath, settingsPath } from '../../../src/model/paths.ts'
import type { DiskFile } from '../../../src/model/setup/disk-file.ts'
import type { Manifest } from '../../../src/model/setup/manifest.ts'
import type { WantedFile } from '../../../src/model/setup/setup-file.ts'

/** A hash that a reader can follow: the text itself. */
export const readable = (text: string) => `#${text}`
export const onDisk = (text: string): DiskFile => ({ text, hash: readable(text) })

/** A file of ours; its id is its path unless `more` says otherwise. */
export const wanted = (path: string, text: string, more: Partial<WantedFile> = {}): WantedFile => ({
  id: path,
  path,
  class: 'owned',
  text,
  hash: readable(text),
  about: 'what it is for',
  ...more,
})

export const release = (files: WantedFile[], more: Partial<Release> = {}): Release => ({
  version: '2.0.0',
  files,
  entries: hookEntries,
  migrations: [],
  ...more,
})

/** What an earlier run would have recorded of owned files: path → text. */
export function manifestOf(files: Record<string, string>, more: Record<string, object> = {}): Manifest {
  const entries = Object.entries(files).map(([path, text]) => [
    path,
    { class: 'owned' as const, id: path, sha256: readable(text), ...more[path] },
  ])
  return { schema: 1, version: '1.0.0', files: Object.fromEntries(entries) }
}

/** Joins both sides when they begin differently, and calls anything else a conflict. */
const fakeMerge: Merge = (_, mine, theirs) =>
  mine[0] === theirs[0] ? { text: `<${mine}|${theirs}>`, lines: [1] } : { text: `${mine}+${theirs}`, lines: [] }

/** The plan for these inputs; fails the test when there is a fault instead. */
export function planned(input: Partial<PlanInput> & { files?: WantedFile[] }): Plan & { manifest: Manifest } {
  const { files = [], ...rest } = input
  const plan = makePlan({
    release: release(files),
    manifest: null,
    disk: {},
    merge: fakeMerge,
    hash: readable,
    ...rest,
  })
  if (!('writes' in plan)) throw new Error(`unexpected fault: ${JSON.stringify(plan)}`)
  const written = plan.writes.find(({ path }) => path === manifestPath)?.text
  return { ...plan, manifest: JSON.parse(written ?? 'null') ?? rest.manifest }
}

/** `action path: reason` of our Markdown files, what is written of them, and what the manifest says of them afterwards. */
export function outcomeOf(input: Parameters<typeof planned>[0]) {
  const { rows, writes, manifest, clashes } = planned(input)
  const isOurs = ({ path }: { path: string }) => path.endsWith('.md')
  return {
    rows: rows.filter(isOurs).map(({ action, path, reason }) => `${action} ${path}: ${reason}`),
    writes: Object.fromEntries(writes.filter(isOurs).map(({ path, text }) => [path, text])),
    files: Object.fromEntries(Object.entries(manifest.files).filter(([path]) => path !== settingsPath)),
    clashes,
  }
}
