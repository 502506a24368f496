import type { TestCount } from '../../../model/ledger/suites.ts'
import { plainLines, unprefixed } from '../plain-lines.ts'
import { compiled } from './compiled.ts'
import { type Counter, plus } from './count.ts'
import { javascript } from './javascript.ts'
import { managed } from './managed.ts'
import { python } from './python.ts'
import { scripting } from './scripting.ts'

const counters: Counter[] = [javascript, ...python, ...compiled, ...managed, ...scripting]

/**
 * How many tests a run says that it ran, all its runners together; null where none we know has said anything. Skipped,
 * pending and ignored tests did not run.
 *
 * @param output Plain text; see `plainText`.
 */
export function testCount(output: string): TestCount | null {
  const lines = unprefixed(plainLines(output))
  return counters.reduce<TestCount | null>((sum, count) => plus(sum, count(lines)), null)
}
