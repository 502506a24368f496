import type { EcosystemFacts, RepoFacts, RepoView } from '../model/setup/repo-facts.ts'
import { checksOfCi } from './checks.ts'
import { ciCommands } from './ci.ts'
import type { Ecosystem } from './ecosystem.ts'
import { cpp } from './ecosystems/cpp.ts'
import { deno } from './ecosystems/deno.ts'
import { dotnet } from './ecosystems/dotnet.ts'
import { elixir } from './ecosystems/elixir.ts'
import { go } from './ecosystems/go.ts'
import { jvm } from './ecosystems/jvm.ts'
import { node } from './ecosystems/node/node.ts'
import { php } from './ecosystems/php.ts'
import { python } from './ecosystems/python/python.ts'
import { ruby } from './ecosystems/ruby.ts'
import { rust } from './ecosystems/rust.ts'
import { swift } from './ecosystems/swift.ts'
import { editorConventions } from './editorconfig.ts'
import { layoutOf } from './layout.ts'
import { cutAtWord } from './phrases.ts'
import { describedProjects, projectsOf } from './projects.ts'
import { readmePurpose, readmeTitle } from './readme.ts'
import { suitesOf } from './suites.ts'
import { taskCommands } from './tasks.ts'
import { inside } from './view.ts'

/** A new ecosystem is one file and one entry here. The order is that of suites and sentences. */
const ecosystems: Ecosystem[] = [node, deno, python, go, rust, jvm, dotnet, php, ruby, elixir, swift, cpp]

/** CLAUDE.md is read in every session, so it lists no more commands than this. */
const maxCommands = 40

/** Everything that a repository's files prove about it. Only reads: runs, asks and writes nothing. */
export function detect(view: RepoView): RepoFacts {
  const ci = ciCommands(view)
  const projects = ecosystems.flatMap(ecosystem => projectsOf(ecosystem, view, ci.lines))
  const tests = suitesOf(projects, view, ci.lines)
  const described = describedProjects(projects)
  const each = (pick: (facts: EcosystemFacts) => string[]) =>
    unique(described.flatMap(({ dir, facts }) => pick(facts).map(text => (dir ? `${dir}/: ${text}` : text))))
  return {
    name: readmeTitle(view) ?? view.name,
    purpose: readmePurpose(view, projects.find(({ facts }) => facts.description)?.facts.description ?? null),
    languages: unique(projects.map(({ facts }) => facts.language)),
    packageManagers: unique(projects.flatMap(({ facts }) => facts.packageManager ?? [])),
    bundledManagers: unique(projects.flatMap(({ ecosystem }) => ecosystem.bundledManager ?? [])),
    layout: layoutOf(view, ecosystems),
    suites: tests.suites,
    evidence: tests.evidence,
    commands: [
      ...described.flatMap(({ dir, facts }) =>
        facts.commands.map(fact => ({ ...fact, command: inside(dir, fact.command) })),
      ),
      ...taskCommands(view),
    ].slice(0, maxCommands),
    conventions: [...each(facts => facts.conventions), ...editorConventions(view), ...checksOfCi(ci.lines)],
    entries: each(facts => facts.entries),
    ignore: unique(described.flatMap(({ dir, facts }) => facts.ignore.map(glob => below(dir, glob)))).filter(
      glob => !holdsSources(glob, view),
    ),
    // One line each: they become comments in the configuration, and may quote the repository's files.
    unsure: unique(tests.unsure).map(sentence => cutAtWord(sentence, 400)),
    agentsFile: view.files.includes('AGENTS.md'),
  }
}

/** Names that only generated directories have. */
const generated = /(^|\/)(node_modules|\.[^/]+|__pycache__|_build|[^/]*\.egg-info|TestResults)\/\*\*$/

/** Whether a glob of generated files matches files the repository has, e.g. `build/**` where that is kept in git. */
function holdsSources(glob: string, view: RepoView): boolean {
  if (!glob.endsWith('/**') || generated.test(glob)) return false
  const steps = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/^\*\*\/|\*\*|\*/g, stars => (stars === '**/' ? '(.*/)?' : stars === '**' ? '.*' : '[^/]*'))
  const pattern = new RegExp(`^${steps}$`)
  return view.files.some(file => pattern.test(file))
}

const below = (dir: string, glob: string): string => (dir === '' || glob.startsWith('**/') ? glob : `${dir}/${glob}`)
const unique = <T>(values: T[]): T[] => [...new Set(values)]
