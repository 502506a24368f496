import type { Node } from 'jsonc-parser'
import { prettyJson } from '../../text/pretty-json.ts'
import { childrenOf, commaAfter, endOfRemark } from './settings-tree.ts'

/**
 * Adds a member at the end of an object or array.
 *
 * JSON has no place for a mark, so one byte tells later who made a container: in one made here, white space follows the
 * opening bracket; in an empty one of the user's, the new member follows the bracket directly.
 */
export function append(text: string, root: Node, into: Node, key: string | null, value: unknown): string {
  const style = styleOf(text, root, into)
  const name = key === null ? '' : `${JSON.stringify(key)}: `
  const member = name + style.write(value, name.length)
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
  // A comment on the last member's line belongs to that member.
  const at = endOfRemark(text, comma === undefined ? end : comma + 1)
  const gap = style.oneLine ? ' ' : `${style.newline}${style.indent}`
  const added = comma === undefined ? `${gap}${member}` : `${gap}${member},`
  return `${text.slice(0, end)}${comma === undefined ? ',' : ''}${text.slice(end, at)}${added}${text.slice(at)}`
}

/** How the user writes this container, so that what is added looks like the rest. */
function styleOf(text: string, root: Node, into: Node) {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const unit = indentBefore(text, childrenOf(root)[0]) ?? '  '
  const first = childrenOf(into)[0]
  const model = first ? into : root
  const oneLine = childrenOf(model).length > 0 && !/[\r\n]/.test(text.slice(model.offset, model.offset + model.length))
  const indent = indentBefore(text, first) ?? `${/^[ \t]*/.exec(lineOf(text, into.offset))![0]}${unit}`
  const write = (value: unknown, key = 0) =>
    oneLine ? spacedJson(value) : prettyJson(value, unit, indent, key).replaceAll('\n', newline)
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

/** Removes one member from a container, with its white space and its comma. */
export function without(text: string, container: Node, member: Node): string {
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
