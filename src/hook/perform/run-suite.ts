import { failingTests } from '../../core/suites/failing-tests/index.ts'
import { judgeRun } from '../../core/suites/suite-result.ts'
import { testCount } from '../../core/suites/test-counts/index.ts'
import { plainText, tail } from '../../core/text/plain-text.ts'
import { withoutSecrets } from '../../core/text/secrets.ts'
import type { Suite } from '../../model/config.ts'
import type { SuiteRun, TestCount } from '../../model/ledger/suites.ts'
import { usersEnvironment } from '../../shell/processes/environment.ts'
import { runCommand } from '../../shell/processes/run-command.ts'
import type { Effects } from './effects.ts'

/** A suite that is cut off by the hook's own deadline rather than its own still needs this long to be written down. */
const reserveMs = 5_000

/** What a suite may still take in this event, in milliseconds. */
export const timeLeft = ({ deadline }: Pick<Effects, 'deadline'>): number => deadline - reserveMs - performance.now()

/** One run of a suite, judged by itself. */
export type OneRun = SuiteRun & { count: TestCount | null }

/**
 * Runs a suite once, as the user's shell would.
 *
 * @param at The directory, and what its environment has besides.
 */
export async function runSuite(
  suite: Suite,
  { bundle, deadline }: Pick<Effects, 'bundle' | 'deadline'>,
  at: { cwd: string; env?: (env: NodeJS.ProcessEnv) => NodeJS.ProcessEnv },
): Promise<OneRun> {
  const allowedMs = suite.timeoutSeconds * 1000
  const leftMs = Math.max(1_000, timeLeft({ deadline }))
  const env = { ...usersEnvironment(process.env), COUNTERSIGN_NESTED: '1' }
  const run = await runCommand({
    command: suite.command,
    cwd: at.cwd,
    env: at.env?.(env) ?? env,
    deadlineMs: Math.min(allowedMs, leftMs),
    nodeEntry: bundle,
  })
  const output = withoutSecrets(plainText(run.output))
  const failing = failingTests(output)
  // Of an output with a gap nobody knows what the gap would have added.
  const count = run.truncated ? null : testCount(output)
  const allowed = { seconds: suite.timeoutSeconds, cutShort: leftMs < allowedMs }
  const { result, note } = judgeRun(run, allowed, { count, failing })
  return {
    name: suite.name,
    command: suite.command,
    result,
    note,
    seconds: run.seconds,
    failing: result === 'red' ? failing : [],
    tail: result === 'green' ? '' : tail(output),
    count,
  }
}
