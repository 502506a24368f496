import { getNodeValue } from 'jsonc-parser'
import type { HookGroup } from '../../../model/setup/manifest.ts'
import { type HookEntry, scriptsOf } from './hook-entries.ts'
import { behindMark, insertHooks, removeHooks, removeMember, type Spliced, settingsSchema } from './settings.ts'
import {
  childrenOf,
  countersignHandlers,
  memberOf,
  readSettings,
  type SettingsTree,
  valueNode,
} from './settings-tree.ts'

/**
 * Updates Countersign's entries from one version to the next. Those that stand there as they were written are removed and
 * added anew, once any of them changes; one that the user edited stays as it is, except that it calls the script by its new
 * name. Whatever is missing is restored: Claude Code itself drops hooks when it rewrites the file from memory.
 *
 * @param before The entries as an earlier run wrote them; empty when that is not known.
 */
export function updateHooks(text: string, before: HookEntry[], after: HookEntry[]): Spliced {
  if (isSame(before, after)) return insertHooks(text, after)
  const asWritten = (event: string, group: unknown) =>
    before.some(entry => entry.event === event && isSame(entry.group, group))
  const cleared = removeHooks(text, before, asWritten)
  if ('fault' in cleared) return cleared
  return insertHooks(repoint(cleared.text, before, after), after)
}

/** The events whose Countersign entry differs from what was written. */
export function editedEvents(text: string, written: HookEntry[]): string[] {
  const tree = readSettings(text.replace(/^\uFEFF/, ''))
  if ('fault' in tree || !tree.hooks) return []
  const { hooks } = tree
  const scripts = scriptsOf(written)
  return written.flatMap(({ event, group }) => {
    const present = childrenOf(memberOf(hooks, event)).find(element => countersignHandlers(element, scripts).length > 0)
    return present && !isSame(getNodeValue(present), group) ? [event] : []
  })
}

/**
 * Removes everything of Countersign's.
 *
 * @param created Whether Countersign created the file, so that its `$schema` is removed as well.
 * @returns `isEmpty` when Countersign created the file and nothing of the user's is left in it.
 */
export function withoutCountersign(
  text: string,
  entries: HookEntry[],
  created: boolean,
): { text: string; isEmpty: boolean } | Exclude<Spliced, { text: string }> {
  const removed = removeHooks(text, entries)
  if ('fault' in removed) return removed
  if (!created) return { ...removed, isEmpty: false }
  const { root } = known(removed.text.replace(/^\uFEFF/, ''))
  const named = memberOf(root, '$schema')?.value
  const rest = named === settingsSchema ? removeMember(removed.text, '$schema') : removed.text
  return { text: rest, isEmpty: /^\uFEFF?\s*\{\s*\}\s*$/.test(rest) }
}

/** Entries as the manifest keeps them, and back. */
export const toRecord = (entries: HookEntry[]): Record<string, HookGroup> =>
  Object.fromEntries(entries.map(({ event, group }) => [event, group]))
export const fromRecord = (record: Record<string, HookGroup> | undefined): HookEntry[] =>
  Object.entries(record ?? {}).map(([event, group]) => ({ event, group }))

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The places in a text that has been read, and is therefore sound. */
const known = (bare: string): SettingsTree => readSettings(bare) as SettingsTree

function repoint(text: string, before: HookEntry[], after: HookEntry[]): string {
  const [script, ...others] = scriptsOf(after)
  const former = scriptsOf(before).filter(name => name !== script)
  if (script === undefined || others.length > 0 || former.length === 0) return text
  return behindMark(text, bare => {
    const handlers = childrenOf(known(bare).hooks)
      .flatMap(event => childrenOf(valueNode(event)))
      .flatMap(group => countersignHandlers(group, former))
    const places = handlers
      .flatMap(handler => childrenOf(memberOf(handler, 'args')))
      .filter(argument => former.includes(argument.value))
    return places.reduceRight(
      (result, { offset, length }) => result.slice(0, offset) + JSON.stringify(script) + result.slice(offset + length),
      bare,
    )
  })
}
