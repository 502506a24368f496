import { getNodeValue, type Node } from 'jsonc-parser'
import type { SettingsFault } from '../../../model/file-problem.ts'
import { prettyJson } from '../../text/pretty-json.ts'
import { type HookEntry, hookEntries, scriptsOf } from './hook-entries.ts'
import { append, without } from './json-members.ts'
import {
  childrenOf,
  countersignHandlers,
  memberOf,
  propertyOf,
  readSettings,
  type SettingsTree,
} from './settings-tree.ts'

/** @see https://json.schemastore.org/claude-code-settings.json */
export const settingsSchema = 'https://json.schemastore.org/claude-code-settings.json'

export type Spliced = { text: string } | { fault: SettingsFault }

/** The settings.json of a repository that has none. */
export function freshSettings(entries: HookEntry[] = hookEntries): string {
  const hooks = Object.fromEntries(entries.map(({ event, group }) => [event, [group]]))
  return `${prettyJson({ $schema: settingsSchema, hooks })}\n`
}

/**
 * Adds Countersign's hook entries to a settings.json that somebody else wrote. Every byte of theirs is kept: comments,
 * indentation, line ends, byte order mark. Entries that are already there are left untouched.
 *
 * @returns The same text when there is nothing to add; a fault when the file is not what Claude Code would read.
 */
export function insertHooks(text: string, entries: HookEntry[] = hookEntries): Spliced {
  const scripts = scriptsOf(entries)
  return spliced(text, bare => {
    let result = bare
    for (const entry of entries) {
      const tree = readSettings(result)
      if ('fault' in tree) return tree
      result = withEntry(result, tree, entry, scripts)
    }
    return { text: result }
  })
}

/**
 * Removes Countersign's hook entries, and the containers that `insertHooks` made for them. The result is byte for byte
 * what `insertHooks` was given, as long as nobody reformatted the file in between.
 *
 * @param only Whether to remove this one; called with the event's name and the entry as it stands there.
 */
export function removeHooks(text: string, entries: HookEntry[] = hookEntries, only: Only = () => true): Spliced {
  const isCountersign: IsCountersign = (group, event) =>
    countersignHandlers(group, scripts).length > 0 && only(event, getNodeValue(group))
  const scripts = scriptsOf(entries)
  return spliced(text, bare => {
    let result = bare
    for (;;) {
      const tree = readSettings(result)
      if ('fault' in tree) return tree
      const shorter = withoutLastEntry(result, tree, scripts, isCountersign)
      if (shorter === undefined) return { text: result }
      result = shorter
    }
  })
}

/** Whether Claude Code takes the file at all: it drops one with comments or trailing commas as a whole. */
export function isStrictJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''))
    return true
  } catch {
    return false
  }
}

type Only = (event: string, group: unknown) => boolean
type IsCountersign = (group: Node, event: string) => boolean

/** Removes one member of the root object, as it stands there. The same text when there is none. */
export function removeMember(text: string, key: string): string {
  return behindMark(text, bare => {
    const tree = readSettings(bare)
    const property = 'fault' in tree ? undefined : propertyOf(tree.root, key)
    return 'fault' in tree || !property ? bare : without(bare, tree.root, property)
  })
}

/** Works on the text after a byte order mark, and keeps the mark. */
export function behindMark(text: string, work: (bare: string) => string): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  return mark + work(text.slice(mark.length))
}

function spliced(text: string, work: (bare: string) => Spliced): Spliced {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  const result = work(text.slice(mark.length))
  return 'text' in result ? { text: mark + result.text } : result
}

function withEntry(
  text: string,
  { root, hooks }: SettingsTree,
  { event, group }: HookEntry,
  scripts: string[],
): string {
  if (!hooks) return append(text, root, root, 'hooks', { [event]: [group] })
  const groups = memberOf(hooks, event)
  if (!groups) return append(text, root, hooks, event, [group])
  const present = childrenOf(groups).some(element => countersignHandlers(element, scripts).length > 0)
  return present ? text : append(text, root, groups, null, group)
}

/** Removes the last of Countersign's entries: the reverse of the order they were added in. Undefined when there is none. */
function withoutLastEntry(
  text: string,
  { root, hooks }: SettingsTree,
  scripts: string[],
  isCountersign: IsCountersign,
) {
  for (const event of [...childrenOf(hooks)].reverse()) {
    const [name, groups] = event.children as [Node, Node]
    const group = childrenOf(groups).findLast(element => isCountersign(element, name.value))
    if (!hooks || !group) continue
    // It counts as Countersign's because of a handler in it.
    const handlers = memberOf(group, 'hooks') as Node
    const own = countersignHandlers(group, scripts)
    const mixed = childrenOf(handlers).length > own.length
    if (mixed) return without(text, handlers, own.at(-1) as Node)
    const rewritten = !isAsAppended(text, [group, handlers, ...own])
    if (!isOwnContainer(text, groups, rewritten)) return without(text, groups, group)
    if (!isOwnContainer(text, hooks, rewritten)) return without(text, hooks, event)
    return without(text, root, propertyOf(root, 'hooks') as Node)
  }
  return undefined
}

/**
 * Whether a container would be empty without its one member, and is one that `append` made. In a file that was rewritten
 * since, that byte is missing; such a container counts as Countersign's as well, since an empty one has no effect.
 */
const isOwnContainer = (text: string, container: Node, rewritten: boolean): boolean =>
  childrenOf(container).length === 1 && (rewritten || startsOpen(text, container))

/** Whether an entry stands there as `append` writes it in any style: with white space after every bracket. */
const isAsAppended = (text: string, nodes: Node[]): boolean => nodes.every(node => startsOpen(text, node))

const startsOpen = (text: string, { offset }: Node): boolean => /\s/.test(text[offset + 1]!)
