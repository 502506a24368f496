import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { relative, resolve, sep } from 'node:path'
import { type Facts, inTheCourseOf } from '../core/cycle/facts.ts'
import { longestPath } from '../core/cycle/gate-files.ts'
import { changedNested, ledgerSide } from '../core/cycle/not-covered.ts'
import type { Run, State } from '../core/ledger/state.ts'
import { foreign } from '../core/text/foreign-text.ts'
import type { Config } from '../model/config.ts'
import type { HookEvent } from '../model/hook-event.ts'
import type { Happening } from '../model/ledger/ledger-entry.ts'
import type { Setup } from '../model/repository.ts'
import { otherTree } from '../shell/files/other-tree.ts'
import { realPlace } from '../shell/files/real-place.ts'
import { nestedRepositories } from '../shell/git/nested.ts'
import { findProgram } from '../shell/processes/find-program.ts'
import { startedAt } from '../shell/processes/process-start.ts'
import { besideTree } from '../shell/state/beside/beside-tree.ts'
import { hiddenFiles } from '../shell/state/hidden-files.ts'
import { isAlive } from '../shell/state/lock.ts'
import { inTurn, othersInTurn } from '../shell/state/turns.ts'
import { fenceMark } from './fence-mark.ts'
import { checkedInTree } from './frozen-tree.ts'
import { answerersNow, openersNow, settingsOff } from './settings-seen.ts'
import type { Sight } from './sight.ts'
import { firedBy, schedulesInFiles, surroundings } from './surroundings.ts'

/** Where the facts of one event come from. */
export type Source = {
  event: HookEvent
  setup: Setup
  /** @throws {ConfigUnreadable} */
  config: () => Config
  sight: Sight
}

/**
 * Returns a function that has the facts of one event at any of its steps, given the state and what the event has written so
 * far. What costs a look at the disk or a process is looked up when a decision reads it.
 */
export function factsOf({ event, setup, config, sight }: Source): (state: State, done: Happening[]) => Facts {
  const [newRunId, mark] = [randomBytes(4).toString('hex'), fenceMark()]
  const around = surroundings(process.env)
  const pid = firedBy(around)
  const roots = [setup.root, setup.scope.root, event.cwd ?? setup.root, homedir()]
  let files: string[] | undefined
  // An answer stands at the end; what is before it can be of any size.
  const message = (event.last_assistant_message ?? '').slice(-1_000_000)
  return (state, done) => {
    const anotherRuns = () => state.processes.some(one => one.pid !== pid && stillRuns(one))
    return {
      get tree() {
        return sight.tree()
      },
      get head() {
        return sight.head()
      },
      get settledHead() {
        try {
          return sight.tree() === state.settled?.tree ? sight.head() : undefined
        } catch {
          // A session that ends is written down, whatever the configuration says and git does.
          return undefined
        }
      },
      get partial() {
        return sight.partial()
      },
      get nested() {
        // Goes by the index that a look at the tree leaves behind.
        sight.tree()
        const states = nestedRepositories(setup.scope, sight.partial())
        return { states, changed: changedNested(state.nested, states) }
      },
      get hidden() {
        return state.run
          ? hiddenFiles({ ...setup.scope, ignore: config().ignore }, state.run.base.tree, sight.tree(), state)
          : []
      },
      get beside() {
        const scope = { ...setup.scope, ignore: config().ignore }
        const signing = { ...ledgerSide(state, sight.tree()), tree: sight.tree(), head: sight.head() }
        return besideTree(scope, signing, Object.keys(nestedRepositories(scope)))
      },
      session: event.session_id,
      pid,
      get ownerAlive() {
        const owner = state.run?.owner
        return Boolean(owner && !state.endedSessions.includes(owner.session) && stillRuns(owner))
      },
      get ownerBusy() {
        const owner = state.run?.owner
        return Boolean(owner && inTurn(setup.scope.stateDir, owner.session))
      },
      get anotherRuns() {
        return anotherRuns()
      },
      get besideAnother() {
        return anotherRuns() || othersInTurn(setup.scope.stateDir, event.session_id)
      },
      get inTurn() {
        return inTurn(setup.scope.stateDir, event.session_id)
      },
      get settingsOff() {
        return settingsOff(setup)
      },
      get openers() {
        return openersNow(setup)
      },
      get answerers() {
        return answerersNow(setup)
      },
      get home() {
        return foreign(setup.scope.home ?? '', 2000)
      },
      get otherTree() {
        const tree = event.cwd === undefined ? null : otherTree(setup.scope.root, event.cwd)
        return tree === null ? null : foreign(tree, 2000)
      },
      ...inTheCourseOf(done, message),
      withEvidence: (run, said) => checkedInTree(setup.scope, run, said),
      get config() {
        return config()
      },
      get now() {
        return new Date().toISOString()
      },
      get codexFound() {
        return findProgram('codex') !== null
      },
      newRunId,
      mark,
      get editedFile() {
        return editedFile(event, setup)
      },
      surroundings: around,
      get scheduledInFiles() {
        files ??= schedulesInFiles(roots)
        return files
      },
      reportsDir: `${setup.scope.stateDir}/reports`,
    }
  }
}

/** Whether the process that was the run's session is still there: after a restart somebody else may have its number. */
function stillRuns({ pid, since }: Pick<Run['owner'], 'pid' | 'since'>): boolean {
  if (!pid || !isAlive(pid)) return false
  const started = startedAt(pid)
  return started === null || since === null || started <= Date.parse(since) + 60_000
}

function editedFile({ tool_input, cwd }: HookEvent, { root }: Setup): string | null {
  const file = tool_input?.file_path ?? tool_input?.notebook_path
  // No system takes a longer path, and looking at one of megabytes takes a minute.
  if (typeof file !== 'string' || file.length > longestPath) return null
  return relative(root, realPlace(resolve(cwd ?? root, file)))
    .split(sep)
    .join('/')
}
