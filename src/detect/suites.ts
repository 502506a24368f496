import type { RepoView, SuiteFact } from '../model/setup/repo-facts.ts'
import type { Ecosystem, SuitesFound } from './ecosystem.ts'
import { describedProjects, maxProjects, type Project } from './projects.ts'
import { type Task, testTasks } from './tasks.ts'
import { within } from './view.ts'

/**
 * The suites of all projects, ready for the configuration, and what could not be told about them.
 *
 * A project at the root keeps no `paths`: any file may concern it. One in a directory runs when that directory
 * changes, unless it is the only suite.
 */
export function suitesOf(projects: Project[], view: RepoView, ci: string[]): SuitesFound {
  const tested = projects.filter(({ facts }) => facts.suites.length > 0)
  const gathered = gather(tested, view)
  const kept = gathered.rest.slice(0, maxProjects)
  const tasks = new Map(kept.map(project => [project, taskOf(project, tested, view, ci)]))
  const all = distinct([...gathered.suites, ...kept.flatMap(project => ownSuites(project, tasks.get(project)))])
  // A tool's open questions do not matter where a task takes its place.
  const asked = describedProjects(projects).filter(
    project => !tasks.get(project) && !gathered.ecosystems.has(project.ecosystem),
  )
  const unsure = asked.flatMap(({ dir, facts }) => facts.unsure.map(text => (dir ? `${dir}/: ${text}` : text)))
  if (all.length === 0) {
    const instead = fallback(view, ci)
    return { suites: instead.suites, unsure: [...unsure, ...instead.unsure] }
  }
  const taken = (name: string, index: number) => all.findIndex(other => other.name === name) < index
  const named = all.map(({ kind, ...suite }, index) =>
    taken(suite.name, index) ? { ...suite, name: `${suite.name}-${kind}` } : suite,
  )
  const left = gathered.rest.slice(maxProjects).map(({ dir }) => `${dir}/`)
  const listedLeft = [...left.slice(0, 8), ...(left.length > 8 ? ['…'] : [])].join(', ')
  return {
    suites: named.length === 1 ? named.map(({ paths, ...suite }) => suite) : named,
    unsure: [...unsure, ...(left.length > 0 ? [`Other projects with tests have no suite yet: ${listedLeft}.`] : [])],
  }
}

type NamedSuite = SuiteFact & { kind: string }

/** More projects of one kind than a list can hold become one suite, where the root has a task that tests that kind. */
function gather(
  tested: Project[],
  view: RepoView,
): { suites: NamedSuite[]; rest: Project[]; ecosystems: Set<Ecosystem> } {
  const tasks = testTasks(view)
  const suites: NamedSuite[] = []
  const ecosystems = new Set<Ecosystem>()
  for (const { ecosystem } of tested) {
    const many = tested.filter(project => project.ecosystem === ecosystem).length > maxProjects
    const task = many ? tasks.find(({ body }) => ecosystem.usesTools.test(body)) : undefined
    if (!task || ecosystems.has(ecosystem)) continue
    suites.push({ name: ecosystem.name, kind: ecosystem.name, command: task.command })
    ecosystems.add(ecosystem)
  }
  return { suites, rest: tested.filter(({ ecosystem }) => !ecosystems.has(ecosystem)), ecosystems }
}

/** A project's suites as seen from the root. */
function ownSuites({ dir, facts, ecosystem }: Project, task: Task | undefined): NamedSuite[] {
  return (task ? facts.suites.slice(0, 1) : facts.suites).map(suite => ({
    ...suite,
    kind: ecosystem.name,
    name: dir || suite.name,
    command: inside(dir, task?.command ?? suite.command),
    ...(suite.single && { single: inside(dir, suite.single) }),
    ...(dir && !/[[\]{}()*?!]/.test(dir) && { paths: [`${dir}/**`] }),
  }))
}

/** The project's own task that takes the tool's place: CI runs it, and not the tool itself. */
function taskOf({ dir, ecosystem }: Project, tested: Project[], view: RepoView, ci: string[]): Task | undefined {
  const runs = (pattern: RegExp) => ci.some(line => pattern.test(line))
  if (runs(ecosystem.runsTests)) return undefined
  const alone = tested.filter(other => other.dir === dir).length === 1
  return testTasks(within(view, dir)).find(
    ({ inCi, body }) => runs(inCi) && (ecosystem.usesTools.test(body) || (alone && body !== '')),
  )
}

/** A task that runs the tests of two ecosystems is one suite. */
const distinct = (suites: NamedSuite[]): NamedSuite[] =>
  suites.filter((suite, index) => suites.findIndex(({ command }) => command === suite.command) === index)

/** What a Makefile, justfile, Taskfile, Bazel or a script offers where no ecosystem has a suite; CI's choice first. */
function fallback(view: RepoView, ci: string[]): SuitesFound {
  const tasks = testTasks(view)
  const task = tasks.find(({ inCi }) => ci.some(line => inCi.test(line))) ?? tasks[0]
  if (!task) return { suites: [], unsure: [] }
  return {
    suites: [{ name: task.name, command: task.command }],
    unsure:
      tasks.length > 1
        ? [`There is also \`${tasks.find(other => other !== task)?.command}\`; only \`${task.command}\` is run.`]
        : [],
  }
}

/** A command that runs in a directory; `cd … &&` is the one form that sh and cmd.exe share. */
export function inside(dir: string, command: string): string {
  if (dir === '') return command
  return `cd ${/^[\w./-]+$/.test(dir) ? dir : `"${dir}"`} && ${command}`
}
