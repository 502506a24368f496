import type { DiskFile } from '../../model/setup/disk-file.ts'
import type { Manifest, ManifestEntry } from '../../model/setup/manifest.ts'
import type { Content, WantedFile } from '../../model/setup/setup-file.ts'
import { bare, dressedAs } from '../text/line-ends.ts'
import { isOnlyFormatted, layOut, threeWay } from './merge-in-hand.ts'
import {
  type Action,
  type Conflict,
  joined,
  noChange,
  type PlanInput,
  type PlanPart,
  removal,
  rowOnly,
} from './plan-parts.ts'
import { baseText } from './record-paths.ts'

type Known = { path: string; entry: ManifestEntry }

/** Plans every managed file: those of this release, by their ids, and those that only an earlier release had. */
export function planOwned(wanted: WantedFile[], input: PlanInput): PlanPart {
  const owned = Object.entries(input.manifest?.files ?? {}).filter(([, entry]) => entry.class === 'owned')
  const ids = new Set(wanted.map(({ id }) => id))
  const known = new Map<string, Known>()
  for (const [path, entry] of owned) {
    // A template whose id no longer exists, but whose path another one has, is that other one from now on.
    const file = wanted.find(({ id }) => id === entry.id) ?? wanted.find(file => file.path === path)
    const isNamesake = file && entry.id !== file.id && owned.some(([, other]) => other.id === file.id)
    if (file && !isNamesake) known.set(file.id, { path, entry })
  }
  const followed = new Set([...known.values()].map(({ path }) => path))
  const gone = owned.filter(([path, { id }]) => !followed.has(path) && !(id && ids.has(id)))
  return joined([
    ...wanted.map(file => {
      const before = known.get(file.id)
      return before ? planKnown(file, before, input) : planNew(file, input)
    }),
    ...gone.map(([path, entry]) => planGone(path, entry, input.disk[path])),
  ])
}

/** A file that no earlier run wrote. */
function planNew(file: WantedFile, input: PlanInput): PlanPart {
  const { disk, choices } = input
  const there = disk[file.path]
  if (!there) return created(file, file.about)
  if (there.hash === file.hash) return managed(file, 'keep', 'up to date', file.hash)
  // The manifest was deleted, but some version of Countersign wrote this file.
  if (baseText(disk, there.hash) !== null || isCalled(file, there))
    return planKnown(file, { path: file.path, entry: { class: 'owned', sha256: there.hash } }, input)
  const choice = choices?.[file.path]
  if (choice === 'adopt')
    return managed(file, 'yours', 'your file is adopted; future updates are merged into it', file.hash, {
      adopted: true,
    })
  if (choice === 'prefix' && file.prefixed && !disk[file.prefixed.path]) {
    const row = leftAlone(file.path, "your file is kept; Countersign's gets another name")
    return joined([row, created({ ...file, ...file.prefixed }, file.about, { prefixed: true })])
  }
  return {
    ...leftAlone(file.path, 'you already have a file with this name'),
    clashes: file.prefixed ? [file.path] : [],
  }
}

/** Whether some version of Countersign wrote this file, which calls itself by name. */
export const isCalled = ({ calledAs }: WantedFile, { text }: DiskFile): boolean =>
  calledAs !== undefined && bare(text ?? '').startsWith(`${calledAs}\n`)

/** A file that an earlier run wrote, under this name or another. */
function planKnown(wanted: WantedFile, { path, entry }: Known, input: PlanInput): PlanPart {
  const { disk } = input
  const file = entry.prefixed && wanted.prefixed ? { ...wanted, ...wanted.prefixed } : wanted
  const more = {
    ...(entry.prefixed && { prefixed: entry.prefixed }),
    ...(entry.adopted && { adopted: entry.adopted }),
  }
  const mine = disk[path]
  const moves = path !== file.path
  const there = moves ? disk[file.path] : undefined
  // It may be asked for by the name it had when it was deleted.
  const restored = input.restore?.some(name => name === file.path || name === path)
  if (!mine) return there ? planNew(file, input) : planDeleted(file, entry, more, restored)
  if (there || (moves && mine.text === null)) return planBlocked(file, path, entry, mine, there)

  const next = decide(file, path, entry, mine, input)
  if (next.conflict) {
    const stays = { ...entry, id: file.id, conflict: next.hash }
    const reason = moves ? `you edited it; the new version is ${file.path}` : next.reason
    return { ...row(path, 'conflict', reason), conflicts: [next.conflict], files: { [path]: stays } }
  }
  const text = next.text ?? mine.text ?? ''
  if (!moves) {
    const write = { path, text, before: mine, ...(next.keepsOld && { keepsOld: true as const }) }
    const writes = next.text === undefined ? [] : [write]
    return { ...managed(file, next.action, next.reason, next.hash, more), writes }
  }
  const carried = next.action === 'merge' || next.action === 'yours' ? ', with your edits' : ''
  // The target of a link is the user's: neither it nor the link is removed.
  const left = mine.link ? '; the link there and its target are kept' : ''
  return {
    ...managed(file, 'move', `moved from ${path}${carried}${left}`, next.hash, more),
    writes: [{ path: file.path, text, before: null }, ...(mine.link ? [] : [{ path, text: null, before: mine }])],
  }
}

