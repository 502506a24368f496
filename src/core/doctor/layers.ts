import { getNodeValue, type Node, parseTree } from 'jsonc-parser'
import { hookPath } from '../../model/paths.ts'
import { type Layer, type LayerText, layers, type RegisteredHook } from '../../model/setup/doctor-facts.ts'
import { type IgnoredPlace, ignoredPlaces } from './ignored-places.ts'

type Json = Record<string, unknown>

/** A settings file, read as leniently as can be; `ignored` says where Claude Code is less lenient. */
export type ReadLayer = LayerText & { value: Json; ignored: IgnoredPlace[] }

/** Reads the files, the strongest first. */
export function readLayers(texts: LayerText[]): ReadLayer[] {
  return texts
    .map(layer => {
      const text = layer.text.replace(/^\uFEFF/, '')
      const root: Node | undefined = parseTree(text, [], { allowTrailingComma: true })
      // Hooks of a plugin are no settings file, and are taken or not by other rules.
      const ignored = layer.layer === 'plugin' ? [] : ignoredPlaces(text)
      return { ...layer, value: object(root && getNodeValue(root)), ignored }
    })
    .sort((a, b) => layers.indexOf(a.layer) - layers.indexOf(b.layer))
}

/** Whether Claude Code takes the file at all. */
export const counts = ({ ignored }: ReadLayer): boolean => ignored.every(({ drops }) => drops !== 'file')

const isSettings = (layer: ReadLayer): boolean => counts(layer) && layer.layer !== 'plugin'

/** The strongest layer that gives a key a value, and the value. */
export function strongest(read: ReadLayer[], key: string): { layer: ReadLayer; value: unknown } | null {
  const layer = read.filter(isSettings).find(({ value }) => value[key] !== undefined)
  return layer ? { layer, value: layer.value[key] } : null
}

/** Variables that the settings add to the environment of every hook. */
export function settingsEnv(read: ReadLayer[]): Record<string, string> {
  const all = [...read].reverse().filter(isSettings)
  return Object.assign({}, ...all.map(({ value }) => textsOf(object(value.env))))
}

/** The settings file that gives hooks their PATH; null where none does. */
export const pathSetBy = (read: ReadLayer[]): string | null =>
  read.filter(isSettings).find(({ value }) => typeof object(value.env).PATH === 'string')?.path ?? null

/** Whether a plugin, `name@marketplace`, is switched on: nobody has switched it off, or a stronger file has it on again. */
export function isPluginOn(read: ReadLayer[], name: string): boolean {
  const said = read.filter(isSettings).map(({ value }) => object(value.enabledPlugins)[name])
  return said.find(one => one !== undefined) !== false
}

/** Countersign's hook commands in any of the files: in the form `init` writes, or as a shell line that names the script. */
export function countersignHooks(read: ReadLayer[]): RegisteredHook[] {
  return read.flatMap(({ layer, path, value }) =>
    Object.entries(object(value.hooks)).flatMap(([event, groups]) =>
      list(groups).flatMap(group =>
        list(object(group).hooks)
          .map(object)
          .filter(handler => isCountersign(handler, layer))
          .map(handler => ({
            layer,
            path,
            event,
            matcher: text(object(group).matcher),
            command: text(handler.command) ?? '',
            args: Array.isArray(handler.args) ? handler.args.map(String) : null,
            timeout: typeof handler.timeout === 'number' ? handler.timeout : null,
            hinderedBy: ['if', 'async', 'asyncRewake'].filter(key => handler[key]),
          })),
      ),
    ),
  )
}

const isCountersign = (handler: Json, layer: Layer): boolean => {
  // A plugin has the script wherever it likes.
  const script = layer === 'plugin' ? basename(hookPath) : hookPath
  const parts = [handler.command, ...list(handler.args)]
  return handler.type === 'command' && parts.some(part => typeof part === 'string' && part.includes(script))
}

const basename = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const textsOf = (value: Json): Record<string, string> =>
  Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) =>
      one === null || typeof one === 'object' ? [] : [[key, String(one)]],
    ),
  )
