import type { RepoView, SuiteEvidence } from '../model/setup/repo-facts.ts'
import { isWhole, type Named } from './named.ts'
import { literal } from './phrases.ts'
import type { Project } from './projects.ts'
import { type Task, testTasks } from './tasks.ts'
import { firstOf, within } from './view.ts'

/** What decides which command is a project's suite: what CI runs, then what people name, then its own script. */
export type Choice = {
  /** Runs in the project's directory; undefined: the tool's own command is right. */
  command: string | undefined
  evidence: SuiteEvidence
  /** What CI starts beside the tests, e.g. `postgres`. */
  needs: string[]
}

/** A command that a manifest defines, as opposed to a tool's default. */
const ownScript =
  /^(npm|pnpm|yarn|bun)\s+(test|t|run|-r|workspaces?)\b|^(pnpm|npx|yarn|bunx)\b.*\b(turbo|nx)\b|^(npm test|composer|deno task|hatch|tox|nox|pdm run test|make|just|task|bazel|bin\/|\.\/bin\/|script)/

/** A line that only mentions a tool: it is downloaded, or named in a program of another language. */
const noRun = /\b(install|curl|wget)\b|^[\w.]+\s*[=(]\s*["'][^"']*["'][,)]?/

/**
 * The command of a project's tests, and why it is that one.
 *
 * @param alone Whether no other project with tests is in its directory, so that a task of any kind is its own.
 */
export function chosenFor(project: Project, view: RepoView, named: Named[], alone: boolean): Choice {
  const { ecosystem, facts, dir } = project
  // A line that is known to run at the root is about the root.
  const ci = project.ci.filter(line => dir === '' || line.dir !== '' || !line.placed)
  const suite = facts.suites[0]?.command ?? ''
  const own = ci.filter(({ called }) => !called)
  const tasks = testTasks(within(view, dir)).filter(
    ({ body, usual }) =>
      (usual && (ecosystem.usesTools.test(body) || (alone && body !== ''))) || runsIn(ecosystem.runsTests, body),
  )
  const runs = own.filter(({ command }) => ecosystem.runsTests.test(command) && !noRun.test(command))
  // The line that is most like the suite says most about it.
  const alike = (line: string) => suite.split(' ').filter(word => line.includes(word)).length - line.length / 1000
  const [runsTool] = runs.sort((a, b) => alike(b.command) - alike(a.command))
  const task = runsTool ? undefined : tasks.find(({ inCi }) => own.some(({ command }) => inCi.test(command)))
  const byTask = own.find(({ command }) => task?.inCi.test(command))
  const exact = byTask ?? own.find(({ command }) => mentions(command, suite))
  const said = named.filter(line => line.dir === dir)
  const saidSuite = said.find(({ command }) => mentions(command, suite))
  const result = (evidence: SuiteEvidence, command?: string): Choice => ({
    command,
    evidence,
    needs: (exact ?? runsTool)?.services ?? [],
  })
  const sure = (why: string, command?: string) => result({ why, guessed: false }, command)
  if (exact) return sure(`CI runs it (${exact.file}).`, task?.command)
  if (runsTool) return result(likeCi(runsTool.command, runsTool.file, saidSuite, suite))
  if (saidSuite) return sure(`${saidSuite.file} names it.`)
  const byPeople = saidFor(said, tasks, project, within(view, dir))
  if (byPeople) return sure(`${byPeople.file} names it.`, byPeople.command)
  const called = ci.find(({ command, called }) => called && ecosystem.runsTests.test(command) && !noRun.test(command))
  if (called) return result(likeCi(called.command, called.file, undefined, suite))
  if (ownScript.test(suite)) return sure("it is the project's own script.")
  const ownTask = tasks.find(({ usual, body }) => usual && runsIn(ecosystem.runsTests, body))
  if (ownTask) return sure("it is the project's own task.", ownTask.command)
  return result({ why: `it is usual for ${facts.language}; neither CI nor a guide names a command.`, guessed: true })
}

