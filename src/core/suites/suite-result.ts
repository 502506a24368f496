import type { CommandEnd } from '../../model/command-end.ts'
import type { SuiteRun, TestCount, TestResult } from '../../model/ledger/suites.ts'

/** The time a suite may take, and whether the hook had less than that left for it. */
type Allowed = { seconds: number; cutShort: boolean }

/**
 * Judges one suite. Green and red need an exit code; a run past its own deadline is red, since an endless loop is the
 * commonest cause and the author can fix it; everything else is “unable”, which is neither.
 */
export function judgeSuite(
  end: CommandEnd,
  { seconds, cutShort }: Allowed,
): { result: SuiteRun['result']; note: string | null } {
  if (end.ended === 'timed-out' && cutShort)
    return { result: 'unable', note: 'no time left in this stop, which Claude Code limits to one hour' }
  if (end.ended === 'timed-out') return { result: 'red', note: `did not finish within ${seconds} s` }
  if (end.ended === 'not-started') return { result: 'unable', note: 'could not start the command' }
  if (end.ended !== 'exited') return { result: 'unable', note: `killed by ${end.signal ?? 'a signal'}` }
  if (end.exitCode === 0) return { result: 'green', note: null }
  if (end.exitCode === 127) return { result: 'unable', note: 'command not found (exit 127)' }
  if (end.exitCode === 126) return { result: 'unable', note: 'command not executable (exit 126)' }
  // A shell says so of what it ran when a signal ended that: 137 for SIGKILL, 139 for SIGSEGV.
  const signal = Number(end.exitCode) - 128
  if (signal > 0 && signal < 32) return { result: 'unable', note: `killed by signal ${signal}` }
  return { result: 'red', note: `exit ${end.exitCode}` }
}

/**
 * The same with what the run printed: one that says that it ran no test has shown nothing, however it ended. Where no
 * runner says how many there were, the exit code alone counts.
 */
export function judgeRun(
  end: CommandEnd,
  allowed: Allowed,
  { count, failing }: { count: TestCount | null; failing: string[] },
): ReturnType<typeof judgeSuite> {
  const judged = judgeSuite(end, allowed)
  if (end.ended !== 'exited' || judged.result === 'unable' || count?.ran !== 0 || failing.length > 0) return judged
  const more = [count.skipped > 0 && `${count.skipped} skipped`, judged.note].filter(Boolean).join(', ')
  return { result: 'no-tests', note: `no test ran${more && ` (${more})`}` }
}

/** Red if any suite is red, else unable if any is, else without tests if any is, else with older failures if any has, else green; none where no suite ran. */
export function overall(suites: SuiteRun[]): TestResult {
  if (suites.length === 0) return 'none'
  for (const result of ['red', 'unable', 'no-tests', 'older'] as const)
    if (suites.some(suite => suite.result === result)) return result
  return 'green'
}
