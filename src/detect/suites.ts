import type { RepoFacts, RepoView, SuiteFact } from '../model/repo-facts.ts'
import { within } from './look.ts'
import { maxProjects, type Project } from './projects.ts'
import { testTasks } from './tasks.ts'

type Suites = Pick<RepoFacts, 'suites' | 'unsure'>

/**
 * The suites of all projects, ready for the configuration.
 *
 * A project at the root keeps no `paths`: any file may concern it. One in a directory is run when that directory
 * changes, unless it is the only suite there is.
 */
export function suitesOf(projects: Project[], view: RepoView, ci: string[]): Suites {
  const tested = projects.filter(({ facts }) => facts.suites.length > 0)
  const gathered = gather(tested, view)
  const kept = gathered.rest.slice(0, maxProjects)
  const all = distinct([...gathered.suites, ...kept.flatMap(project => ownSuites(project, tested, view, ci))])
  if (all.length === 0) return fallback(view, ci)
  const taken = (name: string, index: number) => all.findIndex(other => other.name === name) < index
  const named = all.map(({ kind, ...suite }, index) =>
    taken(suite.name, index) ? { ...suite, name: `${suite.name}-${kind}` } : suite,
  )
  const left = gathered.rest.slice(maxProjects).map(({ dir }) => `${dir}/`)
  return {
    suites: named.length === 1 ? named.map(({ paths, ...suite }) => suite) : named,
    unsure:
      left.length > 0 ? [`There are ${left.length} more projects with tests, left to you: ${left.join(', ')}.`] : [],
  }
}

type Named = SuiteFact & { kind: string }

/** More projects of one kind than a list can hold become one suite, where the root has a task that tests that kind. */
function gather(tested: Project[], view: RepoView): { suites: Named[]; rest: Project[] } {
  const tasks = testTasks(view)
  const suites: Named[] = []
  let rest = tested
  for (const { ecosystem } of tested) {
    const same = rest.filter(project => project.ecosystem === ecosystem)
    const task = same.length > maxProjects ? tasks.find(({ body }) => ecosystem.tools.test(body)) : undefined
    if (!task) continue
    suites.push({ name: ecosystem.name, kind: ecosystem.name, command: task.command })
    rest = rest.filter(project => project.ecosystem !== ecosystem)
  }
  return { suites, rest }
}

/** A project's suites as seen from the root: by its own task where CI runs that and not the tool itself. */
function ownSuites(project: Project, tested: Project[], view: RepoView, ci: string[]): Named[] {
  const { dir, facts, ecosystem } = project
  const runs = (pattern: RegExp) => ci.some(line => pattern.test(line))
  const alone = tested.filter(other => other.dir === dir).length === 1
  const task = testTasks(within(view, dir)).find(
    ({ seen, body }) => runs(seen) && (ecosystem.tools.test(body) || (alone && body !== '')),
  )
  const suites = task && !runs(ecosystem.direct) ? facts.suites.slice(0, 1) : facts.suites
  return suites.map(suite => ({
    ...suite,
    kind: ecosystem.name,
    name: dir || suite.name,
    command: inside(dir, task && !runs(ecosystem.direct) ? task.command : suite.command),
    ...(suite.single && { single: inside(dir, suite.single) }),
    ...(dir && !/[[\]{}()*?!]/.test(dir) && { paths: [`${dir}/**`] }),
  }))
}

/** Two ecosystems whose tests one task runs need that task once. */
const distinct = (suites: Named[]): Named[] =>
  suites.filter((suite, index) => suites.findIndex(({ command }) => command === suite.command) === index)

/** What a Makefile, justfile, Taskfile, Bazel or a script offers where no ecosystem has a suite; CI's choice first. */
function fallback(view: RepoView, ci: string[]): Suites {
  const tasks = testTasks(view)
  const task = tasks.find(({ seen }) => ci.some(line => seen.test(line))) ?? tasks[0]
  if (!task) return { suites: [], unsure: [] }
  return {
    suites: [{ name: task.name, command: task.command }],
    unsure:
      tasks.length > 1 ? [`Besides \`${task.command}\` there is \`${tasks.find(t => t !== task)?.command}\`.`] : [],
  }
}

/** A command that runs in a directory; `cd … &&` is the one form that sh and cmd.exe share. */
export function inside(dir: string, command: string): string {
  if (dir === '') return command
  return `cd ${/^[\w./-]+$/.test(dir) ? dir : `"${dir}"`} && ${command}`
}
