import type { Plan, PlanRow } from '../../core/setup/plan-parts.ts'
import { type LaidOut, laidOut } from '../../core/setup/plan-records.ts'
import { isStrictJson } from '../../core/setup/settings/settings.ts'
import { foreignEvents } from '../../core/setup/settings/settings-tree.ts'
import { reasonOf } from '../../core/setup/template-contexts.ts'
import { counted, someOf } from '../../core/text/wording.ts'
import { wrap } from '../../core/text/wrap.ts'
import { claudeDir, configPath, settingsPath } from '../../model/paths.ts'
import type { RepoFacts, SuiteEvidence } from '../../model/setup/repo-facts.ts'
import type { Ignored } from '../../shell/git/git-ignores.ts'
import { paint } from '../../shell/terminal.ts'
import { print } from '../shared/print.ts'
import { linesToAdd } from './around/ignored-files.ts'
import type { ProgramsHere } from './around/programs-here.ts'
import type { Surroundings } from './around/surroundings.ts'
import { changesFile, conflictLines, printRows, printSummary } from './plan-print.ts'

/** What `init` found and means to do; with `--json` it is printed as it is. */
export type InitReport = {
  version: 1
  root: string
  written: boolean
  files: PlanRow[]
  conflicts: LaidOut[]
  /** The suites, each with the reason it was chosen for; without one the user has named it. */
  tests: (RepoFacts['suites'][number] & Partial<SuiteEvidence>)[]
  languages: string[]
  /** Which of the two programs are there, as a line. */
  programs: string
  /** Where the test command has to be filled in, as `file:line`; null when there is one. */
  fillIn: string | null
  /** Whether Claude Code ignores settings.json, for its comments or trailing commas. */
  settingsIgnored: boolean
  /** What the user should know before saying yes, as sentences. */
  notes: string[]
  /** What to do next, in order. */
  next: string[]
}

/** The texts of the two files that notes are about, as they are or will be, and what else the notes depend on. */
type Around = Surroundings & {
  config: string
  settings: string
  /** Whether git ignores the whole setup. */
  isIgnored: boolean
  programs: ProgramsHere
  isWorkspace: boolean
  unfinished: boolean
  /** Whether the user has named test commands that go nowhere, because the configuration is theirs by now. */
  testsLeft: boolean
}

export function initReport(
  root: string,
  facts: RepoFacts,
  plan: Pick<Plan, 'rows' | 'conflicts'>,
  around: Around,
): InitReport {
  const files = plan.rows
  const conflicts = laidOut(plan.conflicts)
  const settingsIgnored = !isStrictJson(around.settings)
  const changed = files.some(({ action }) => changesFile(action))
  const report = { conflicts, fillIn: emptyTests(around.config), settingsIgnored, changed }
  return {
    version: 1,
    root,
    written: false,
    files,
    conflicts,
    tests: facts.suites.map(suite => ({ ...suite, ...facts.evidence[suite.name] })),
    languages: facts.languages,
    programs: around.programs.shown,
    fillIn: report.fillIn,
    settingsIgnored,
    notes: notesOn(facts, around, report),
    next: nextSteps(around, report),
  }
}

type Said = Pick<InitReport, 'conflicts' | 'fillIn' | 'settingsIgnored'> & { changed: boolean }

function notesOn({ unsure }: RepoFacts, around: Around, { changed, settingsIgnored }: Said): string[] {
  const { settings, isIgnored, ignored, behindLinks, isWorkspace, unfinished, testsLeft } = around
  const others = foreignEvents(settings)
  return [
    ...(unfinished ? ['An earlier run was interrupted. The next run without --dry-run finishes it first.'] : []),
    ...(testsLeft ? [`${configPath} is there already, so --test changes nothing. Edit \`tests\` in it.`] : []),
    ...(changed ? unsure : []),
    ...(settingsIgnored
      ? [`Claude Code ignores ${settingsPath} and all its hooks while it contains comments or trailing commas.`]
      : []),
    ...(isIgnored
      ? [`Git ignores ${claudeDir} here, so your team and other working trees do not get the setup.`]
      : ignored.length > 0
        ? [
            `Git ignores ${someOf(
              ignored.map(({ path }) => path),
              3,
            )}. In a clone every hook would fail, and nothing would be reviewed.`,
          ]
        : []),
    ...linkedDirs(behindLinks).map(({ path, real }) => `${path} is behind a link: the file is really ${real}.`),
    ...(others.length > 0
      ? [`${settingsPath}: ${others.join(', ')} is not a list of hooks. It is not Countersign's and is left alone.`]
      : []),
    ...(changed && !isIgnored
      ? [
          "Whoever starts Claude Code here needs Node 20.19 or later as `node` on PATH. “Executable not found: node” comes from Countersign's hook.",
        ]
      : []),
    ...(changed && isWorkspace
      ? [
          'This repository is a workspace. The setup at the root covers all of it for sessions started at the root. For sessions started in a package, run this in it:\n  npx countersign init --here',
        ]
      : []),
  ]
}

