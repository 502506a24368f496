import type { Config } from '../../model/config.ts'

/**
 * What a change of the configuration does, a phrase for each value: `tests.unit.command: "npm test" → "true"`.
 *
 * @returns Empty where both say the same.
 */
export function configDifference(before: Config, after: Config): string[] {
  const [old, now] = [flat(before), flat(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap(path => {
    const [was, is] = [old.get(path), now.get(path)]
    if (was === is) return []
    const says = was === undefined ? `+ ${is}` : is === undefined ? `− ${was}` : `${was} → ${is}`
    return [`${path.split('\0', 1)[0]}: ${says}`]
  })
}

/** Every value by its path; of a list, each of its texts, and what has a name by that. */
function flat(value: unknown, path = ''): Map<string, string> {
  if (Array.isArray(value))
    return join(value.map(one => (hasName(one) ? flat(one, `${path}.${one.name}`) : listed(path, one))))
  if (typeof value === 'object' && value !== null)
    return join(Object.entries(value).map(([key, one]) => flat(one, path === '' ? key : `${path}.${key}`)))
  return new Map([[path, JSON.stringify(value)]])
}

const hasName = (one: unknown): one is { name: string } =>
  typeof one === 'object' && one !== null && typeof (one as { name?: unknown }).name === 'string'

/** Where it stands in the list is no matter. */
const listed = (path: string, one: unknown) => new Map([[`${path}\0${JSON.stringify(one)}`, JSON.stringify(one)]])

const join = (maps: Map<string, string>[]): Map<string, string> => new Map(maps.flatMap(map => [...map]))
