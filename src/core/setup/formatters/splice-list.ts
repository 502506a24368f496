import { getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser'
import { append, without } from '../settings/json-members.ts'
import { behindMark } from '../settings/settings.ts'
import { childrenOf, memberOf } from '../settings/settings-tree.ts'

type List = { at: string[]; seed: string[] }

/**
 * Adds items to a list in a JSON file of somebody else's, formatted as the tools that read such files format them.
 *
 * @returns Null where that cannot be done: it is not JSON, or something else is in the list's place.
 */
export function addToList(text: string, { at, seed }: List, items: string[]): string | null {
  let fits = true
  const result = behindMark(text, bare => {
    const root = rootOf(bare)
    const { node, rest } = find(root, at)
    fits = root !== undefined && (rest.length > 0 ? node?.type === 'object' : node?.type === 'array')
    if (!fits || !root || !node) return bare
    const [key, ...deeper] = rest
    if (key === undefined) return withItems(bare, at, items)
    const value = deeper.reduceRight<unknown>((inner, name) => ({ [name]: inner }), [...seed, ...items])
    return append(bare, root, node, key, value)
  })
  return fits ? result : null
}

/** Removes items from such a list; the same text where none of them is in it. */
export const removeFromList = (text: string, { at }: Pick<List, 'at'>, items: string[]): string =>
  behindMark(text, bare => {
    let result = bare
    for (;;) {
      const { node: list, rest } = find(rootOf(result), at)
      const item = rest.length === 0 ? childrenOf(list).findLast(({ value }) => items.includes(value)) : undefined
      if (!list || !item) return result
      result = without(result, list, item)
    }
  })

/** The items of a list; null where there is no such list. */
export function listIn(text: string, at: string[]): unknown[] | null {
  const { node, rest } = find(rootOf(text.replace(/^\uFEFF/, '')), at)
  return node?.type === 'array' && rest.length === 0 ? getNodeValue(node) : null
}

function rootOf(text: string): Node | undefined {
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true })
  return errors.length === 0 && root?.type === 'object' ? root : undefined
}

/** How far down a path there is something, and the names that are left. */
function find(root: Node | undefined, at: string[]): { node: Node | undefined; rest: string[] } {
  const [key, ...rest] = at
  const next = key === undefined || root?.type !== 'object' ? undefined : memberOf(root, key)
  return next ? find(next, rest) : { node: root, rest: at }
}

function withItems(text: string, at: string[], items: string[]): string {
  let result = text
  for (const item of items) {
    const root = rootOf(result) as Node
    const list = find(root, at).node as Node
    if (!childrenOf(list).some(({ value }) => value === item)) result = append(result, root, list, null, item)
  }
  return inLine(result, find(rootOf(result), at).node as Node)
}

/** A list that has become too long for its line is written over several. */
function inLine(text: string, list: Node): string {
  const [from, to] = [list.offset, list.offset + list.length]
  const start = text.lastIndexOf('\n', from - 1) + 1
  const line = text.slice(start, text.indexOf('\n', to) < 0 ? text.length : text.indexOf('\n', to)).trimEnd()
  const written = text.slice(from, to)
  if (written.includes('\n') || line.replaceAll('\t', '  ').length <= 80) return text
  const indent = /^[ \t]*/.exec(line)![0]
  const unit = indent.includes('\t') ? '\t' : '  '
  const items = childrenOf(list).map(({ offset, length }) => `\n${indent}${unit}${text.slice(offset, offset + length)}`)
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  return text.slice(0, from) + `[${items.join(',')}\n${indent}]`.replaceAll('\n', newline) + text.slice(to)
}
