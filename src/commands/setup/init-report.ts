import type { Plan, PlanRow } from '../../core/setup/plan-parts.ts'
import { type LaidOut, laidOut } from '../../core/setup/plan-records.ts'
import { isStrictJson } from '../../core/setup/settings/settings.ts'
import { reasonOf } from '../../core/setup/template-contexts.ts'
import { counted } from '../../core/text/wording.ts'
import { attributesPath, claudeDir, claudeMdPath, configPath, settingsPath } from '../../model/paths.ts'
import type { RepoFacts, SuiteEvidence } from '../../model/setup/repo-facts.ts'
import { paint } from '../../shell/terminal.ts'
import { print } from '../shared/print.ts'
import { changesFile, conflictLines, printRows } from './plan-print.ts'

/** What `init` found and means to do; with `--json` it is printed as it is. */
export type InitReport = {
  version: 1
  root: string
  written: boolean
  files: PlanRow[]
  conflicts: LaidOut[]
  /** The suites, each with the reason it was chosen for; without one the user has named it. */
  tests: (RepoFacts['suites'][number] & Partial<SuiteEvidence>)[]
  /** Where the test command has to be filled in, as `file:line`; null when there is one. */
  fillIn: string | null
  /** What the user should know before saying yes, as sentences. */
  notes: string[]
  /** What to do next, in order. */
  next: string[]
}

/** The texts of the two files that notes are about, as they are or will be, and what else the notes depend on. */
type Texts = {
  config: string
  settings: string
  ignored: boolean
  unfinished: boolean
  /** Whether nobody has said yet what becomes of .gitattributes. */
  proposesAttributes: boolean
  /** Whether the user has named test commands that go nowhere, because the configuration is theirs by now. */
  testsLeft: boolean
}

export function initReport(
  root: string,
  facts: RepoFacts,
  plan: Pick<Plan, 'rows' | 'conflicts'>,
  { config, settings, ignored, unfinished, proposesAttributes, testsLeft }: Texts,
): InitReport {
  const files = plan.rows
  const conflicts = laidOut(plan.conflicts)
  const fillIn = emptyTests(config)
  const strict = isStrictJson(settings)
  const changed = files.some(({ action }) => changesFile(action))
  const isFirst = files.some(({ path, action }) => path === configPath && action === 'create')
  return {
    version: 1,
    root,
    written: false,
    files,
    conflicts,
    tests: facts.suites.map(suite => ({ ...suite, ...facts.evidence[suite.name] })),
    fillIn,
    notes: [
      ...(unfinished ? ['An earlier run was interrupted. The next run without --dry-run finishes it first.'] : []),
      ...(changed ? facts.unsure : []),
      ...(testsLeft ? [`${configPath} is there already, so --test changes nothing. Edit \`tests\` in it.`] : []),
      ...(strict
        ? []
        : [`Claude Code ignores ${settingsPath} and all its hooks while it contains comments or trailing commas.`]),
      ...(ignored ? [`Git ignores ${claudeDir} here, so your team and other working trees do not get the setup.`] : []),
    ],
    next: [
      ...conflictLines(conflicts),
      ...(fillIn ? [`Fill in the test command: ${fillIn}`] : []),
      ...(changed && !ignored ? [`Commit the setup for your team: git add ${toAdd(files)}`] : []),
      ...(isFirst && !ignored && proposesAttributes
        ? [
            "Optional: collapse the gate's files in diffs, and keep merge markers out of them: npx countersign init --gitattributes",
          ]
        : []),
      ...(changed ? ['See every hook fire without spending a token: npx countersign rehearse'] : []),
      'Work as usual. When Claude stops after a change, the cycle runs: tests, self-review, Codex review, debate, your choice.',
    ],
  }
}

const toAdd = (files: PlanRow[]): string =>
  [
    ...[claudeMdPath, attributesPath].filter(name => files.some(row => row.path === name && changesFile(row.action))),
    claudeDir,
  ].join(' ')

/** `.claude/countersign.yaml:LINE` of an empty list of suites. */
function emptyTests(config: string): string | null {
  const line = config.split('\n').findIndex(text => /^tests:[ \t]*\[[ \t]*\]/.test(text))
  return line < 0 ? null : `${configPath}:${line + 1}`
}

export const printJson = (report: InitReport): void => print(JSON.stringify(report, null, 2))

/** The plan as a tree. With nothing to do only what deserves a word: the files that were left alone. */
export function printPlan({ root, files, tests, notes }: InitReport): void {
  const pending = files.some(({ action }) => changesFile(action))
  print(paint('bold', `Countersign in ${root}`))
  if (files.some(({ path, action }) => path === configPath && action === 'create')) printTests(tests)
  print('')
  printRows(pending ? files : files.filter(({ action }) => ['yours', 'skip', 'conflict'].includes(action)))
  for (const note of notes) print(`${paint('yellow', '!')} ${note}`)
  if (notes.length > 0) print('')
}

/** What will be run, why, and how that is corrected. */
function printTests(tests: InitReport['tests']): void {
  print(`Tests: ${tests.map(({ command }) => command).join(', ') || 'no command found'}`)
  for (const { name, command, why, guessed } of tests)
    if (why)
      print(
        `  ${guessed ? paint('yellow', '?') : '·'} ${tests.length > 1 ? name : command}: ${reasonOf({ why, guessed: guessed === true })}`,
      )
  if (tests.some(({ guessed }) => guessed)) print('  If that is not it: npx countersign init --test "COMMAND"')
}

export function printResult({ written, next, fillIn, files, conflicts }: InitReport, pending: boolean): void {
  if (pending && !written) {
    print('Nothing was written (--dry-run).')
    return
  }
  if (!pending) {
    print('Countersign is already set up here. There is nothing to write.')
    for (const line of conflictLines(conflicts)) print(line)
    if (fillIn) print(`No tests run yet. Fill in the test command: ${fillIn}`)
    return
  }
  const count = files.filter(({ action }) => changesFile(action)).length
  print(`${paint('green', '✓')} ${counted(count, 'file')} written. Next:`)
  for (const [index, step] of next.entries()) print(`  ${index + 1}. ${step}`)
  print(
    '\nTo turn Countersign off for one session: COUNTERSIGN=0 claude\nTo turn it off until you resume it: npx countersign pause',
  )
}
