import type { Run, State } from '../../core/ledger/state.ts'
import { countBefore, olderSaid } from '../../core/ledger/suite-memory.ts'
import { flakyOf } from '../../core/suites/older.ts'
import { overall } from '../../core/suites/suite-result.ts'
import type { Suite } from '../../model/config.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import type { SuiteRun } from '../../model/ledger/suites.ts'
import { matches } from '../../shell/git/tree-diff.ts'
import { type KnownRun, readRun, writeRun } from '../../shell/suites/suite-runs.ts'
import type { Effects } from './effects.ts'
import { compareWithBase } from './older-failures.ts'
import { runSuite, timeLeft } from './run-suite.ts'
import { leftBehind } from './set-aside.ts'

/** A red suite that takes no longer runs once more on the same tree: a test that then passes is flaky. */
const shortSeconds = 60

/** What git does not see may change: an earlier result counts for a day. */
const freshMs = 24 * 3_600_000

/** Runs every suite that the change concerns, one after another, and says how the whole came out. */
export async function runTests(run: Run, state: State, effects: Effects): Promise<Happening[]> {
  const { setup, config, sight } = effects
  const tree = sight.tree()
  const suites: SuiteRun[] = []
  for (const suite of config.tests)
    if (suite.paths.length === 0 || matches(setup.scope, run.base.tree, tree, suite.paths)) {
      const before = countBefore(state, run, suite.name)
      const ran = await told(suite, run, state, effects)
      suites.push({ ...ran, ...(before !== undefined && { before }) })
    }
  const left = leftBehind(setup.scope, sight, tree)
  if (!left.moved) for (const at of new Set([tree, left.after ?? tree])) keep(setup, at, suites)
  return [
    {
      kind: 'tests-ran',
      tree,
      ...left,
      result: overall(suites),
      seconds: suites.reduce((sum, { seconds }) => sum + seconds, 0),
      suites,
    },
  ]
}

/** One suite with all that is told of it: what is flaky in it, and which of its failures the base has, too. */
async function told(suite: Suite, run: Run, state: State, effects: Effects): Promise<SuiteRun> {
  const at = { cwd: effects.setup.root }
  const known = readRun(effects.setup.scope, effects.sight.tree(), suite.command)
  if (known?.result === 'green' && known.root !== null && Date.now() - Date.parse(known.at) < freshMs)
    return asKnown(suite, known, effects)
  const first = await runSuite(suite, effects, at)
  const isShort = first.seconds <= shortSeconds && timeLeft(effects) > first.seconds * 3000
  const repeat = first.result === 'red' && first.failing.length > 0 && isShort
  const again = repeat ? await runSuite(suite, effects, at) : first
  const flaky = repeat && (again.result === 'red' || again.result === 'green') ? flakyOf(first, again) : []
  const ran = {
    ...(flaky.length > 0 ? again : first),
    seconds: first.seconds + (repeat ? again.seconds : 0),
    ...(flaky.length > 0 && { flaky }),
  }
  if (ran.result !== 'red') return ran
  const { older, unclear, seconds } = await compareWithBase(suite, ran, run.base.tree, effects)
  const more = { seconds: ran.seconds + seconds, ...(unclear && { unclear }) }
  if (older.length === 0) return { ...ran, ...more }
  const said = olderSaid(state, run, suite.name)
  const fresh = ran.failing.filter(failure => !older.includes(failure))
  return {
    ...{ ...ran, ...more, failing: fresh, older, olderNew: older.filter(failure => !said.includes(failure)) },
    result: fresh.length > 0 ? 'red' : 'older',
  }
}

/** A suite that ran green on exactly this tree, in this working tree or another one of the repository, is not run again. */
function asKnown({ name, command }: Suite, { count, at, root }: KnownRun, { setup }: Effects): SuiteRun {
  const where = root === setup.scope.root ? '' : ` in ${root}`
  return {
    ...{ name, command, result: 'green', note: null, seconds: 0, failing: [], tail: '', count },
    ranBefore: `${at}${where}`,
  }
}

/** Writes down what can be told again: green, or red with names, and of older failures all. */
function keep({ scope }: Effects['setup'], tree: string, suites: SuiteRun[]): void {
  for (const { command, result, failing, older = [], seconds, count = null, flaky, ranBefore } of suites) {
    if (ranBefore !== undefined || flaky || (result !== 'green' && result !== 'red' && result !== 'older')) continue
    const known = { result, failing: [...failing, ...older], seconds, count, root: scope.root }
    writeRun(scope, tree, command, { ...known, at: new Date().toISOString() })
  }
}
