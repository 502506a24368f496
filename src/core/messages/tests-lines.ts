import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import type { SuiteRun, TestCount } from '../../model/ledger/suites.ts'
import { runsAgain } from '../ledger/run-reducer.ts'
import type { Run, State, TestRun } from '../ledger/state.ts'
import { andMore, counted, duration, oneLine, someOf } from '../text/wording.ts'

/** How a suite ended, in a few words. */
export const suiteNote = (suite: SuiteRun): string =>
  suite.failing.length > 0 ? `${suite.failing.length} failing` : (suite.note ?? 'red')

/** One sentence about the tests of a tree, true for every way they can have ended. */
export function testsLine(tests: TestRun | null): string {
  if (!tests) return 'The tests have not run.'
  if (tests.result === 'none') return 'No test suite covers this change.'
  const commands = tests.suites.map(({ command }) => `\`${oneLine(command)}\``).join(', ')
  const notes = [...fewer(tests.suites), ...uncounted(tests.suites), ...flaky(tests.suites), ...ranBefore(tests.suites)]
  const counts = notes.map(note => `, ${note}`).join('')
  if (tests.result === 'green') return `The tests are green (${commands}, ${duration(tests.seconds)}${counts}).`
  const older = olderFailures(tests)
  const before = older.length > 0 ? ` ${fail(older.length)} since before this change: ${andMore(older)}.` : ''
  if (tests.result === 'older') return `Nothing new fails in the tests (${commands}${counts}).${before}`
  if (tests.result === 'red') return `The tests are red (${commands}${counts}).${before}`
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
function fewer(suites: SuiteRun[]): string[] {
  return suites.flatMap(({ name, count, before, result }) => {
    // Where one fails, some runners stop before the rest.
    if ((result !== 'green' && result !== 'older') || !before || count === undefined) return []
    const notes = difference(before, count)
    return suites.length > 1 ? notes.map(note => `${name}: ${note}`) : notes
  })
}

function difference(before: TestCount, now: TestCount | null): string[] {
  if (now?.unit !== before.unit) {
    const isBetter = now?.unit === 'tests'
    return isBetter ? [] : [`this run does not say how many tests ran (${inWords(before)} before)`]
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
function uncounted(suites: SuiteRun[]): string[] {
  const names = suites.filter(({ count, before }) => count === null && before === undefined).map(({ name }) => name)
  return names.length > 0 ? [`how many tests ran is not known (${names.join(', ')})`] : []
}

/** Suites that were not run, since this very tree was green before. */
const ranBefore = (suites: SuiteRun[]): string[] =>
  suites.flatMap(({ name, ranBefore: when }) => (when ? [`${name} ran on this very tree before: ${when}`] : []))

/** Failures that the base of the change has, too. */
export const olderFailures = ({ suites }: Pick<TestRun, 'suites'>): string[] =>
  suites.flatMap(({ older = [] }) => older.map(nameOf))

/** Tests that failed and passed on one tree. */
export const flakyTests = ({ suites }: Pick<TestRun, 'suites'>): string[] =>
  suites.flatMap(({ flaky: found = [] }) => found)

const flaky = (suites: SuiteRun[]): string[] => {
  const names = flakyTests({ suites })
  return names.length > 0 ? [`flaky, red and then green on the same tree: ${andMore(names)}`] : []
}

/** Of older failures: all of them in a number, by name what was not said before. */
function olderNote(suites: SuiteRun[]): string[] {
  const count = olderFailures({ suites }).length
  const fresh = suites.flatMap(({ olderNew = [] }) => olderNew.map(nameOf))
  return count > 0 ? [`${fail(count)} since before this change${fresh.length > 0 ? ` (${andMore(fresh)})` : ''}`] : []
}

const fail = (count: number): string => `${counted(count, 'test')} ${count === 1 ? 'fails' : 'fail'}`

/** A failure without its message. */
const nameOf = (failure: string): string => failure.split(' — ', 1)[0]!

/** How the tests of a signed tree came out; null where they were green and there is nothing to add. */
export function testsInSignature(tests: TestRun | undefined, setAside: string[]): string | null {
  if (!tests) return null
  const older = olderFailures(tests)
  const first = older.length > 0 ? `tests: red before this change: ${andMore(older)}, nothing new` : 'tests: green'
  const aside = setAside.length > 0 ? [`without what the tests wrote: ${someOf(setAside)}`] : []
  const notes = [...fewer(tests.suites), ...flaky(tests.suites), ...aside]
  return notes.length > 0 || older.length > 0 ? [first, ...notes].join(' · ') : null
}

/** `(about 40 s last time)`, where that is known. */
export const lastTime = ({ suites }: Pick<State, 'suites'>, name: string): string =>
  Object.hasOwn(suites, name) ? ` (about ${duration(Math.round(suites[name]!.seconds))} last time)` : ''

/** What the user is told of a test run; null where there is nothing to tell, or another one follows. */
export function testsOutcome({
  result,
  seconds,
  suites,
  moved = [],
  setAside = [],
}: HappeningOf<'tests-ran'>): string | null {
  // A run during which files changed covers no tree that exists.
  if (result === 'none' || moved.length > 0) return null
  const aside = setAside.length > 0 ? `\n${asideLine(setAside)}` : ''
  const notes = [...olderNote(suites), ...fewer(suites), ...uncounted(suites), ...flaky(suites), ...ranBefore(suites)]
  const more = notes.map(note => ` · ${note}`).join('') + aside
  if (result === 'green') return `✓ tests green in ${duration(seconds)}${more}`
  if (result === 'older') return `! nothing new fails in the tests, in ${duration(seconds)}${more}`
  const bad = suites.filter(suite => suite.result === result)
  const which = bad.map(suite => `${suite.name}: ${suiteNote(suite)}`).join(', ')
  if (result === 'no-tests') return `✗ no test ran (${which}): that is not green${more}`
  if (result === 'unable') return `! the tests could not run (${which})`
  return `✗ tests red in ${duration(seconds)} (${which})${more}`
}

const asideLine = (setAside: string[]): string =>
  `the tests wrote ${someOf(setAside)}, which is set aside and not part of the change. To keep it out for good, add it to .gitignore, or to \`ignore\` in .claude/countersign.yaml.`

/** Why nobody knows whether what is red was red before the change. */
export function notKnownBefore(tests: TestRun | undefined): string {
  const why = tests?.suites.find(({ unclear }) => unclear)?.unclear
  return why ? `, and it is not known whether they were before this change (${why})` : ''
}

/** When the tests run again of themselves. */
export const testsAgain = 'The tests run again when Claude stops after your next prompt or after a change.'

/** What comes next in the tests, for the status. */
export function testsNext(run: Run, { skipped }: State): string {
  const ran = run.tests.ran.get(run.tree)
  if (skipped === run.tree && !runsAgain(run, run.tree))
    return ran ? testsAgain : 'The tests run when Claude stops after a change.'
  return ran?.result === 'unable'
    ? 'The tests run again when Claude next stops.'
    : 'Claude fixes what makes the tests red; they run again when it stops.'
}
