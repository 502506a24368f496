import type { DiskFile } from '../../model/setup/disk-file.ts'
import type { Manifest, ManifestEntry } from '../../model/setup/manifest.ts'
import type { Content, WantedFile } from '../../model/setup/setup-file.ts'
import { bare, dressedAs } from '../text/line-ends.ts'
import { layOut, threeWay } from './merge-in-hand.ts'
import { type Action, type Conflict, joined, nothing, type Outcome, type PlanInput } from './plan-parts.ts'
import { baseText } from './plan-records.ts'

type Known = { path: string; entry: ManifestEntry }

/** Plans every file of ours: those this release has, by their ids, and those that only an earlier one had. */
export function planOwned(wanted: WantedFile[], input: PlanInput): Outcome {
  const owned = Object.entries(input.manifest?.files ?? {}).filter(([, entry]) => entry.class === 'owned')
  const ids = new Set(wanted.map(({ id }) => id))
  const known = new Map<string, Known>()
  for (const [path, entry] of owned) {
    // A template whose id is gone but whose path is taken by another is that other one from now on.
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
function planNew(file: WantedFile, input: PlanInput): Outcome {
  const { disk, choices } = input
  const there = disk[file.path]
  if (!there) return created(file, file.about)
  if (there.hash === file.hash) return settled(file, 'keep', 'is as it should be', file.hash)
  // The manifest is gone, but the file is one that some version of ours wrote.
  if (baseText(disk, there.hash) !== null || isCalled(file, there))
    return planKnown(file, { path: file.path, entry: { class: 'owned', sha256: there.hash } }, input)
  const choice = choices?.[file.path]
  if (choice === 'adopt')
    return settled(file, 'yours', 'stays yours; what later versions change is merged in', file.hash, {
      adopted: true,
    })
  if (choice === 'prefix' && file.prefixed && !disk[file.prefixed.path]) {
    const row = skipped(file.path, 'is not ours and stays; ours gets another name')
    return joined([row, created({ ...file, ...file.prefixed }, file.about, { prefixed: true })])
  }
  return {
    ...skipped(file.path, 'is not ours: a file of yours has this name'),
    clashes: file.prefixed ? [file.path] : [],
  }
}

const isCalled = ({ calledAs }: WantedFile, { text }: DiskFile): boolean =>
  calledAs !== undefined && bare(text ?? '').startsWith(`${calledAs}\n`)

/** A file that an earlier run wrote, under this name or another. */
function planKnown(wanted: WantedFile, { path, entry }: Known, input: PlanInput): Outcome {
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
    const reason = moves ? `you edited it; its new version is ${file.path}` : next.reason
    return { ...row(path, 'conflict', reason), conflicts: [next.conflict], files: { [path]: stays } }
  }
  const text = next.text ?? mine.text ?? ''
  if (!moves) {
    const writes = next.text === undefined ? [] : [{ path, text, before: mine }]
    return { ...settled(file, next.action, next.reason, next.hash, more), writes }
  }
  const carried = next.action === 'merge' || next.action === 'yours' ? ', with your edits' : ''
  // What a link leads to is not ours to take away: it stays, and the link with it.
  const left = mine.link ? '; the link there stays, with what it leads to' : ''
  return {
    ...settled(file, 'move', `was ${path}${carried}${left}`, next.hash, more),
    writes: [{ path: file.path, text, before: null }, ...(mine.link ? [] : [{ path, text: null, before: mine }])],
  }
}

type Decision = { action: Action; reason: string; hash: string; text?: string; conflict?: Conflict }

/** The three-way rules: what was written (`entry`), what is there (`mine`), what is wanted. */
function decide(
  file: Content & WantedFile,
  path: string,
  entry: ManifestEntry,
  mine: DiskFile,
  input: PlanInput,
): Decision {
  const { hash } = file
  const own = mine.text ?? ''
  if (mine.hash === hash) return { action: 'keep', reason: 'is as it should be', hash }
  if (mine.hash === entry.sha256) return { action: 'update', reason: file.about, text: dressedAs(file.text, own), hash }
  // A file of the hook that is edited, or of another version, does not run: leaving it would leave no gate.
  if (entry.sha256 === hash && !file.calledAs)
    return { action: 'yours', reason: 'you edited it, and it stays as it is', hash }
  const merged = threeWay(entry, mine, file.text, input)
  if (!merged || merged.lines.length > 0) {
    const conflict = { path, theirs: file.text, merged: merged?.text ?? null, lines: merged?.lines ?? [] }
    return { action: 'conflict', reason: whyConflict(merged, file, mine), ...layOut(conflict, hash, entry, input) }
  }
  const text = dressedAs(merged.text, own)
  if (text === own) return { action: 'yours', reason: 'has what the new version changes', hash }
  return { action: 'merge', reason: 'your edits and the new version together', text, hash }
}

function whyConflict(merged: ReturnType<typeof threeWay>, { noBase }: WantedFile, mine: DiskFile): string {
  if (merged) return 'you and the new version changed the same lines'
  if (noBase || mine.text === null) return 'you edited it, and it cannot be merged'
  return 'its stored original is missing or damaged, so your edits cannot be told apart'
}

function planDeleted(file: WantedFile, entry: ManifestEntry, more: Partial<ManifestEntry>, restored = false): Outcome {
  if (restored) return created(file, 'is back', more)
  if (file.calledAs) return created(file, 'is back: settings.json calls it', more)
  const files = {
    [file.path]: { class: 'owned' as const, sha256: entry.sha256, id: file.id, ...more, deleted: true as const },
  }
  return entry.deleted ? { ...nothing, files } : { ...skipped(file.path, 'you deleted it, and it stays away'), files }
}

/** The new name is taken. */
function planBlocked(
  file: WantedFile,
  path: string,
  entry: ManifestEntry,
  mine: DiskFile,
  there: DiskFile | undefined,
): Outcome {
  if (there?.hash !== file.hash) {
    const why = there ? `${file.path} is a file of yours` : 'it is no text'
    const { conflict, ...settledEntry } = entry
    return { ...row(path, 'yours', `stays here: ${why}`), files: { [path]: { ...settledEntry, id: file.id } } }
  }
  return joined([settled(file, 'keep', 'is as it should be', file.hash), planGone(path, entry, mine)])
}

/** A file that this release no longer has. */
function planGone(path: string, entry: ManifestEntry, mine: DiskFile | undefined): Outcome {
  if (!mine) return nothing
  if (mine.link) return row(path, 'yours', 'is no longer part of the setup; a link now, and what it leads to is yours')
  if (mine.hash !== entry.sha256)
    return row(path, 'yours', 'is no longer part of the setup; you edited it, so it is yours now')
  return { ...row(path, 'remove', 'is no longer part of the setup'), writes: [{ path, text: null, before: mine }] }
}

const row = (path: string, action: Action, reason: string): Outcome => ({
  ...nothing,
  rows: [{ path, class: 'owned', action, reason }],
})

const skipped = (path: string, reason: string): Outcome => row(path, 'skip', reason)

function settled(
  file: WantedFile,
  action: Action,
  reason: string,
  sha256: string,
  more: Partial<ManifestEntry> = {},
): Outcome {
  const size = file.noBase && { noBase: true as const }
  const files: Manifest['files'] = { [file.path]: { class: 'owned', sha256, id: file.id, ...more, ...size } }
  return { ...row(file.path, action, reason), files }
}

const created = (file: WantedFile, reason: string, more: Partial<ManifestEntry> = {}): Outcome => ({
  ...settled(file, 'create', reason, file.hash, more),
  writes: [{ path: file.path, text: file.text, before: null }],
})
