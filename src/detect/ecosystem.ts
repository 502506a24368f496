import type { EcosystemFacts, RepoView } from '../model/setup/repo-facts.ts'

/** One ecosystem: which files mark a project of its kind, and what can be read from that project. */
export type Ecosystem = {
  name: string
  /** Base names that mark the root directory of a project; `*.ext` stands for every name that ends so. */
  manifests: string[]
  /** A line of CI, or of a recipe, that matches runs tests of this kind with its own tool. */
  direct: RegExp
  /** Any mention of its tools, as a recipe that runs its tests must have one. */
  tools: RegExp
  /** Whether tests are kept in projects of their own, in directories named for tests. */
  inTests?: boolean
  /** Whether a repository without any manifest is one all the same. */
  loose?(view: RepoView): boolean
  /**
   * Whether the tests of a project leave out another one inside it, which then needs a suite of its own.
   * @param inner Directory of the inner project, relative to the outer one.
   */
  leavesOut?(outer: RepoView, inner: string): boolean
  /**
   * @param project The project's directory as if it were the root; commands are meant to run there.
   * @param whole The repository; for files that serve all its projects, such as a lockfile.
   * @param ci The lines that CI runs, see `ciLines`.
   * @returns Undefined when there is nothing of this kind after all, only its build file.
   */
  look(project: RepoView, whole: RepoView, ci: string[]): EcosystemFacts | undefined
}
