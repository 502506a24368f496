import type { EcosystemFacts, RepoView } from '../model/setup/repo-facts.ts'
import { type CiCommands, linesOf } from './ci.ts'
import type { Ecosystem } from './ecosystem.ts'
import { isEndToEnd } from './end-to-end.ts'
import { dirOf, named, within } from './view.ts'

/** One ecosystem in one directory; the root is the empty one. */
export type Project = {
  ecosystem: Ecosystem
  dir: string
  facts: EcosystemFacts
  /** The lines of CI that concern it. */
  ci: CiCommands['lines']
  /** Whether CI runs its tests in its directory, which is not the root. */
  ownInCi: boolean
  /** Whether a project around it may test it too. */
  reached: boolean
}

/** Directories that hold other people's projects or samples, not the repository's own. */
const foreign =
  /(^|\/)(node_modules|vendor|vendored|third[_-]?party|external|deps|fixtures?|__fixtures__|testdata|tests?[_/-](data|packages|projects)|[\w-]*examples?|[\w-]*samples?|demos?|playgrounds?|sandbox|templates?|skeletons?|stubs?|bench(marks?)?|fuzz|docs?|dist|build|[._][^/]+)(\/|$)/i
/** Projects in here are mostly test material; only some ecosystems have tests as projects of their own. */
const forTests = /(^|\/)(([\w-]+[-_])?tests?|__tests__|spec|e2e)(\/|$)/i

/** Whether a path is in a directory for other people's projects, samples or test material. */
export const isForeign = (path: string): boolean => foreign.test(path)

/** Characters that cannot be quoted for both sh and cmd.exe; such a directory gets no suite rather than a wrong one. */
const unquotable = /["$`%!\\\n]/

/** How many projects of a kind get suites and sentences; the rest is left to the user. */
export const maxProjects = 12
/** How many are read: enough to see that there are many. */
const maxVisited = 40

/** The projects of one kind: the outermost ones, and those inside that the outer ones' tests do not reach. */
export function projectsOf(ecosystem: Ecosystem, view: RepoView, ci: CiCommands['lines']): Project[] {
  const dirs = markedDirs(ecosystem, view)
  if (dirs.length === 0 && ecosystem.withoutManifest?.(view)) dirs.push('')
  const projects: Project[] = []
  let visited = 0
  for (const dir of dirs) {
    const outer = projects.filter(other => contains(other.dir, dir) && other.facts.suites.length > 0)
    const left = (other: Project) =>
      ecosystem.leavesOut?.(within(view, other.dir), other.dir === '' ? dir : dir.slice(other.dir.length + 1))
    const all = linesOf(ci, dir, dirs)
    // CI that runs tests in a directory says that those of the projects around it are others.
    const inside = all.filter(line => dir !== '' && line.dir !== '')
    const ownInCi = inside.some(({ command }) => ecosystem.runsTests.test(command) && !isEndToEnd(command))
    const lines = ownInCi ? inside : all
    const reached = !outer.every(left)
    if (!ownInCi && reached) continue
    if (++visited > maxVisited) break
    const facts = ecosystem.factsOf(
      within(view, dir),
      view,
      lines.map(({ command }) => command),
    )
    if (facts && (outer.length === 0 || facts.suites.length > 0))
      projects.push({ ecosystem, dir, facts, ci: lines, ownInCi, reached })
  }
  return projects
}

/** The projects that conventions and commands are taken from: the first of each kind. */
export const describedProjects = (projects: Project[]): Project[] =>
  projects.filter(
    (project, index) =>
      projects.slice(0, index).filter(({ ecosystem }) => ecosystem === project.ecosystem).length < maxProjects,
  )

function markedDirs({ manifests, testsInOwnProjects: inTests }: Ecosystem, view: RepoView): string[] {
  return [...new Set(view.files.filter(named(manifests)).map(dirOf))]
    .filter(
      dir =>
        dir === '' ||
        (!foreign.test(dir) && (inTests || !forTests.test(dir)) && !unquotable.test(dir) && dir.split('/').length <= 3),
    )
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
}

const depth = (dir: string): number => (dir === '' ? 0 : dir.split('/').length)
const contains = (outer: string, dir: string): boolean => outer === '' || dir.startsWith(`${outer}/`)
