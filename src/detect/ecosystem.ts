import type { EcosystemFacts, RepoView } from '../model/setup/repo-facts.ts'

/** The suites that were found, and what could not be told about them. */
export type SuitesFound = Pick<EcosystemFacts, 'suites' | 'unsure'>

/** One ecosystem: which files mark a project of its kind, and what can be read from that project. */
export type Ecosystem = {
  name: string
  /** Base names that mark the root directory of a project; `*.ext` stands for every name that ends so. */
  manifests: string[]
  /** Those of them that mark a package, such as one of several in `packages/`; left out: all. */
  packageManifests?: string[]
  /** The languages of its source files by extension: `{ ts: 'TypeScript' }`. */
  languages: Record<string, string>
  /** A package manager that comes with the language, so that nobody has to be told of it. */
  bundledManager?: string
  /** Matches a line of CI, or of a recipe, that runs such tests with a tool of the ecosystem. */
  runsTests: RegExp
  /** Matches a text that mentions such a tool, as a recipe that runs its tests must. */
  usesTools: RegExp
  /** Whether tests are projects of their own, in directories that are named for tests. */
  testsInOwnProjects?: boolean
  /** Whether a repository without any manifest still is such a project. */
  withoutManifest?(view: RepoView): boolean
  /** The description that a package gives of itself in its manifest. */
  descriptionOf?(project: RepoView): string | undefined
  /**
   * Whether the tests of a project leave out another one inside it, which then needs a suite of its own.
   * @param inner Directory of the inner project, relative to the outer one.
   */
  leavesOut?(outer: RepoView, inner: string): boolean
  /**
   * @param project The project's directory as if it were the root; commands are meant to run there.
   * @param whole The repository; for files that serve all its projects, such as a lockfile.
   * @param ci The commands that CI runs, see `ciCommands`.
   * @returns Undefined when there is nothing of this kind after all, only its build file.
   */
  factsOf(project: RepoView, whole: RepoView, ci: string[]): EcosystemFacts | undefined
}
