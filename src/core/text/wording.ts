import type { SuiteRun } from '../../model/ledger-entry.ts'
import type { DebatedFinding, TestRun } from '../ledger/state.ts'
import { shownPath } from './plain-text.ts'

/** `4 s`, `2 min 5 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${seconds < 10 ? Math.round(seconds * 10) / 10 : whole} s`
  const rest = whole % 60
  return rest === 0 ? `${Math.floor(whole / 60)} min` : `${Math.floor(whole / 60)} min ${rest} s`
}

/** `3 findings`, `1 finding`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** How a suite ended, in a few words. */
export const suiteNote = (suite: SuiteRun): string =>
  suite.failing.length > 0 ? `${suite.failing.length} failing` : (suite.note ?? 'red')

/** One sentence about the tests of a tree, true for every way they can have ended. */
export function testsLine(tests: TestRun | null): string {
  if (!tests) return 'The tests have not run.'
  if (tests.result === 'none') return 'No test suite covers this change.'
  const commands = tests.suites.map(({ command }) => `\`${oneLine(command)}\``).join(', ')
  if (tests.result === 'green') return `The tests are green (${commands}, ${duration(tests.seconds)}).`
  if (tests.result === 'red') return `The tests are red (${commands}).`
  return `The tests could not be run (${tests.suites
    .map(({ note }) => note)
    .filter(Boolean)
    .join('; ')}).`
}

/** A finding as both models and the user meet it: one line to scan, then what is behind it. */
export function findingCard(finding: DebatedFinding): { id: string; head: string; text: string } {
  const lines = [
    finding.body,
    finding.quote &&
      `Quote: \`${oneLine(finding.quote)}\`${finding.verified ? '' : ' (unverified: not found in the file)'}`,
    finding.fix && `Smallest fix: ${finding.fix}`,
  ]
  return {
    id: finding.id,
    head: `${finding.id} · ${finding.priority} · ${finding.kind} · ${oneLine(finding.title)} · ${place(finding)}`,
    text: lines.filter(Boolean).join('\n'),
  }
}

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** `src/mean.js:3`, or the file alone. */
export const place = ({ file, lineStart }: { file: string; lineStart: number | null }): string =>
  lineStart === null ? shownPath(file) : `${shownPath(file)}:${lineStart}`
