import { hookedEvent, isHooked } from '../../model/hooked-events.ts'
import { hookPath, hooksDir, settingsPath } from '../../model/paths.ts'
import type { DoctorFacts, RegisteredHook } from '../../model/setup/doctor-facts.ts'
import { hookEntries } from '../setup/settings/hook-entries.ts'
import { localTime } from '../text/local-time.ts'
import { compareVersions } from '../text/versions.ts'
import { type Check, type CheckGroup, fault, type Judged, ok, ownFix, skipped, warning } from './check.ts'
import { replacedGate } from './files.ts'
import { countersignHooks, counts, readLayers } from './layers.ts'

const project = (facts: DoctorFacts): RegisteredHook[] =>
  countersignHooks(readLayers(facts.layers)).filter(({ layer }) => layer === 'project')

const wanted = new Map(hookEntries.map(({ event, group }) => [event as string, group.matcher ?? null]))
const granted = (hook: RegisteredHook): number => hook.timeout ?? 600
const known = ({ event }: RegisteredHook): boolean => isHooked(event)

/** Judges the hooks in the project's settings; without any there is nothing to judge. */
const withHooks =
  (judge: (hooks: RegisteredHook[]) => Judged): Check['judge'] =>
  facts => {
    const hooks = project(facts)
    return hooks.length > 0 ? judge(hooks) : skipped
  }

const directoryName = (from: string): string => (from === '.' ? 'the root' : from)

const wayOut = ({ layer, path }: RegisteredHook): string =>
  layer === 'plugin'
    ? `Disable the plugin (/plugin) that has ${path}`
    : `Remove the entries of ${hookPath} from ${path}`

const checks: Check[] = [
  {
    id: 'hooks.registered',
    judge(facts) {
      const events = new Set(project(facts).map(({ event }) => event))
      if (events.size === 0 && !facts.manifest) return skipped
      const missing = [...wanted.keys()].filter(event => !events.has(event))
      if (missing.length === 0) return ok(`${wanted.size} hooks are registered`)
      return fault(`Hooks are missing in ${settingsPath}`, ownFix, missing)
    },
  },
  {
    id: 'hooks.once',
    judge(facts) {
      const hooks = countersignHooks(readLayers(facts.layers).filter(counts))
      const again = hooks.filter(hook => hooks.some(other => other !== hook && other.event === hook.event))
      if (hooks.length === 0) return skipped
      if (again.length === 0) return ok('each is registered once')
      const elsewhere = again.find(({ layer }) => layer !== 'project')
      return warning(
        'Hooks are registered more than once; one of them answers each event',
        elsewhere ? wayOut(elsewhere) : ownFix,
        again.map(({ event, path }) => `${event} in ${path}`),
      )
    },
  },
  {
    id: 'hooks.timeouts',
    judge: withHooks(hooks => {
      const other = hooks.flatMap(hook => {
        const meant = isHooked(hook.event) ? hookedEvent(hook.event).timeoutSeconds : granted(hook)
        return granted(hook) === meant ? [] : [{ event: hook.event, granted: granted(hook), meant }]
      })
      if (other.length === 0) return ok('their time limits are those of the gate')
      const details = other.map(({ event, granted, meant }) => `${event}: ${granted} s instead of ${meant} s`)
      return other.some(({ granted, meant }) => granted < meant)
        ? fault(
            'Claude Code would end hooks before they answer, and Claude would stop without a review',
            ownFix,
            details,
          )
        : warning('Hooks do not have the time limits of the gate', ownFix, details)
    }),
  },
  {
    id: 'hooks.form',
    judge: withHooks(hooks => {
      const hindered = hooks.filter(({ hinderedBy }) => hinderedBy.length > 0)
      if (hindered.length > 0)
        return fault(
          'Hooks have options that keep them from deciding anything',
          ownFix,
          hindered.map(({ event, hinderedBy }) => `${event}: ${hinderedBy.join(', ')}`),
        )
      const other = hooks.filter(hook => known(hook) && wanted.get(hook.event) !== hook.matcher)
      if (other.length === 0) return ok('they fire for the right tools')
      return warning(
        'Hooks do not fire for the right tools',
        ownFix,
        other.map(({ event, matcher }) => `${event}: ${matcher ?? 'any'} instead of ${wanted.get(event) ?? 'any'}`),
      )
    }),
  },
  {
    id: 'hooks.fire',
    judge(facts) {
      const { firings } = facts
      if (firings.length === 0) return skipped
      const silent = firings.filter(({ answer }) => !answer)
      const slowest = Math.max(...firings.map(({ seconds }) => seconds))
      const directories = [...new Set(firings.map(({ from }) => directoryName(from)))]
      if (silent.length === 0)
        return ok(
          `${firings.length / directories.length} hook commands answer from ${directories.join(' and ')}, in ${slowest.toFixed(1)} s at most`,
        )
      return fault(
        'Hook commands in settings.json do not answer',
        // What is there is not overwritten without a word: an upgrade asks.
        replacedGate(facts).length > 0 ? 'npx countersign upgrade' : ownFix,
        silent.map(({ event, from, problem }) => `${event} from ${directoryName(from)}: ${problem}`),
      )
    },
  },
  {
    id: 'hooks.version',
    judge({ firings, version }) {
      const found = [...new Set(firings.flatMap(({ answer }) => answer?.version ?? []))]
      const other = found.find(one => one !== version)
      if (!other) return found.length > 0 ? ok(`the gate is version ${version}`) : skipped
      return compareVersions(other, version) > 0
        ? warning(`The gate in ${hooksDir} is the newer version ${other}`, `npx countersign@${other} doctor`)
        : warning(`The gate in ${hooksDir} is version ${other}, and this is ${version}`, 'npx countersign upgrade')
    },
  },
  {
    id: 'hooks.last-fired',
    judge({ ledger, root, manifest, firings }) {
      if (ledger.lastFired) return ok(`last fired ${localTime(ledger.lastFired)}`)
      if (!manifest && firings.length === 0) return skipped
      return warning(
        'No hook has fired in this working tree yet',
        `Start claude in ${root}; a rehearsal fires hooks in a copy only`,
      )
    },
  },
]

export const hooks: CheckGroup = { name: 'Hooks', checks }
