import type { RepoFacts, RepoView, SuiteEvidence, SuiteFact } from '../model/setup/repo-facts.ts'
import type { CiCommands } from './ci.ts'
import type { Ecosystem } from './ecosystem.ts'
import { isEndToEndDir, leftToUser } from './end-to-end.ts'
import { type Choice, calledScript, chosenFor } from './evidence.ts'
import { isWhole, type Named, namedCommands } from './named.ts'
import { once } from './once.ts'
import { listed } from './phrases.ts'
import { describedProjects, maxProjects, type Project } from './projects.ts'
import { testTasks } from './tasks.ts'
import { inside } from './view.ts'

type Suites = Pick<RepoFacts, 'suites' | 'unsure' | 'evidence'>

/**
 * The suites of all projects, ready for the configuration, and what could not be told about them.
 *
 * A project at the root keeps no `paths`: any file may concern it. One in a directory runs when that directory
 * changes, unless it is the only suite.
 */
export function suitesOf(projects: Project[], view: RepoView, lines: CiCommands['lines']): Suites {
  const ci = lines.filter(({ called }) => !called).map(({ command }) => command)
  const withTests = projects.filter(({ facts }) => facts.suites.length > 0)
  const endToEnd = withTests.filter(({ dir }) => isEndToEndDir(dir))
  const tested = withTests.filter(project => !endToEnd.includes(project))
  const gathered = gather(tested, view)
  const kept = gathered.rest.slice(0, maxProjects)
  const named = namedCommands(view)
  const alone = ({ dir }: Project) => tested.filter(other => other.dir === dir).length === 1
  const choices = new Map(kept.map(project => [project, chosenFor(project, view, named, alone(project))]))
  // Where CI tests the projects inside, nobody has ever run a guess over all of them.
  const known = [...choices].filter(([{ dir, ecosystem }, { evidence }]) => {
    const inner = kept.filter(other => other.ownInCi && other.ecosystem === ecosystem && other.dir !== dir)
    return !evidence.guessed || !inner.some(other => dir === '' || other.dir.startsWith(`${dir}/`))
  })
  const tests = once(known, view)
  const all = distinct([...gathered.suites, ...tests.flatMap(([project, choice]) => ownSuites(project, choice))])
  // A tool's open questions do not matter where a task takes its place.
  const asked = describedProjects(projects).filter(
    project => choices.get(project)?.command === undefined && !gathered.ecosystems.has(project.ecosystem),
  )
  const unsure = [
    ...asked.flatMap(({ dir, facts }) => facts.unsure.map(text => (dir ? `${dir}/: ${text}` : text))),
    ...endToEnd.map(({ dir, facts }) => leftToUser(inside(dir, facts.suites[0]?.command ?? ''))),
    ...tests.flatMap(([project, { needs }]) =>
      needs.length > 0
        ? [
            `CI starts ${listed(needs)} beside the tests${project.dir ? ` of ${project.dir}/` : ''}. Without that they may be red here.`,
          ]
        : [],
    ),
  ]
  if (all.length === 0) {
    const instead = fallback(view, ci, named)
    return { ...instead, unsure: [...unsure, ...instead.unsure] }
  }
  const taken = (name: string, index: number) => all.findIndex(other => other.name === name) < index
  const unique = all.map(({ kind, ...suite }, index) =>
    taken(suite.name, index) ? { ...suite, name: `${suite.name}-${kind}` } : suite,
  )
  const suites = unique.map(({ evidence, ...suite }) => suite)
  const left = gathered.rest.slice(maxProjects).map(({ dir }) => `${dir}/`)
  const listedLeft = [...left.slice(0, 8), ...(left.length > 8 ? ['…'] : [])].join(', ')
  return {
    suites: suites.length === 1 ? suites.map(({ paths, ...suite }) => suite) : suites,
    evidence: Object.fromEntries(unique.map(({ name, evidence }) => [name, evidence])),
    unsure: [...unsure, ...(left.length > 0 ? [`Other projects with tests have no suite yet: ${listedLeft}.`] : [])],
  }
}

type NamedSuite = SuiteFact & { kind: string; evidence: SuiteEvidence }

/** More projects of one kind than a list can hold become one suite, where the root has a task that tests that kind. */
function gather(
  tested: Project[],
  view: RepoView,
): { suites: NamedSuite[]; rest: Project[]; ecosystems: Set<Ecosystem> } {
  const tasks = testTasks(view)
  const suites: NamedSuite[] = []
  const ecosystems = new Set<Ecosystem>()
  for (const { ecosystem } of tested) {
    const many = tested.filter(project => project.ecosystem === ecosystem).length
    const task = many > maxProjects ? tasks.find(({ body }) => ecosystem.usesTools.test(body)) : undefined
    if (!task || ecosystems.has(ecosystem)) continue
    const evidence = { why: `it tests the ${many} projects of this kind together.`, guessed: false }
    suites.push({ name: ecosystem.name, kind: ecosystem.name, command: task.command, evidence })
    ecosystems.add(ecosystem)
  }
  return { suites, rest: tested.filter(({ ecosystem }) => !ecosystems.has(ecosystem)), ecosystems }
}

/** A project's suites as seen from the root. */
function ownSuites({ dir, facts, ecosystem }: Project, { command, evidence }: Choice): NamedSuite[] {
  return (command === undefined ? facts.suites : facts.suites.slice(0, 1)).map(suite => ({
    ...suite,
    kind: ecosystem.name,
    name: dir || suite.name,
    evidence,
    command: inside(dir, command ?? suite.command),
    ...(suite.single && { single: inside(dir, suite.single) }),
    ...(dir && !/[[\]{}()*?!]/.test(dir) && { paths: [`${dir}/**`] }),
  }))
}

/** A task that runs the tests of two ecosystems is one suite. */
const distinct = (suites: NamedSuite[]): NamedSuite[] =>
  suites.filter((suite, index) => suites.findIndex(({ command }) => command === suite.command) === index)

/** What a Makefile, justfile, Taskfile, Bazel or a script offers where no ecosystem has a suite; CI's choice first. */
function fallback(view: RepoView, ci: string[], named: Named[]): Suites {
  const tasks = testTasks(view)
  const usual = tasks.filter(task => task.usual)
  const byCi = tasks.find(({ inCi }) => ci.some(line => inCi.test(line)))
  const script = named.find(({ command, dir }) => dir === '' && isWhole(command) && calledScript(command, view))
  const said = tasks.find(({ inCi }) => named.some(({ command, dir }) => dir === '' && inCi.test(command)))
  const task = byCi ?? (script ? { name: 'tests', command: script.command } : undefined) ?? said ?? usual[0]
  if (!task) return { suites: [], unsure: [], evidence: {} }
  const why = byCi ? 'CI runs it.' : script || said ? 'a guide of the project names it.' : "it is the project's own."
  const other = usual.find(({ command }) => command !== task.command)
  return {
    suites: [{ name: task.name, command: task.command }],
    evidence: { [task.name]: { why, guessed: false } },
    unsure: other ? [`There is also \`${other.command}\`; only \`${task.command}\` is run.`] : [],
  }
}
