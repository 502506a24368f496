import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { SettingsFault } from '../../model/file-problem.ts'
import { childrenOf, memberOf, settingsFault } from '../setup/settings/settings-tree.ts'

/** `drops`: how much of the file Claude Code then passes over, without a word in `claude -p`. */
export type IgnoredPlace = SettingsFault & { drops: 'file' | 'entry'; says: string }

/**
 * The places for which Claude Code silently ignores a settings file, or an entry in it. The file must begin without a
 * byte order mark.
 * @see https://code.claude.com/docs/en/settings
 */
export function ignoredPlaces(text: string): IgnoredPlace[] {
  const errors: ParseError[] = []
  // There is no root only where there is an error.
  const root = parseTree(text, errors, { disallowComments: true }) as Node
  const [error] = errors
  if (error) {
    const what = printParseErrorCode(error.error)
    return [ignoredAt(text, error, 'file', syntax[what] ?? 'this is not valid JSON', what)]
  }
  if (root.type !== 'object') return [ignoredAt(text, root, 'file', 'the file must contain one JSON object')]
  return [...wrongTypes(text, root), ...wrongHooks(text, root)]
}

const syntax: Record<string, string> = {
  InvalidCommentToken: 'a comment is not allowed here',
  PropertyNameExpected: 'a comma has nothing after it, or a key has no double quotes',
  ValueExpected: 'a comma has nothing after it, or a value is missing',
  CommaExpected: 'a comma is missing',
}

type Rule = { path: string[]; wants: string; is: (node: Node) => boolean }

const modes = ['default', 'acceptEdits', 'plan', 'auto', 'dontAsk', 'bypassPermissions', 'manual']
const listOfText = (node: Node) => node.type === 'array' && childrenOf(node).every(({ type }) => type === 'string')

const typed = (path: string, type: Node['type'], wants: string): Rule => ({
  path: path.split('.'),
  wants,
  is: node => node.type === type,
})

/** Keys whose value, when it is of another type, makes Claude Code ignore the whole file; seen with 2.1.330. */
const rules: Rule[] = [
  ...['model', 'outputStyle', 'apiKeyHelper'].map(key => typed(key, 'string', 'a string')),
  ...['disableAllHooks', 'includeCoAuthoredBy'].map(key => typed(key, 'boolean', 'true or false')),
  typed('cleanupPeriodDays', 'number', 'a number'),
  ...['env', 'permissions', 'statusLine', 'hooks'].map(key => typed(key, 'object', 'an object')),
  ...['allow', 'ask', 'deny', 'additionalDirectories'].map(key => typed(`permissions.${key}`, 'array', 'a list')),
  {
    path: ['permissions', 'defaultMode'],
    wants: `one of ${modes.join(', ')}`,
    is: ({ value }) => modes.includes(value),
  },
]

function wrongTypes(text: string, root: Node): IgnoredPlace[] {
  return rules.flatMap(({ path, wants, is }) => {
    const node = path.reduce<Node | undefined>(
      (from, key) => (from?.type === 'object' ? memberOf(from, key) : undefined),
      root,
    )
    return node && !is(node) ? [ignoredAt(text, node, 'file', `\`${path.join('.')}\` must be ${wants}`)] : []
  })
}

/** What may guard the permissions takes the whole file with it when it is malformed. */
const guarding = ['PreToolUse', 'PermissionRequest']

function wrongHooks(text: string, root: Node): IgnoredPlace[] {
  const hooks = memberOf(root, 'hooks')
  if (hooks?.type !== 'object') return []
  return childrenOf(hooks).flatMap(property => {
    const [key, groups] = property.children as [Node, Node]
    const drops = guarding.includes(key.value) ? 'file' : 'entry'
    if (groups.type !== 'array') return [ignoredAt(text, groups, drops, `\`hooks.${key.value}\` must be a list`)]
    return childrenOf(groups).flatMap(group =>
      malformed(group).map(({ node, says }) => ignoredAt(text, node, drops, `\`hooks.${key.value}\`: ${says}`)),
    )
  })
}

type NodeFault = { node: Node; says: string }

function malformed(group: Node): NodeFault[] {
  if (group.type !== 'object') return [{ node: group, says: 'an entry must be an object' }]
  const matcher = memberOf(group, 'matcher')
  const handlers = memberOf(group, 'hooks')
  if (matcher && matcher.type !== 'string') return [{ node: matcher, says: '`matcher` must be a string' }]
  if (handlers?.type !== 'array') return [{ node: handlers ?? group, says: '`hooks` must be a list' }]
  return childrenOf(handlers).flatMap(handlerFault)
}

const needs: Record<string, string[]> = {
  command: ['command'],
  prompt: ['prompt'],
  agent: ['prompt'],
  http: ['url'],
  mcp_tool: ['server', 'tool'],
}

function handlerFault(handler: Node): NodeFault[] {
  if (handler.type !== 'object') return [{ node: handler, says: 'a hook must be an object' }]
  const type = memberOf(handler, 'type')
  const wanted = needs[type?.value]
  if (!wanted) return [{ node: type ?? handler, says: `\`type\` must be one of ${Object.keys(needs).join(', ')}` }]
  const missing = wanted.find(key => memberOf(handler, key)?.type !== 'string')
  if (missing) return [{ node: memberOf(handler, missing) ?? handler, says: `\`${missing}\` must be a string` }]
  const timeout = memberOf(handler, 'timeout')
  if (timeout && !(typeof timeout.value === 'number' && timeout.value > 0))
    return [{ node: timeout, says: '`timeout` must be a number of seconds above 0' }]
  const args = memberOf(handler, 'args')
  return args && !listOfText(args) ? [{ node: args, says: '`args` must be a list of strings' }] : []
}

function ignoredAt(
  text: string,
  { offset }: { offset: number },
  drops: IgnoredPlace['drops'],
  says: string,
  what = 'WrongType',
): IgnoredPlace {
  return { ...settingsFault(text, offset, what), drops, says }
}
