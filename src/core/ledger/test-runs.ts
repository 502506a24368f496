import type { SuiteRun, TestCount, TestResult } from '../../model/ledger/suites.ts'

/** `moved`: files that were changed while it ran. */
export type TestRun = { result: TestResult; seconds: number; suites: SuiteRun[]; moved: string[] }

/** What a run knows of its tests. */
export type TestsOfRun = {
  /** By tree. */
  ran: Map<string, TestRun>
  /** Claude was sent back to red tests, or the user has said something, since a suite last ran: see `runsAgain`. */
  heardSince: boolean
  /** The highest count of each suite in this run, by name; null where it did not tell. */
  most: Record<string, TestCount | null>
  /** What the tests have written in this run and what does not count. */
  setAside: string[]
}
