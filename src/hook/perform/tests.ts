import type { Run, State } from '../../core/ledger/state.ts'
import { countBefore } from '../../core/ledger/suite-memory.ts'
import { failingTests } from '../../core/suites/failing-tests/index.ts'
import { judgeRun, overall } from '../../core/suites/suite-result.ts'
import { testCount } from '../../core/suites/test-counts/index.ts'
import { plainText, tail } from '../../core/text/plain-text.ts'
import { withoutSecrets } from '../../core/text/secrets.ts'
import type { Suite } from '../../model/config.ts'
import type { SuiteRun } from '../../model/ledger/fields.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import { changedFiles, matches } from '../../shell/git/tree-diff.ts'
import { cleanEnvironment } from '../../shell/processes/environment.ts'
import { runCommand } from '../../shell/processes/run-command.ts'
import type { Effects } from './effects.ts'

/** A suite that is cut off by the hook's own deadline rather than its own still needs this long to be written down. */
const reserveMs = 5_000

/** Runs every suite that the change concerns, one after another, and says how the whole came out. */
export async function runTests(run: Run, state: State, effects: Effects): Promise<Happening[]> {
  const { setup, config, sight } = effects
  const tree = sight.tree()
  const suites: SuiteRun[] = []
  for (const suite of config.tests)
    if (suite.paths.length === 0 || matches(setup.scope, run.base.tree, tree, suite.paths))
      suites.push(await runSuite(suite, countBefore(state, run, suite.name), effects))
  return [
    {
      kind: 'tests-ran',
      tree,
      ...leftBehind(effects, tree),
      result: overall(suites),
      seconds: suites.reduce((sum, { seconds }) => sum + seconds, 0),
      suites,
    },
  ]
}

async function runSuite(
  suite: Suite,
  before: SuiteRun['before'],
  { setup, bundle, deadline }: Effects,
): Promise<SuiteRun> {
  const allowedMs = suite.timeoutSeconds * 1000
  const leftMs = Math.max(1_000, deadline - reserveMs - performance.now())
  const run = await runCommand({
    command: suite.command,
    cwd: setup.root,
    env: { ...uncoloured(cleanEnvironment(process.env)), COUNTERSIGN_NESTED: '1' },
    deadlineMs: Math.min(allowedMs, leftMs),
    nodeEntry: bundle,
  })
  const output = withoutSecrets(plainText(run.output))
  const failing = failingTests(output)
  // Of an output with a gap nobody knows what the gap would have added.
  const count = run.truncated ? null : testCount(output)
  const { result, note } = judgeRun(
    run,
    { seconds: suite.timeoutSeconds, cutShort: leftMs < allowedMs },
    { count, failing },
  )
  return {
    name: suite.name,
    command: suite.command,
    result,
    note,
    seconds: run.seconds,
    failing: result === 'red' ? failing : [],
    tail: result === 'green' ? '' : tail(output),
    count,
    ...(before !== undefined && { before }),
  }
}

/** Asks for plain output without news from npm. Both colour variables at once would make every Node process warn. */
function uncoloured({ FORCE_COLOR: _, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, NO_COLOR: '1', npm_config_update_notifier: 'false' }
}

/**
 * The tree after the run when the run itself only added files to it (caches, reports): it is as tested as the one before,
 * and would otherwise be tested for ever. When a file was changed, somebody may be editing, and it is tested anew.
 */
function leftBehind({ setup: { scope }, sight }: Effects, tree: string): { after: string | null; moved?: string[] } {
  sight.forget()
  const after = sight.tree()
  if (after === tree) return { after: null }
  const moved = changedFiles(scope, tree, after).filter(({ status }) => status !== 'added')
  return moved.length === 0 ? { after } : { after: null, moved: moved.slice(0, 20).map(({ path }) => path) }
}
