import { type HookedEvent, hookedEvent, hookedEvents } from '../../model/hooked-events.ts'
import { hookPath } from '../../model/paths.ts'
import type { LayerText } from '../../model/setup/doctor-facts.ts'
import { isSteering } from '../../model/steering-variables.ts'

type Json = Record<string, unknown>
type Read = LayerText & { value: Json }

const script = hookPath.slice(hookPath.lastIndexOf('/') + 1)

/**
 * What switches the gate off in these settings files, keeps one of its hooks from deciding, steers what they run, or can speak
 * in the user's place: a phrase each. A file that is
 * no JSON is ignored by Claude Code, and with it our entries.
 *
 * @param files The strongest first; hooks of plugins last.
 */
export function whatIsOff(files: LayerText[]): string[] {
  const read = files.map(file => ({ ...file, value: json(file.text) }))
  const settings = read.filter(({ layer }) => layer !== 'plugin')
  return [...switches(settings), ...variables(settings), ...steering(settings), ...missing(read), ...answerers(files)]
}

/**
 * Hooks of others that can answer a question in the user's place, a phrase each: nobody can tell their answer from one that
 * the user has ticked.
 */
export const answerers = (files: LayerText[]): string[] =>
  files.flatMap(file => {
    const hooks = object(json(file.text).hooks)
    return answering
      .filter(event => list(hooks[event]).some(group => canAnswer(object(group))))
      .map(event => `a ${event} hook for AskUserQuestion in ${file.path}`)
  })

/**
 * Hooks of others that can put words into the user's mouth when a session begins (`initialUserMessage`), a phrase each.
 */
export const openers = (files: LayerText[]): string[] =>
  files.flatMap(({ path, text }) => {
    const groups = list(object(json(text).hooks).SessionStart).map(object)
    return groups.some(({ hooks }) => list(hooks).some(hook => !isOurs(object(hook))))
      ? [`a SessionStart hook in ${path}`]
      : []
  })

const answering = ['PermissionRequest', 'PreToolUse']

const canAnswer = ({ matcher, hooks }: Json): boolean =>
  fires(matcher) && list(hooks).some(hook => !isOurs(object(hook)))

function fires(matcher: unknown): boolean {
  if (typeof matcher !== 'string' || matcher === '' || matcher === '*') return true
  // Too long to be run as a pattern, or none: nobody can say.
  if (matcher.length > 200) return true
  try {
    return new RegExp(`^(?:${matcher})$`).test(questionTool)
  } catch {
    return true
  }
}

const questionTool = 'AskUserQuestion'

/** In a settings file these steer the gate, too: where it looks, and where it writes. */
const alsoSteering = /^(?:TMPDIR|(?:XDG|COUNTERSIGN)_\w+|CLAUDE_PROJECT_DIR)$/i

const steering = (settings: Read[]): string[] =>
  settings.flatMap(({ path, value }) =>
    Object.entries(object(value.env))
      .filter(([name]) => (isSteering(name) || alsoSteering.test(name)) && !ownVariables.includes(name))
      .map(([name, set]) => `${name}=${String(set).slice(0, 100)} in ${path}`),
  )

/** These switch the gate off, as `variables` says. */
const ownVariables = ['COUNTERSIGN', 'COUNTERSIGN_NESTED']

function switches(settings: Read[]): string[] {
  const managed = settings.filter(({ layer }) => layer === 'managed')
  const all = strongest(settings, 'disableAllHooks')
  const others = strongest(managed, 'allowManagedHooksOnly')
  return [
    ...(all?.value.disableAllHooks === true ? [`"disableAllHooks" in ${all.path}`] : []),
    ...(others?.value.allowManagedHooksOnly === true ? [`"allowManagedHooksOnly" in ${others.path}`] : []),
  ]
}

const strongest = (settings: Read[], key: string): Read | undefined =>
  settings.find(({ value }) => value[key] !== undefined)

function variables(settings: Read[]): string[] {
  const setBy = (name: string) => settings.find(({ value }) => name in object(value.env))
  const [off, nested] = [setBy('COUNTERSIGN'), setBy('COUNTERSIGN_NESTED')]
  return [
    ...(off && String(object(off.value.env).COUNTERSIGN) === '0' ? [`COUNTERSIGN=0 in ${off.path}`] : []),
    ...(nested && object(nested.value.env).COUNTERSIGN_NESTED ? [`COUNTERSIGN_NESTED in ${nested.path}`] : []),
  ]
}

const missing = (read: Read[]): string[] =>
  (Object.keys(hookedEvents) as HookedEvent[])
    .filter(
      event => !read.some(({ value }) => list(object(value.hooks)[event]).some(group => isWhole(event, object(group)))),
    )
    .map(event => `no ${event} hook that works`)

function isWhole(event: HookedEvent, { matcher, hooks }: Json): boolean {
  const { matcher: wanted, timeoutSeconds } = hookedEvent(event)
  const fires = !matcher || matcher === '*' || matcher === wanted
  return fires && list(hooks).some(one => decides(object(one), timeoutSeconds))
}

/** 600 seconds is what Claude Code gives a hook that says nothing. */
const decides = (handler: Json, timeoutSeconds: number): boolean =>
  isOurs(handler) &&
  !['if', 'async', 'asyncRewake'].some(key => handler[key]) &&
  Number(handler.timeout ?? 600) >= timeoutSeconds

const isOurs = ({ command, args }: Json): boolean =>
  [command, ...list(args)].some(part => typeof part === 'string' && part.includes(script))

function json(text: string): Json {
  try {
    return object(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch {
    return {}
  }
}

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
