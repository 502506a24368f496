import { getNodeValue, type Node } from 'jsonc-parser'
import type { SettingsFault } from '../../model/file-problem.ts'
import { type HookEntry, hookEntries, scriptsOf } from './hook-entries.ts'
import {
  childrenOf,
  commaAfter,
  endOfRemark,
  memberOf,
  ourHandlers,
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
  return `${JSON.stringify({ $schema: settingsSchema, hooks }, null, 2)}\n`
}

/**
 * Puts our hook entries into a settings.json that somebody else wrote. Every byte of theirs stays where it is: comments,
 * indentation, line ends, byte order mark. Entries that are already there are left alone.
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
 * Takes our hook entries out again, and the containers that `insertHooks` made for them. What it returns is byte for byte
 * what `insertHooks` was given, as long as nobody reformatted the file in between.
 *
 * @param only Whether to take this one; it is asked with the event's name and the entry as it stands there.
 */
export function removeHooks(text: string, entries: HookEntry[] = hookEntries, only: Only = () => true): Spliced {
  const isOurs: IsOurs = (group, event) => ourHandlers(group, scripts).length > 0 && only(event, getNodeValue(group))
  const scripts = scriptsOf(entries)
  return spliced(text, bare => {
    let result = bare
    for (;;) {
      const tree = readSettings(result)
      if ('fault' in tree) return tree
      const shorter = withoutLastEntry(result, tree, scripts, isOurs)
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
type IsOurs = (group: Node, event: string) => boolean

/** Takes out one member of the root object, as it stands there. The same text when there is none. */
export function removeMember(text: string, key: string): string {
  return behindMark(text, bare => {
    const tree = readSettings(bare)
    const property = 'fault' in tree ? undefined : propertyOf(tree.root, key)
    return 'fault' in tree || !property ? bare : without(bare, tree.root, property)
  })
}

/** Works on the text behind a byte order mark, and puts the mark back. */
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
  const present = childrenOf(groups).some(element => ourHandlers(element, scripts).length > 0)
  return present ? text : append(text, root, groups, null, group)
}

/**
 * Adds a member at the end of an object or array.
 *
 * JSON gives no place for a mark of ours, so one byte tells later whose an emptied container was: in those we make, white
 * space follows the opening bracket; in one of the user's that was empty, our member follows the bracket directly.
 */
function append(text: string, root: Node, into: Node, key: string | null, value: unknown): string {
  const style = styleOf(text, root, into)
  const member = key === null ? style.write(value) : `${JSON.stringify(key)}: ${style.write(value)}`
  const open = into.offset + 1
  const close = into.offset + into.length - 1
  const last = childrenOf(into).at(-1)
  if (!last) {
    const isBareRoot = into === root && close === open
    return isBareRoot
      ? `${text.slice(0, open)}${style.newline}${style.indent}${member}${style.newline}${text.slice(open)}`
      : `${text.slice(0, open)}${member}${text.slice(open)}`
  }
  const end = last.offset + last.length
  const comma = commaAfter(text, end)
  // A comment on the last member's line speaks of that member, and stays with it.
  const at = endOfRemark(text, comma === undefined ? end : comma + 1)
  const gap = style.oneLine ? ' ' : `${style.newline}${style.indent}`
  const added = comma === undefined ? `${gap}${member}` : `${gap}${member},`
  return `${text.slice(0, end)}${comma === undefined ? ',' : ''}${text.slice(end, at)}${added}${text.slice(at)}`
}

/** How the user writes this container, so that what we add looks like the rest. */
function styleOf(text: string, root: Node, into: Node) {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const unit = indentBefore(text, childrenOf(root)[0]) ?? '  '
  const first = childrenOf(into)[0]
  const model = first ? into : root
  const oneLine = childrenOf(model).length > 0 && !/[\r\n]/.test(text.slice(model.offset, model.offset + model.length))
  const indent = indentBefore(text, first) ?? `${/^[ \t]*/.exec(lineOf(text, into.offset))![0]}${unit}`
  const write = (value: unknown) =>
    oneLine ? spacedJson(value) : JSON.stringify(value, null, unit).replaceAll('\n', `${newline}${indent}`)
  return { newline, indent, oneLine, write }
}

/** JSON on one line with a space after every bracket, comma and colon: `{ "a": [ 1 ] }`. */
function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[ ${value.map(spacedJson).join(', ')} ]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${spacedJson(item)}`)
  return `{ ${members.join(', ')} }`
}

const lineOf = (text: string, offset: number): string => text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)

/** The white space before a node that begins its line; undefined when something else stands before it. */
function indentBefore(text: string, node: Node | undefined): string | undefined {
  const before = node && lineOf(text, node.offset)
  return before !== undefined && /^[ \t]+$/.test(before) ? before : undefined
}

/** Takes out the last of our entries, so that entries go in the reverse order they came. Undefined when there is none. */
function withoutLastEntry(text: string, { root, hooks }: SettingsTree, scripts: string[], isOurs: IsOurs) {
  for (const event of [...childrenOf(hooks)].reverse()) {
    const [name, groups] = event.children as [Node, Node]
    const group = childrenOf(groups).findLast(element => isOurs(element, name.value))
    if (!hooks || !group) continue
    // It is ours by a handler in it.
    const handlers = memberOf(group, 'hooks') as Node
    const ours = ourHandlers(group, scripts)
    const mixed = childrenOf(handlers).length > ours.length
    if (mixed) return without(text, handlers, ours.at(-1) as Node)
    const rewritten = !isAsAppended(text, [group, handlers, ...ours])
    if (!madeByUs(text, groups, rewritten)) return without(text, groups, group)
    if (!madeByUs(text, hooks, rewritten)) return without(text, hooks, event)
    return without(text, root, propertyOf(root, 'hooks') as Node)
  }
  return undefined
}

/**
 * Whether a container would be empty without its one member, and is one that `append` made. In a file that was rewritten
 * since, the byte that tells is gone; then it is ours as well: an empty one says no more than none.
 */
const madeByUs = (text: string, container: Node, rewritten: boolean): boolean =>
  childrenOf(container).length === 1 && (rewritten || startsOpen(text, container))

/** Whether an entry of ours stands there as `append` writes it in any style: with white space behind every bracket. */
const isAsAppended = (text: string, nodes: Node[]): boolean => nodes.every(node => startsOpen(text, node))

const startsOpen = (text: string, { offset }: Node): boolean => /\s/.test(text[offset + 1]!)

/** Takes one member out of a container, with the white space and the comma that came with it. */
function without(text: string, container: Node, member: Node): string {
  const open = container.offset + 1
  const close = container.offset + container.length - 1
  const before = text.slice(open, member.offset)
  const end = member.offset + member.length
  const after = text.slice(end, close)
  if (childrenOf(container).length === 1 && before.trim() === '' && after.trim() === '') {
    return before === '' ? text.slice(0, open) + text.slice(end) : text.slice(0, open) + text.slice(close)
  }
  const start = member.offset - (/(?:\r?\n[ \t]*| )$/.exec(before)?.[0].length ?? 0)
  const following = commaAfter(text, end)
  if (following !== undefined) return text.slice(0, start) + text.slice(end, following) + text.slice(following + 1)
  const previous = childrenOf(container)[childrenOf(container).indexOf(member) - 1]
  const comma = previous && commaAfter(text, previous.offset + previous.length)
  if (comma === undefined) return text.slice(0, start) + text.slice(end)
  return text.slice(0, comma) + text.slice(comma + 1, start) + text.slice(end)
}
