import { foreignText, listOf, number, object, oneOf, optional, orNull, text, type ValueOf, wordLike } from './shape.ts'

// What the ledger's lines say of test suites.

const countUnits = ['tests', 'packages', 'tasks'] as const
/** What a runner says that it ran; some count only the packages or the tasks that held tests. */
export const testCount = object({ ran: number, skipped: number, unit: wordLike(countUnits) })
export type TestCount = ValueOf<typeof testCount>

/**
 * How one suite ended. `no-tests`: its command ended well, and nothing was tested. `older`: whatever fails in it failed before
 * the change, too.
 */
export const suiteRun = object({
  name: text,
  command: text,
  result: oneOf(['green', 'red', 'unable', 'no-tests', 'older']),
  /** What happened, in words, when it is not green. */
  note: orNull(text),
  seconds: number,
  /** Names of tests in the runner's own notation. */
  failing: listOf(foreignText()),
  /** The last lines printed, plain text; empty when green. */
  tail: foreignText(),
  /** Null where its runner does not tell, or none that we know printed it. Left out by earlier versions. */
  count: optional(orNull(testCount)),
  /** The count that it is held against: of the last settled tree, else the highest of this run. Left out: there is none. */
  before: optional(orNull(testCount)),
  /** What fails at the base of the change, too, which `failing` is without; and what of it the user was not told before. */
  older: optional(listOf(foreignText())),
  olderNew: optional(listOf(foreignText())),
  /** Tests that failed and, run once more on this tree, did not. */
  flaky: optional(listOf(foreignText())),
  /** It was not run: it came out so at this time, in this working tree or the one that is named. */
  ranBefore: optional(foreignText()),
  /** Why it cannot be told what failed before the change. */
  unclear: optional(foreignText()),
})
export type SuiteRun = ValueOf<typeof suiteRun>

/** What is remembered of a suite beyond a run: as it ran at the last settled tree. */
export const suiteMemory = object({
  count: orNull(testCount),
  seconds: number,
  older: optional(listOf(foreignText())),
})
export type SuiteMemory = ValueOf<typeof suiteMemory>

export const testResults = ['green', 'red', 'unable', 'no-tests', 'older', 'none'] as const
export type TestResult = (typeof testResults)[number]
