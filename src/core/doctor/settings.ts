import { isHooked } from '../../model/hooked-events.ts'
import { settingsPath } from '../../model/paths.ts'
import { relativePath } from '../text/relative-path.ts'
import { type Check, type CheckGroup, fault, ok, skipped, warning } from './check.ts'
import { type ReadLayer, readLayers, settingsEnv, strongest } from './layers.ts'

/** @param what The files, as a phrase. */
const readable = (what: string, which: (layer: ReadLayer) => boolean): Check['judge'] => {
  return facts => {
    const ignored = readLayers(facts.layers)
      .filter(which)
      .flatMap(layer => layer.ignored.map(place => ({ ...place, path: layer.path })))
    const [first] = ignored
    if (!first) return ok(`Claude Code reads ${what}`)
    const says = ignored.some(({ drops }) => drops === 'file')
      ? 'Claude Code silently ignores the whole file'
      : 'Claude Code silently ignores a hook entry'
    const isOurs = ignored.some(
      ({ drops, says }) => drops === 'file' || isHooked(/^`hooks\.(\w+)`/.exec(says)?.[1] ?? ''),
    )
    return (isOurs ? fault : warning)(
      says,
      `Fix ${first.path}:${first.line}:${first.column}`,
      ignored.map(place => `${place.path}:${place.line}:${place.column}: ${place.says}`),
    )
  }
}

const checks: Check[] = [
  {
    id: 'settings.place',
    judge({ cwd, root }) {
      if (cwd === root) return ok('this is the directory to start claude in')
      return warning(
        `You are in ${relativePath(root, cwd)}, but Claude Code reads ${settingsPath} only from the directory it is started in`,
        `cd ${root}`,
      )
    },
  },
  {
    id: 'settings.project',
    judge: facts =>
      facts.layers.some(({ layer }) => layer === 'project')
        ? readable(`all of ${settingsPath}`, ({ layer }) => layer === 'project')(facts)
        : skipped,
  },
  {
    id: 'settings.others',
    judge: facts => {
      const judged = readable('all of the other settings files', ({ layer }) => layer !== 'project')(facts)
      // The project cannot fix these, and its hooks fire all the same.
      return judged.mark === 'fault' ? { ...judged, mark: 'warning' } : judged
    },
  },
  {
    id: 'settings.hooks-on',
    judge({ layers }) {
      const read = readLayers(layers)
      const managed = strongest(
        read.filter(({ layer }) => layer === 'managed'),
        'allowManagedHooksOnly',
      )
      if (managed?.value === true)
        return fault(
          'Your organisation allows only its own hooks (allowManagedHooksOnly)',
          `Ask whoever manages ${managed.layer.path}`,
        )
      const disabled = strongest(read, 'disableAllHooks')
      if (disabled?.value !== true) return ok('no settings file switches the hooks off')
      return fault(
        `All hooks are switched off in ${disabled.layer.path}`,
        `Remove "disableAllHooks" from ${disabled.layer.path}`,
      )
    },
  },
  {
    id: 'settings.gate-on',
    judge({ layers, offInEnvironment }) {
      const read = readLayers(layers)
      const env = settingsEnv(read)
      const name = env.COUNTERSIGN === '0' ? 'COUNTERSIGN' : env.COUNTERSIGN_NESTED ? 'COUNTERSIGN_NESTED' : null
      const where = read.find(({ value }) => name !== null && name in ((value.env as object | undefined) ?? {}))
      if (name && where)
        return fault(
          `The gate is switched off for every session: ${name} in ${where.path}`,
          `Remove "${name}" from ${where.path}`,
        )
      return offInEnvironment
        ? warning('The gate is switched off in this terminal: COUNTERSIGN is 0', 'unset COUNTERSIGN COUNTERSIGN_NESTED')
        : ok('no variable switches the gate off')
    },
  },
]

export const settings: CheckGroup = { name: 'Settings', checks }
