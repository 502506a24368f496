import type { DiskFile } from '../../../model/setup/disk-file.ts'
import type { ManifestEntry } from '../../../model/setup/manifest.ts'
import { addLine, hasLine, removeLine } from '../attributes.ts'
import { type Action, noChange, type PlanPart, rowOnly } from '../plan-parts.ts'
import { addToFlatConfig, entryOf, removeFromFlatConfig } from './flat-config.ts'
import { addToList, listIn, removeFromList } from './splice-list.ts'
import { type Swap, swapBetween, takeBack } from './swap.ts'
import type { Ignore } from './tools.ts'

/**
 * Adds to a tool's own file that it leaves out what Countersign writes. Once; whatever the user makes of that is left to
 * them.
 *
 * @param ignore Undefined where no such tool is found, or no longer.
 */
export function planIgnore(
  path: string,
  ignore: Ignore | undefined,
  entry: ManifestEntry | undefined,
  disk: DiskFile | undefined,
): PlanPart {
  if (entry) return planKnownIgnore(path, entry, disk)
  if (!ignore) return noChange
  const tools = ignore.tools.join(' and ')
  if (!disk) return ignore.fresh === null ? noChange : created(ignore, tools)
  if (disk.text === null) return row(path, 'skip', 'not UTF-8 text; left untouched')
  const { text } = disk
  if (covers(ignore, text)) return noChange
  const to = added(ignore, text)
  if (to === null) return row(path, 'skip', byHand(ignore, text))
  const swap = ignore.form === 'lines' ? {} : { swap: swapBetween(text, to) }
  return {
    ...row(
      path,
      'splice',
      `${tools} leaves out Countersign's files; every other byte is unchanged`.replace(plural, 'leave'),
    ),
    writes: [{ path, text: to, before: disk }],
    files: { [path]: { class: 'shared', sha256: null, lines: ignore.items, ...swap } },
  }
}

/** Removes what `planIgnore` added, and nothing else. */
export function planIgnoreRemoval(path: string, entry: ManifestEntry, disk: DiskFile): PlanPart {
  const { lines: items = [], swap, created } = entry
  if (disk.text === null) return noChange
  const text = swap ? withoutSwap(disk.text, swap, items) : items.reduceRight(removeLine, disk.text)
  if (text === disk.text) return noChange
  const isEmpty = created === true && text === '' && !disk.link
  const reason = isEmpty
    ? 'empty without the lines for Countersign'
    : 'the lines for Countersign are removed; the rest is unchanged'
  return {
    ...row(path, isEmpty ? 'remove' : 'splice', reason),
    writes: [{ path, text: isEmpty ? null : text, before: disk }],
  }
}

/** What the user has to add where Countersign cannot. */
export const byHand = (ignore: Ignore, text: string): string =>
  ignore.form === 'script'
    ? `add this to its list yourself, or ESLint judges Countersign's files: ${entryOf(text, ignore.items)}`
    : `add this to \`${ignore.list?.at.join('.')}\` yourself, or ${ignore.tools[0]} judges Countersign's files: ${ignore.items.join(' ')}`

function planKnownIgnore(path: string, entry: ManifestEntry, disk: DiskFile | undefined): PlanPart {
  const files = { [path]: entry }
  const { lines: items = [], swap } = entry
  const text = disk?.text ?? ''
  const isThere = swap
    ? takeBack(text, swap) !== null || withoutSwap(text, swap, items) !== text
    : items.every(item => hasLine(text, item))
  return isThere
    ? { ...row(path, 'keep', "leaves out Countersign's files"), files }
    : { ...row(path, 'skip', "you removed the lines for Countersign's files; they are not added again"), files }
}

function covers(ignore: Ignore, text: string): boolean {
  if (ignore.covers(text)) return true
  if (!ignore.list) return false
  const list = listIn(text, ignore.list.at)
  if (list === null) return false
  if (ignore.items.every(item => list.includes(item))) return true
  // A list of what is looked at, which names other places alone.
  return ignore.list.seed.length > 0 && !list.some(item => /^(\.\/)?(\*|\.claude)/.test(String(item)))
}

function added({ form, items, list }: Ignore, text: string): string | null {
  if (form === 'lines') return items.reduce(addLine, text)
  if (form === 'script') return addToFlatConfig(text, items)
  // What another file says would be replaced by a list made here.
  if (list && list.seed.length > 0 && listIn(text, list.at) === null && /"extends"\s*:/.test(text)) return null
  return list ? addToList(text, list, items) : null
}

function created(ignore: Ignore, tools: string): PlanPart {
  const text = ignore.form === 'lines' ? ignore.items.reduce(addLine, '') : (ignore.fresh ?? '')
  const swap = ignore.form === 'lines' ? {} : { swap: { was: '', now: text } }
  const reason = `${tools} leaves out Countersign's files`.replace(plural, 'leave')
  return {
    ...row(ignore.path, 'create', reason),
    writes: [{ path: ignore.path, text, before: null }],
    files: { [ignore.path]: { class: 'shared', sha256: null, created: true, lines: ignore.items, ...swap } },
  }
}

const plural = /(?<= and .*)leaves/

function withoutSwap(text: string, swap: Swap, items: string[]): string {
  const back = takeBack(text, swap)
  if (back !== null) return back
  const inLists = [['files', 'includes'], ['files', 'ignore'], ['Exclude']].reduce(
    (result, at) => removeFromList(result, { at }, items),
    text,
  )
  return removeFromFlatConfig(inLists, items)
}

const row = (path: string, action: Action, reason: string): PlanPart =>
  rowOnly({ path, class: 'shared', action, reason })