/** Whether a recipe runs tests, also where it calls its tool by a variable: `$(GO) test`. */
const runsIn = (pattern: RegExp, body: string): boolean =>
  pattern.test(body) || pattern.test(body.replace(/\$[({]([A-Z]\w*)[)}]/g, (_, name: string) => name.toLowerCase()))

/** What CI runs is of the same kind, but not the same: it says where to look. */
function likeCi(line: string, file: string, said: Named | undefined, suite: string): SuiteEvidence {
  if (/\$\{\{|\$[A-Z({]/.test(line))
    return {
      why: `CI runs \`${short(line)}\` (${file}), with values that only CI knows${said ? `; ${said.file} names it` : ''}.`,
      guessed: !said,
    }
  const part = isPart(line)
  return {
    why: `CI runs ${part ? 'the part ' : ''}\`${short(line)}\` (${file})${said ? `, and ${said.file} names it` : ''}.`,
    guessed: part && !said?.command.startsWith(suite),
  }
}

/** Whether a line names packages, paths or a selection behind its program. */
function isPart(line: string): boolean {
  const words = line
    .replace(/^\S+/, '')
    .replace(/\s-m\s+(pytest|tox|nox|unittest)\b/, '')
    // The value of an option, such as the file of a report, is no path to tests.
    .replace(/\s(--[\w-]+)[= ][^-\s]\S*/g, (option, name: string) => (partOf.test(` ${name}`) ? option : ''))
  return partOf.test(words)
}

const short = (line: string): string => {
  const plain = line.replace(/\s+/g, ' ').replace(/`/g, "'")
  return plain.length > 90 ? `${plain.slice(0, 88)} …` : plain
}

/** Arguments that make a part of a whole. */
const partOf =
  /(^|\s)(-p|-pl|-k|-m|-run|--package|--projects|--manifest-path|--test|--filter|--group|--doc|--lib|--shard\S*)\b|(^|\s)(?!\.\/\.\.\.)[^-\s]\S*[/.]\S*/

/** Whether a line is this command, or this and options. */
function mentions(line: string, command: string): boolean {
  const found = new RegExp(`(?:^|[\\s;&|("'])${literal(command)}(?=$|[\\s"';&|)])([^;&|]*)`).exec(line)
  return command !== '' && found !== null && !partOf.test(found[1] ?? '')
}

/** The first command people name that runs a task, a script or the tool, as it stands. */
function saidFor(said: Named[], tasks: Task[], { ecosystem, facts }: Project, project: RepoView): Named | undefined {
  const suite = facts.suites[0]?.command ?? ''
  for (const line of said) {
    if (!isWhole(line.command)) continue
    const task = tasks.find(({ inCi, command }) => inCi.test(line.command) && line.command.startsWith(command))
    if (task) return { ...line, command: task.command }
    const script = calledScript(line.command, project)
    if (script) return line
    // Another way to call the same tool says no more than the default; options do.
    const bare = suite.split(' ').slice(0, 2).join(' ')
    if (ecosystem.runsTests.test(line.command) && line.command.startsWith(`${bare} `) && /\s-/.test(line.command))
      return line
  }
  return undefined
}

/** A script of the project that runs tests by its name: `./tests/run.sh`, `bash test/all.sh`. */
export function calledScript(command: string, project: RepoView): string | undefined {
  const path = /^(?:(?:sh|bash|python3?|node|ruby|perl)\s+)?(?:\.\/)?((?:[\w.-]+\/)*[\w.-]+)$/.exec(command)?.[1]
  if (path === undefined || !/(^|[/_-])(run[_-]?)?(tests?|check|r?spec)([/_.-]|$)/.test(path)) return undefined
  return /\.(sh|bash|py|js|mjs|rb|pl|bats)$|^[^.]*$/.test(path) ? firstOf(project, path) : undefined
}
