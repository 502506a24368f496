import choice from '../../../templates/prompts/choice.hbs'
import debate from '../../../templates/prompts/debate.hbs'
import fix from '../../../templates/prompts/fix.hbs'
import held from '../../../templates/prompts/held.hbs'
import redTests from '../../../templates/prompts/red-tests.hbs'
import selfReview from '../../../templates/prompts/self-review.hbs'
import type { SuiteRun } from '../../model/ledger/suites.ts'
import { unreadOffered } from '../ledger/lists.ts'
import { type DebatedFinding, debated, type Owed, type Run, type TestRun } from '../ledger/state.ts'
import { counted, fileAndLine, oneLine } from '../text/wording.ts'
import { findingCard } from './finding-card.ts'
import { briefList } from './finding-list.ts'
import { unreviewed } from './run-lines.ts'
import { suiteNote, testsLine } from './tests-lines.ts'

// Above 10,000 characters Claude Code swaps a text for a preview, so that a longer list is put into a file and named.
const limit = 9000

const wayOut = 'The user can turn the gate off: `npx countersign pause`, or `COUNTERSIGN=0 claude` for one session.'

/** Named once a prompt, however often Claude is sent back. */
const wayOutOnce = ({ counts }: Run): string => (counts.holds === 0 ? wayOut : '')

/** Which attempt at green tests follows, counted from 1, and of how many; `mark` is that of the fence around test output. */
type Attempt = { attempt: number; attempts: number; mark: string }

/** What Claude is told when its stop is refused because of red tests. */
export const redTestsText = (run: Run, tests: TestRun, attempt: Attempt): string =>
  red('Fix the code, not the tests, then stop; the tests run by themselves.', run, tests, attempt)

/** What Claude is told when no test fails and none was run. */
export const noTestsText = (run: Run, tests: TestRun, attempt: Attempt): string =>
  red(
    'Find out why: a filter or a path that matches nothing, a build without its tests, or there is no test yet. Fix that or write the test, then stop. If the command itself is wrong, say so to the user, who can change `tests` in .claude/countersign.yaml.',
    run,
    tests,
    attempt,
  )

/** The same when it is the completion of a task that is refused. */
export const taskRefusedText = (run: Run, tests: TestRun, attempt: Attempt): string =>
  red('The task is not complete until they are green.', run, tests, attempt)

function red(demand: string, run: Run, tests: TestRun, attempt: Attempt): string {
  const suitesRed = tests.suites.filter(({ result }) => result === 'red' || result === 'no-tests')
  const what = tests.result === 'red' ? 'the tests are red' : 'no test ran, so nothing shows that the change works'
  const room = Math.floor((limit - 1500) / Math.max(1, suitesRed.length))
  const suites = suitesRed.map(suite => {
    const failing = suite.failing.slice(0, 20)
    const more = suite.failing.length - failing.length
    const names = more > 0 ? [...failing, `and ${more} more`] : failing
    const left = Math.max(0, room - names.join('\n').length)
    const tail = left > 0 ? suite.tail.slice(-left) : ''
    return {
      name: suite.name,
      command: suite.command,
      note: suiteNote(suite),
      older: olderText(suite),
      failing: names,
      tail,
    }
  })
  return redTests({ what, demand, cycle: run.cycle, ...attempt, suites, wayOut }).trimEnd()
}

/** What Claude is not to fix, and what it cannot be told about. */
function olderText({ older = [], unclear }: SuiteRun): string {
  if (unclear) return `It is not known whether these failed before your change: ${unclear}.`
  if (older.length === 0) return ''
  return `${counted(older.length, 'test')} that failed before your change, too, ${older.length === 1 ? 'is' : 'are'} not listed; leave ${older.length === 1 ? 'it' : 'them'} as ${older.length === 1 ? 'it is' : 'they are'}.`
}

/** Where a text's long part is written, and the mark of the fence around what others have said. */
type Framing = { dir: string; mark: string }

/** @param problems What is wrong with the last self-review; empty when there was none. @param asks How often it is asked for at most. */
export function selfReviewText(run: Run, problems: string[], asks: number): string {
  const tests = testsLine(run.tests.ran.get(run.tree) ?? null)
  return selfReview({
    cycle: run.cycle,
    problems: problems.join('; '),
    tests,
    ask: run.counts.asks + 1,
    asks,
    wayOut: wayOutOnce(run),
  }).trimEnd()
}

