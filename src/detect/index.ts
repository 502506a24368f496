import type { EcosystemFacts, RepoFacts, RepoView } from '../model/repo-facts.ts'
import { editorConventions } from './editorconfig.ts'
import { go } from './go.ts'
import { layoutOf } from './layout.ts'
import { baseOf, dirOf, type Ecosystem, within } from './look.ts'
import { makeTargets } from './make.ts'
import { node } from './node.ts'
import { python } from './python.ts'
import { readmeParagraph, readmeTitle } from './readme.ts'
import { rust } from './rust.ts'

/** A new ecosystem is one file and one entry here. */
const ecosystems: Ecosystem[] = [node, python, go, rust]

type Project = { ecosystem: string; dir: string; facts: EcosystemFacts }

/** Everything that can be told about a repository from its files. Looks only: runs, asks and writes nothing. */
export function detect(view: RepoView): RepoFacts {
  const projects = ecosystems.flatMap(ecosystem => projectsOf(ecosystem, view))
  const targets = makeTargets(view)
  const found = suitesOf(projects)
  const made = targets
    .filter(target => target.command === 'make test')
    .map(({ command }) => ({ name: 'make', command }))
  const each = (pick: (facts: EcosystemFacts) => string[]) =>
    unique(projects.flatMap(({ dir, facts }) => pick(facts).map(text => (dir ? `${dir}/: ${text}` : text))))
  return {
    name: readmeTitle(view) ?? view.name,
    purpose: readmeParagraph(view) ?? projects.find(({ facts }) => facts.description)?.facts.description ?? null,
    languages: unique(projects.map(({ facts }) => facts.language)),
    packageManagers: unique(projects.flatMap(({ facts }) => facts.packageManager ?? [])),
    layout: layoutOf(view),
    suites: found.length > 0 ? found : made,
    commands: [
      ...projects.flatMap(({ dir, facts }) =>
        facts.commands.map(fact => ({ ...fact, command: inside(dir, fact.command) })),
      ),
      ...targets,
    ],
    conventions: [...each(facts => facts.conventions), ...editorConventions(view)],
    entries: each(facts => facts.entries),
    ignore: unique(projects.flatMap(({ dir, facts }) => facts.ignore.map(glob => below(dir, glob)))),
    unsure: each(facts => facts.unsure),
    agentsFile: view.files.includes('AGENTS.md'),
  }
}

/** Directories that hold other people's projects or samples, not the repository's own. */
const foreign =
  /(^|\/)(node_modules|vendor|third_party|fixtures?|__fixtures__|testdata|examples?|samples?|templates?|dist|build)(\/|$)/

/** Characters that no quoting carries through both sh and cmd.exe; such a directory gets no suite rather than a wrong one. */
const unquotable = /["$`%!\\\n]/

/** The projects of one kind: the outermost ones, and those inside that the outer ones' tests do not reach. */
function projectsOf(ecosystem: Ecosystem, view: RepoView): Project[] {
  const marked = view.files.filter(file => ecosystem.manifests.includes(baseOf(file))).map(dirOf)
  const dirs = unique(marked)
    .filter(dir => dir === '' || (!foreign.test(dir) && !unquotable.test(dir) && dir.split('/').length <= 3))
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
  if (dirs.length === 0 && ecosystem.loose?.(view)) dirs.push('')
  const projects: Project[] = []
  for (const dir of dirs) {
    const covered = projects.some(
      outer => contains(outer.dir, dir) && outer.facts.suites.length > 0 && !reachesNot(outer.dir),
    )
    if (covered) continue
    projects.push({ ecosystem: ecosystem.name, dir, facts: ecosystem.look(within(view, dir), view) })
  }
  return projects.slice(0, 12)

  /** A Go module's tests leave out the modules inside it, unless a go.work at its root lists them. */
  function reachesNot(outer: string): boolean {
    return ecosystem.nested === true && !view.files.includes(outer ? `${outer}/go.work` : 'go.work')
  }
}

const contains = (outer: string, dir: string): boolean => outer === '' || dir.startsWith(`${outer}/`)

/**
 * The suites of all projects, ready for the configuration.
 *
 * A project at the root keeps no `paths`: any file may concern it. One in a directory is run when that directory
 * changes, unless it is the only suite there is.
 */
function suitesOf(projects: Project[]): RepoFacts['suites'] {
  const all = projects.flatMap(({ dir, facts }) =>
    facts.suites.map(suite => ({
      ...suite,
      name: dir || suite.name,
      command: inside(dir, suite.command),
      ...(suite.single && { single: inside(dir, suite.single) }),
      ...(dir && !/[[\]{}()*?!]/.test(dir) && { paths: [`${dir}/**`] }),
    })),
  )
  const names = all.map(({ name }, index) =>
    all.findIndex(other => other.name === name) === index ? name : `${name}-${index + 1}`,
  )
  const named = all.map((suite, index) => ({ ...suite, name: names[index] ?? suite.name }))
  return named.length === 1 ? named.map(({ paths, ...suite }) => suite) : named
}

/** A command that runs in a directory; `cd … &&` is the one form that sh and cmd.exe share. */
function inside(dir: string, command: string): string {
  if (dir === '') return command
  return `cd ${/^[\w./-]+$/.test(dir) ? dir : `"${dir}"`} && ${command}`
}

const below = (dir: string, glob: string): string => (dir === '' || glob.startsWith('**/') ? glob : `${dir}/${glob}`)
const unique = <T>(values: T[]): T[] => [...new Set(values)]
