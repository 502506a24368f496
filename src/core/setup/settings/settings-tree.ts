import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { SettingsFault } from '../../../model/file-problem.ts'
import { isHooked } from '../../../model/hooked-events.ts'

/** The places in settings.json that matter here, by offset. */
export type SettingsTree = { root: Node; hooks: Node | undefined }

/**
 * Finds the places; offsets are into `text`, which must not begin with a byte order mark.
 *
 * jsonc-parser is used for offsets alone: its own edits reformat neighbours and drop comments.
 * @see https://github.com/microsoft/node-jsonc-parser/issues/125
 */
export function readSettings(text: string): SettingsTree | { fault: SettingsFault } {
  const errors: ParseError[] = []
  // There is no root only where there is an error.
  const root = parseTree(text, errors, { allowTrailingComma: true }) as Node
  const [error] = errors
  if (error) return faultAt(text, error.offset, printParseErrorCode(error.error))
  if (root.type !== 'object') return faultAt(text, root.offset, 'RootNotObject')
  const doubled = duplicate(root)
  if (doubled) return faultAt(text, doubled.offset, 'DuplicateKey')
  const hooks = memberOf(root, 'hooks')
  if (!hooks) return { root, hooks }
  if (hooks.type !== 'object') return faultAt(text, hooks.offset, 'HooksNotObject')
  const twice = duplicate(hooks)
  if (twice) return faultAt(text, twice.offset, 'DuplicateKey')
  // Of another tool's events Claude Code runs what it can, and nothing of Countersign's goes there.
  const wrong = childrenOf(hooks).find(
    property => valueNode(property).type !== 'array' && isHooked(String(keyOf(property))),
  )
  if (wrong) return faultAt(text, valueNode(wrong).offset, 'EventNotArray')
  return { root, hooks }
}

/** Events of another tool's that hold no list of hooks, as paths. */
export function foreignEvents(text: string): string[] {
  const tree = readSettings(text.replace(/^\uFEFF/, '') || '{}')
  if ('fault' in tree) return []
  const others = childrenOf(tree.hooks).filter(property => valueNode(property).type !== 'array')
  return others.map(property => `hooks.${keyOf(property)}`)
}

/** The members of an object or array; none where there is no such node. */
export const childrenOf = (node: Node | undefined): Node[] => node?.children ?? []

/** The value of a property: without one, the text is not JSON. */
export const valueNode = (property: Node): Node => property.children![1]!
const keyOf = (property: Node): unknown => property.children![0]!.value

export const memberOf = (object: Node, key: string): Node | undefined => childrenOf(propertyOf(object, key))[1]

export const propertyOf = (object: Node, key: string): Node | undefined =>
  childrenOf(object).find(property => keyOf(property) === key)

/** The handlers of one element of an event's array that run one of these scripts. */
export function countersignHandlers(group: Node, scripts: readonly string[]): Node[] {
  const handlers = group.type === 'object' ? memberOf(group, 'hooks') : undefined
  if (handlers?.type !== 'array') return []
  return childrenOf(handlers).filter(handler => {
    const args = handler.type === 'object' ? memberOf(handler, 'args') : undefined
    return args?.type === 'array' && childrenOf(args).some(arg => scripts.includes(arg.value))
  })
}

/** Offset of the comma that follows with only white space and comments before it; undefined when something else does. */
export function commaAfter(text: string, offset: number): number | undefined {
  const comma = tokensFrom(text, offset).find(({ token }) => !isTrivia(token))
  return comma!.token === ',' ? comma!.at : undefined
}

/** Offset behind the last comment that begins on the line of `offset`; `offset` itself when there is none. */
export function endOfRemark(text: string, offset: number): number {
  let end = offset
  for (const { token, at } of tokensFrom(text, offset)) {
    if (!isTrivia(token) || /[\r\n]/.test(token)) break
    if (token.startsWith('/')) end = at + token.length
  }
  return end
}

const isTrivia = (token: string): boolean => /^(\s|\/\/|\/\*)/.test(token)

/** The tokens from an offset up to the first that is neither white space nor a comment, and that one. */
function tokensFrom(text: string, offset: number): { token: string; at: number }[] {
  const scanner = createScanner(text)
  scanner.setPosition(offset)
  const tokens = []
  for (;;) {
    scanner.scan()
    const at = scanner.getTokenOffset()
    const token = text.slice(at, at + scanner.getTokenLength())
    tokens.push({ token, at })
    if (!isTrivia(token)) return tokens
  }
}

/** Keys given twice: the last one wins silently, so that a splice might change the one that counts for nothing. */
function duplicate(object: Node): Node | undefined {
  const seen = new Set<unknown>()
  return childrenOf(object).find(property => seen.has(keyOf(property)) || !seen.add(keyOf(property)))
}

const faultAt = (text: string, offset: number, what: string) => ({ fault: settingsFault(text, offset, what) })

/** Line and column of an offset, both from 1. */
export function settingsFault(text: string, offset: number, what: string): SettingsFault {
  const before = text.slice(0, offset).split(/\r\n|[\r\n]/)
  return { line: before.length, column: before.at(-1)!.length + 1, what }
}