/** @param wrong What could not be used in the last answer; empty on the first asking of a round. */
export function debateText(
  run: Run,
  open: DebatedFinding[],
  { wrong, rounds, answers, dir, mark }: { wrong: string[]; rounds: number; answers: number } & Framing,
): string {
  const cards = open.map(finding => ({
    head: findingCard(finding, hidden(run)).head,
    text:
      run.round > 1 ? lastWords(finding) : [findingCard(finding).text, lookedAgain(finding)].filter(Boolean).join('\n'),
  }))
  const context = {
    mark,
    cycle: run.cycle,
    round: run.round,
    problems: wrong.join('; '),
    ask: run.counts.asks + 1,
    asks: answers,
    opening: opening(run, open.length, rounds),
    ids: open.map(({ id }) => id).join(', '),
    later: run.round > 1,
    findings: wrong.length > 0 ? [] : cards,
    heads: wrong.length > 0 ? cards.map(({ head }) => head) : [],
    inFull: `${dir}/${debateReportName(run)}`,
    wayOut: wayOutOnce(run),
  }
  return fitted(file => debate({ ...context, file }), `${dir}/${debateReportName(run)}`)
}

/** The findings of this round in full, for the file that a long debate text names. */
export const debateReport = (run: Run, open: DebatedFinding[]): string =>
  open
    .map(finding => {
      const { head, text } = findingCard(finding, hidden(run))
      const more = run.round > 1 ? lastWords(finding) : lookedAgain(finding)
      return `${head}\n${text}${more && `\n${more}`}\n`
    })
    .join('\n')

/** Names in `reportsDir` of what is too long to be told. */
export const debateReportName = (run: Run): string => `debate-${run.cycle}-${run.round}.md`
export const listReportName = (run: Run): string => `findings-${run.cycle}.md`

/** The list for the user to choose from, with how Claude has to put it to them. What each says in full has been told. */
export function choiceText(run: Run, { dir, mark }: Framing): string {
  const inFull = `${dir}/${listReportName(run)}`
  const unread = unreadOffered(run).length > 0
  const context = { mark, cycle: run.cycle, list: briefList(run), inFull, unread, wayOut: wayOutOnce(run) }
  return fitted(file => choice({ ...context, file }), `${dir}/${listReportName(run)}`)
}

/** The picked findings, as Claude's task list. */
export function fixText(run: Run, { dir, mark }: Framing): string {
  const picked = debated(run).filter(({ fate }) => fate === 'picked')
  const context = {
    mark,
    cycle: run.cycle,
    ids: picked.map(({ id }) => id).join(', '),
    findings: picked.map(finding => findingCard(finding)),
    wayOut,
  }
  return fitted(file => fix({ ...context, file }), `${dir}/${listReportName(run)}`)
}

/** @param owed Why there is no review yet, while the configuration holds Claude back until there is one. */
export function heldReviewText(run: Run, owed: Owed, asks: number): string {
  return held({ cycle: run.cycle, reason: unreviewed(owed), ask: run.counts.asks + 1, asks, wayOut }).trimEnd()
}

function opening(run: Run, count: number, rounds: number): string {
  const findings = counted(count, 'finding')
  if (run.round === 1) return `Codex reviewed the change and raised ${findings}.`
  const last = run.round >= rounds ? ' This is the last round: findings still open go to the user as disputed.' : ''
  return `Codex stands by ${findings} after your answer.${last}`
}

/** Whoever knows how urgent another calls it says the same: Claude gives its own priority first. */
const hidden = ({ round }: Run): 'priority' | null => (round > 1 ? null : 'priority')

/** What Codex last said, and the code that it shows. The review itself is a position of Codex's. */
function lastWords({ positions }: DebatedFinding): string {
  const { reason, cited = [] } = positions.findLast(({ by }) => by === 'codex')!
  const shown = cited.map(place => `${place.file && `${fileAndLine(place)} `}\`${oneLine(place.quote)}\``)
  return [`Codex now says: ${reason}`, ...shown].join(' · ')
}

/** What the reviewer says about a finding that an earlier cycle was to fix. */
const lookedAgain = (finding: DebatedFinding): string => (finding.history.length > 0 ? lastWords(finding) : '')

/** A text within the limit; the long part is left to the file when there is too much of it. */
function fitted(render: (file: string | null) => string, file: string): string {
  const text = render(null).trimEnd()
  return text.length <= limit ? text : render(file).trimEnd()
}