type FilePlan = { action: Action; reason: string; hash: string; text?: string; conflict?: Conflict; keepsOld?: true }

const replaced = 'is not the one that was written, so it is replaced; the old one is kept under .git'

/** The three-way rules: what was written (`entry`), what is there (`mine`), what is wanted. */
function decide(
  file: Content & WantedFile,
  path: string,
  entry: ManifestEntry,
  mine: DiskFile,
  input: PlanInput,
): FilePlan {
  const { hash } = file
  const own = mine.text ?? ''
  if (mine.hash === hash) return { action: 'keep', reason: 'up to date', hash }
  if (mine.hash === entry.sha256) return { action: 'update', reason: file.about, text: dressedAs(file.text, own), hash }
  // A file of the hook that is edited, or of another version, does not run: leaving it would leave no gate.
  if (file.calledAs) return { action: 'update', reason: replaced, text: file.text, hash, keepsOld: true }
  if (!entry.adopted && isOnlyFormatted(entry, mine, input.disk))
    return entry.sha256 === hash
      ? { action: 'keep', reason: 'formatted since; says the same', hash }
      : { action: 'update', reason: file.about, text: dressedAs(file.text, own), hash }
  if (entry.sha256 === hash) return { action: 'yours', reason: 'you edited it; left unchanged', hash }
  const merged = threeWay(entry, mine, file.text, input)
  if (!merged || merged.lines.length > 0) {
    const conflict = { path, theirs: file.text, merged: merged?.text ?? null, lines: merged?.lines ?? [] }
    return { action: 'conflict', reason: whyConflict(merged, file, mine), ...layOut(conflict, hash, entry, input) }
  }
  const text = dressedAs(merged.text, own)
  if (text === own) return { action: 'yours', reason: 'already has the changes of the new version', hash }
  return { action: 'merge', reason: 'your edits are merged with the new version', text, hash }
}

function whyConflict(merged: ReturnType<typeof threeWay>, { noBase }: WantedFile, mine: DiskFile): string {
  if (merged) return 'you and the new version changed the same lines'
  if (noBase || mine.text === null) return 'you edited it, and it cannot be merged'
  return 'its stored original is missing or damaged, so your edits cannot be merged'
}

function planDeleted(file: WantedFile, entry: ManifestEntry, more: Partial<ManifestEntry>, restored = false): PlanPart {
  if (restored) return created(file, 'restored', more)
  if (file.calledAs) return created(file, 'restored: settings.json calls it', more)
  const files = {
    [file.path]: { class: 'owned' as const, sha256: entry.sha256, id: file.id, ...more, deleted: true as const },
  }
  return entry.deleted
    ? { ...noChange, files }
    : { ...leftAlone(file.path, 'you deleted it; it is not restored'), files }
}

/** The new name is taken. */
function planBlocked(
  file: WantedFile,
  path: string,
  entry: ManifestEntry,
  mine: DiskFile,
  there: DiskFile | undefined,
): PlanPart {
  if (there?.hash !== file.hash) {
    const why = there ? `you already have ${file.path}` : 'it is not text'
    const { conflict, ...rest } = entry
    return { ...row(path, 'yours', `stays here: ${why}`), files: { [path]: { ...rest, id: file.id } } }
  }
  return joined([managed(file, 'keep', 'up to date', file.hash), planGone(path, entry, mine)])
}

/** A file that this release no longer has. */
function planGone(path: string, entry: ManifestEntry, mine: DiskFile | undefined): PlanPart {
  if (!mine) return noChange
  if (mine.link) return row(path, 'yours', 'no longer part of the setup; kept because it is a link now')
  if (mine.hash !== entry.sha256) return row(path, 'yours', 'no longer part of the setup; kept because you edited it')
  return removal(path, 'owned', mine, 'no longer part of the setup')
}

const row = (path: string, action: Action, reason: string): PlanPart =>
  rowOnly({ path, class: 'owned', action, reason })

const leftAlone = (path: string, reason: string): PlanPart => row(path, 'skip', reason)

function managed(
  file: WantedFile,
  action: Action,
  reason: string,
  sha256: string,
  more: Partial<ManifestEntry> = {},
): PlanPart {
  const size = file.noBase && { noBase: true as const }
  const files: Manifest['files'] = { [file.path]: { class: 'owned', sha256, id: file.id, ...more, ...size } }
  return { ...row(file.path, action, reason), files }
}

const created = (file: WantedFile, reason: string, more: Partial<ManifestEntry> = {}): PlanPart => ({
  ...managed(file, 'create', reason, file.hash, more),
  writes: [{ path: file.path, text: file.text, before: null }],
})