function nextSteps({ isIgnored, ignored, programs, toAdd }: Around, said: Said): string[] {
  const { conflicts, fillIn, settingsIgnored, changed } = said
  return [
    ...(settingsIgnored
      ? [
          `Remove the comments and trailing commas from ${settingsPath}. Until then Claude Code ignores it, and nothing is tested or reviewed:\n  npx countersign init --strip-comments`,
        ]
      : []),
    ...conflictLines(conflicts),
    ...(isIgnored ? [] : toUnignore(ignored)),
    ...(changed ? programs.missing : []),
    ...(fillIn ? [`Fill in the test command: ${fillIn}`] : []),
    ...(changed ? ['See every hook fire without spending a token:\n  npx countersign rehearse'] : []),
    ...(changed && !isIgnored && toAdd
      ? [`Commit the setup for your team, and before you use claude --worktree:\n${toAdd}`]
      : []),
    'Work as usual. When Claude stops after a change, the cycle runs: tests, self-review, Codex review, debate, your choice.',
  ]
}

/** The lines that make git take what it ignores, as a step for each ignore file. */
function toUnignore(ignored: Ignored[]): string[] {
  const lines = linesToAdd(ignored)
  return [...new Set(lines.map(({ file }) => file))].map(file => {
    const own = lines.filter(line => line.file === file).map(({ line }) => `\n  ${line}`)
    return `Git ignores files of the setup. Add to the end of ${file}:${own.join('')}`
  })
}

/** One row for a link, not for each file behind it. */
function linkedDirs(behindLinks: Surroundings['behindLinks']): Surroundings['behindLinks'] {
  const folder = (path: string) => path.split('/').slice(0, 2).join('/')
  const firsts = behindLinks.filter(
    ({ path }, index) => behindLinks.findIndex(one => folder(one.path) === folder(path)) === index,
  )
  return firsts
}

/** `.claude/countersign.yaml:LINE` of an empty list of suites. */
function emptyTests(config: string): string | null {
  const line = config.split('\n').findIndex(text => /^tests:[ \t]*\[[ \t]*\]/.test(text))
  return line < 0 ? null : `${configPath}:${line + 1}`
}

export const printJson = (report: InitReport): void => print(JSON.stringify(report, null, 2))

/** What was found, before anything is asked. */
export function printFacts(root: string, { languages }: RepoFacts, programs: string, isNew: boolean): void {
  print(paint('bold', `Countersign in ${root}`))
  if (isNew) print(languages.length > 0 ? `Written in ${languages.join(', ')}\n${programs}` : programs)
}

/** The plan: a few lines, or with `--verbose` every file as a tree. */
export function printPlan({ files, tests, notes }: InitReport, verbose = false): void {
  const pending = files.some(({ action }) => changesFile(action))
  if (files.some(({ path, action }) => path === configPath && action === 'create')) printTests(tests)
  print('')
  const shown = pending ? files : files.filter(({ action }) => ['yours', 'skip', 'conflict'].includes(action))
  if (verbose) printRows(shown)
  else printSummary(shown)
  for (const note of notes) print(`${paint('yellow', '!')} ${wrap(note, '  ')}`)
  if (notes.length > 0) print('')
}

/** What will be run, why, and how that is corrected. */
function printTests(tests: InitReport['tests']): void {
  print(`Tests: ${tests.map(({ command }) => command).join(', ') || 'no command found'}`)
  for (const { name, command, why, guessed } of tests)
    if (why) {
      const mark = guessed ? paint('yellow', '?') : '·'
      print(`  ${mark} ${tests.length > 1 ? name : command}: ${reasonOf({ why, guessed: guessed === true })}`)
    }
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
  for (const [index, step] of next.entries()) print(`  ${index + 1}. ${wrap(step, '     ')}`)
  print(
    '\nTo turn Countersign off for one session: COUNTERSIGN=0 claude\nTo turn it off until you resume it: npx countersign pause',
  )
}
