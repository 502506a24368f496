import type { SuiteRun, TestCount } from '../../model/ledger/fields.ts'
import type { State, TestRun } from '../ledger/state.ts'
import { counted, duration, oneLine } from '../text/wording.ts'

/** How a suite ended, in a few words. */
export const suiteNote = (suite: SuiteRun): string =>
  suite.failing.length > 0 ? `${suite.failing.length} failing` : (suite.note ?? 'red')

/** One sentence about the tests of a tree, true for every way they can have ended. */
export function testsLine(tests: TestRun | null): string {
  if (!tests) return 'The tests have not run.'
  if (tests.result === 'none') return 'No test suite covers this change.'
  const commands = tests.suites.map(({ command }) => `\`${oneLine(command)}\``).join(', ')
  const counts = [...fewer(tests.suites), ...uncounted(tests.suites)].map(note => `, ${note}`).join('')
  if (tests.result === 'green') return `The tests are green (${commands}, ${duration(tests.seconds)}${counts}).`
  if (tests.result === 'red') return `The tests are red (${commands}${counts}).`
  if (tests.result === 'no-tests') return `No test ran (${commands}).`
  return `The tests could not run (${tests.suites
    .map(({ note }) => note)
    .filter(Boolean)
    .join('; ')}).`
}

/**
 * Of each suite that ran less than before, how much less: `12 fewer than before (40 → 28)`. Whatever deletes or skips tests
 * shows here, so that a suite that no longer tells is named too.
 */
export function fewer(suites: SuiteRun[]): string[] {
  return suites.flatMap(({ name, count, before, result }) => {
    // Where one fails, some runners stop before the rest.
    if (result !== 'green' || !before || count === undefined) return []
    const notes = difference(before, count)
    return suites.length > 1 ? notes.map(note => `${name}: ${note}`) : notes
  })
}

function difference(before: TestCount, now: TestCount | null): string[] {
  if (now?.unit !== before.unit) {
    const isBetter = now?.unit === 'tests'
    return isBetter ? [] : [`no longer told how many tests ran (${inWords(before)} before)`]
  }
  const less = before.ran - now.ran
  const skipped = now.skipped - before.skipped
  const of = now.unit === 'tests' ? '' : ` ${now.unit}`
  return [
    ...(less > 0 ? [`${less} fewer${of} than before (${before.ran} → ${now.ran})`] : []),
    ...(skipped > 0 ? [`${skipped} more skipped (${before.skipped} → ${now.skipped})`] : []),
  ]
}

const inWords = ({ ran, unit }: TestCount): string => counted(ran, unit.replace(/s$/, ''))

/** Suites whose count nobody knows, as far as that has not been said before. */
export function uncounted(suites: SuiteRun[]): string[] {
  const names = suites.filter(({ count, before }) => count === null && before === undefined).map(({ name }) => name)
  return names.length > 0 ? [`how many tests ran is not known (${names.join(', ')})`] : []
}

/** How the tests of a signed tree came out; null where they were green and there is nothing to add. */
export function testsInSignature(tests: TestRun | undefined): string | null {
  if (!tests) return null
  const notes = fewer(tests.suites)
  return notes.length > 0 ? ['tests: green', ...notes].join(' · ') : null
}

/** `(about 40 s last time)`, where that is known. */
export const lastTime = ({ suites }: Pick<State, 'suites'>, name: string): string =>
  Object.hasOwn(suites, name) ? ` (about ${duration(Math.round(suites[name]!.seconds))} last time)` : ''
