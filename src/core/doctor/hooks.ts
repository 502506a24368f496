import { hookedEvent, isHooked } from '../../model/hooked-events.ts'
import { hookPath, settingsPath } from '../../model/paths.ts'
import type { RegisteredHook, SetupFacts } from '../../model/setup/setup-facts.ts'
import { hookEntries } from '../setup/hook-entries.ts'
import { compareVersions } from '../text/versions.ts'
import { type Check, type CheckGroup, fault, ok, ownFix, skipped, warning } from './check.ts'
import { replacedGate } from './files.ts'
import { counts, ourHooks, readLayers } from './layers.ts'

const project = (facts: SetupFacts): RegisteredHook[] =>
  ourHooks(readLayers(facts.layers)).filter(({ layer }) => layer === 'project')

const wanted = new Map(hookEntries.map(({ event, group }) => [event as string, group.matcher ?? null]))
const granted = (hook: RegisteredHook): number => hook.timeout ?? 600
const known = ({ event }: RegisteredHook): boolean => isHooked(event)

const placeName = (from: string): string => (from === '.' ? 'the root' : from)

const checks: Check[] = [
  {
    id: 'hooks.registered',
    judge(facts) {
      const events = new Set(project(facts).map(({ event }) => event))
      if (events.size === 0 && !facts.manifest) return skipped
      const missing = [...wanted.keys()].filter(event => !events.has(event))
      if (missing.length === 0) return ok(`${wanted.size} hooks are registered`)
      return fault(`Hooks are not registered in ${settingsPath}`, ownFix, missing)
    },
  },
  {
    id: 'hooks.once',
    judge(facts) {
      const hooks = ourHooks(readLayers(facts.layers).filter(counts))
      const again = hooks.filter((hook, index) => hooks.findIndex(({ event }) => event === hook.event) < index)
      if (again.length === 0) return ok('each is registered once')
      const elsewhere = again.find(({ layer }) => layer !== 'project') ?? hooks.find(({ layer }) => layer !== 'project')
      return warning(
        'Hooks are registered more than once, and may run twice for one event',
        elsewhere ? `Take the entries of ${hookPath} out of ${elsewhere.path}` : ownFix,
        again.map(({ event, path }) => `${event} in ${path}`),
      )
    },
  },
  {
    id: 'hooks.timeouts',
    judge(facts) {
      const other = project(facts).flatMap(hook => {
        const meant = isHooked(hook.event) ? hookedEvent(hook.event).timeoutSeconds : granted(hook)
        return granted(hook) === meant ? [] : [{ event: hook.event, granted: granted(hook), meant }]
      })
      if (other.length === 0) return ok('their time limits are the ones the gate keeps to')
      const details = other.map(({ event, granted, meant }) => `${event}: ${granted} s instead of ${meant} s`)
      return other.some(({ granted, meant }) => granted < meant)
        ? fault('Claude Code would end hooks before they have answered, and let the stop through', ownFix, details)
        : warning('Hooks have other time limits than the gate keeps to', ownFix, details)
    },
  },
  {
    id: 'hooks.form',
    judge(facts) {
      const hooks = project(facts)
      const hindered = hooks.filter(({ hinderedBy }) => hinderedBy.length > 0)
      if (hindered.length > 0)
        return fault(
          'Hooks are registered in a way that keeps them from deciding anything',
          ownFix,
          hindered.map(({ event, hinderedBy }) => `${event}: ${hinderedBy.join(', ')}`),
        )
      const other = hooks.filter(hook => known(hook) && wanted.get(hook.event) !== hook.matcher)
      if (other.length === 0) return ok('they fire for the tools they are meant for')
      return warning(
        'Hooks fire for other tools than they are meant for',
        ownFix,
        other.map(({ event, matcher }) => `${event}: ${matcher ?? 'any'} instead of ${wanted.get(event) ?? 'any'}`),
      )
    },
  },
  {
    id: 'hooks.fire',
    judge(facts) {
      const { firings } = facts
      if (firings.length === 0) return skipped
      const failed = firings.filter(({ answer }) => !answer)
      const slowest = Math.max(...firings.map(({ seconds }) => seconds))
      const places = [...new Set(firings.map(({ from }) => placeName(from)))]
      if (failed.length === 0)
        return ok(
          `${firings.length / places.length} hook commands answer from ${places.join(' and ')}, in ${slowest.toFixed(1)} s at most`,
        )
      return fault(
        'Hook commands do not answer when they are run as settings.json has them',
        // What is there is not written over without a word: an upgrade asks.
        replacedGate(facts).length > 0 ? 'npx countersign upgrade' : ownFix,
        failed.map(({ event, from, problem }) => `${event} from ${placeName(from)}: ${problem}`),
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
        ? warning(`The gate in .claude/hooks is the newer version ${other}`, `npx countersign@${other} doctor`)
        : warning(`The gate in .claude/hooks is version ${other}, this is ${version}`, 'npx countersign upgrade')
    },
  },
  {
    id: 'hooks.last-fired',
    judge({ ledger, root }) {
      if (ledger.lastFired) return ok(`last fired ${ledger.lastFired}`)
      return warning(
        'No hook has fired in this working tree yet',
        `Start claude in ${root}, or rehearse: npx countersign rehearse`,
      )
    },
  },
]

export const hooks: CheckGroup = { name: 'Hooks', checks }
